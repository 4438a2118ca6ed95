import type { Event } from "../../coordinator/event.js";
import type { FileId } from "../../model/ids.js";
import type { TaskSpec } from "../../tasks/task.js";
import { bad } from "../api/draft.js";
import { type CallSource, callSpec } from "../api/functions/call-spec.js";
import { FunctionCall } from "../api/functions/function-call.js";
import type { Libraries } from "../api/functions/libraries.js";
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
  const buffers: FileId[] = [];
  const list: (Task | FunctionCall)[] = [];
  const entries: TaskEntry[] = [];
  try {
    const source = sourceOf(options, buffers);
    for (const task of worksOf(given)) {
      task.markSubmitted();
      list.push(task);
    }
    for (const task of list) entries.push(entryOf(task, source, options));
  } catch (thrown) {
    for (const task of list) task.unmarkSubmitted();
    throw thrown;
  }
  const specs: TaskSpec[] = [];
  const handles: TaskHandle[] = [];
  for (const entry of entries) {
    tasks.add(entry);
    specs.push(entry.spec);
    handles.push(entry.handle);
  }
  if (specs.length > 0) post({ type: "tasks-submitted", tasks: specs });
  for (const file of buffers) post({ type: "file-undeclared", file });
  return handles;
}

/** Programs in plain JavaScript give anything. */
function worksOf(given: Iterable<Task | FunctionCall>): (Task | FunctionCall)[] {
  if (typeof (given as Partial<typeof given> | undefined)?.[Symbol.iterator] !== "function")
    throw bad("submitAll takes a list of tasks and function calls");
  const list = [...given];
  for (const one of list as unknown[]) {
    if (typeof (one as Partial<Task> | undefined)?.markSubmitted === "function") continue;
    throw bad(
      `a Task or a FunctionCall can be submitted, not ${typeof one === "string" ? `"${one}"` : typeof one}`,
    );
  }
  return list;
}

/** `buffers` gets what is declared for these tasks alone. */
function sourceOf({ declarer, libraries }: SubmissionOptions, buffers: FileId[]): CallSource {
  return {
    owner: declarer.owner,
    isDeclared: (file) => declarer.isDeclared(file),
    declareBytes: (bytes, label) => {
      const file = declarer.declareBytes(bytes, label);
      buffers.push(file);
      return file;
    },
    library: (named) => libraries.find(named),
  };
}

function entryOf(
  task: Task | FunctionCall,
  source: CallSource,
  { owner, tasks }: SubmissionOptions,
): TaskEntry {
  const id = tasks.takeId();
  const { outputs } = task.draft();
  if (task instanceof FunctionCall) {
    const { spec, value } = callSpec(task, id, source);
    return { spec, value, handle: new TaskHandle(id, spec, owner), outputs };
  }
  const spec = taskSpec(task, id, source);
  return { spec, value: undefined, handle: new TaskHandle(id, spec, owner), outputs };
}
