import type { Event } from "../../coordinator/event.js";
import { VineError } from "../../model/errors.js";
import type { FileId } from "../../model/ids.js";
import { callSpec } from "../api/functions/call-spec.js";
import { FunctionCall } from "../api/functions/function-call.js";
import type { Libraries } from "../api/functions/libraries.js";
import type { LibraryHandle } from "../api/functions/library-handle.js";
import type { Task } from "../api/task.js";
import { TaskHandle, type TaskOwner } from "../api/task-handle.js";
import { taskSpec } from "../api/task-spec.js";
import type { Declarer } from "../content/declarer.js";
import type { TaskEntry, TaskRegister } from "./task-register.js";

export interface SubmissionOptions {
  readonly owner: TaskOwner;
  readonly tasks: TaskRegister;
  readonly declarer: Declarer;
  readonly libraries: Libraries;
  post(event: Event): void;
}

/**
 * Hands tasks to the coordinator: all of them, or, when one of them cannot be right, none.
 * Buffers that only their tasks name go when those have ended.
 */
export function submitTasks(given: Iterable<Task | FunctionCall>, options: SubmissionOptions): TaskHandle[] {
  const { tasks, post } = options;
  const list = checkedList(given);
  const buffers: FileId[] = [];
  const entries = list.map((task) => entryOf(task, buffers, options));
  for (const task of list) task.markSubmitted();
  for (const entry of entries) tasks.add(entry);
  if (entries.length > 0) post({ type: "tasks-submitted", tasks: entries.map(({ spec }) => spec) });
  for (const file of buffers) post({ type: "file-undeclared", file });
  return entries.map(({ handle }) => handle);
}

function checkedList(given: Iterable<Task | FunctionCall>): readonly (Task | FunctionCall)[] {
  const list = new Set<Task | FunctionCall>();
  for (const task of given) {
    if (list.has(task) || task.submitted) {
      throw new VineError("BAD_ARGUMENT", `${task.label} was submitted twice`, {
        hint: "Make another one for another run: its outputs are other files.",
      });
    }
    list.add(task);
  }
  return [...list];
}

function entryOf(task: Task | FunctionCall, buffers: FileId[], options: SubmissionOptions): TaskEntry {
  const { owner, tasks, declarer, libraries } = options;
  const source = {
    owner: declarer.owner,
    isDeclared: (file: FileId) => declarer.isDeclared(file),
    declareBytes: (bytes: Uint8Array, label: string) => {
      const file = declarer.declareBytes(bytes, label);
      buffers.push(file);
      return file;
    },
    library: (named: LibraryHandle | string) => libraries.find(named),
  };
  const id = tasks.takeId();
  const made =
    task instanceof FunctionCall ? callSpec(task, id, source) : { spec: taskSpec(task, id, source) };
  return { ...made, handle: new TaskHandle(id, made.spec, owner), outputs: task.draft().outputs };
}
