import type { Event } from "../../coordinator/event.js";
import { VineError } from "../../model/errors.js";
import type { FileId } from "../../model/ids.js";
import type { Task } from "../api/task.js";
import { TaskHandle, type TaskOwner } from "../api/task-handle.js";
import { taskSpec } from "../api/task-spec.js";
import type { Declarer } from "../content/declarer.js";
import type { TaskEntry, TaskRegister } from "./task-register.js";

export interface SubmissionOptions {
  readonly owner: TaskOwner;
  readonly tasks: TaskRegister;
  readonly declarer: Declarer;
  post(event: Event): void;
}

/**
 * Hands tasks to the coordinator: all of them, or, when one of them cannot be right, none.
 * Buffers that only their tasks name go when those have ended.
 */
export function submitTasks(given: Iterable<Task>, options: SubmissionOptions): TaskHandle[] {
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

function checkedList(given: Iterable<Task>): readonly Task[] {
  const list = new Set<Task>();
  for (const task of given) {
    if (list.has(task) || task.submitted) {
      throw new VineError("BAD_ARGUMENT", `a task was submitted twice: ${shortened(task.draft().command)}`, {
        hint: "Make another Task for another run: its outputs are other files.",
      });
    }
    list.add(task);
  }
  return [...list];
}

function entryOf(task: Task, buffers: FileId[], { owner, tasks, declarer }: SubmissionOptions): TaskEntry {
  const spec = taskSpec(task, tasks.takeId(), {
    owner: declarer.owner,
    isDeclared: (file) => declarer.isDeclared(file),
    declareBytes: (bytes, label) => {
      const file = declarer.declareBytes(bytes, label);
      buffers.push(file);
      return file;
    },
  });
  return { spec, handle: new TaskHandle(spec.id, spec, owner), outputs: task.draft().outputs };
}

function shortened(command: string): string {
  return command.length > 80 ? `${command.slice(0, 79)}…` : command;
}
