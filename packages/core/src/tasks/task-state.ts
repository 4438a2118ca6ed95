/** Where a task is. A variant holds only what that state has; `Run` is the attempt in progress. */
export type TaskState<Run> =
  | { readonly name: "waiting" }
  | { readonly name: "ready" }
  | { readonly name: "assigned"; readonly run: Run }
  | { readonly name: "running"; readonly run: Run }
  | { readonly name: "retrieving" }
  | { readonly name: "done" }
  | { readonly name: "failed" }
  | { readonly name: "cancelled" };

export type TaskStateName = TaskState<never>["name"];

/** Every legal move, and what causes it. docs/STATES.md is drawn from this table. */
export const TASK_MOVES = {
  waiting: {
    ready: "all inputs can be had and its start time has come",
    failed: "an input cannot be had, its end time has passed, or it makes no sense",
    cancelled: "the application cancelled it",
  },
  ready: {
    waiting: "an input was lost",
    assigned: "a worker was chosen",
    retrieving: "its outputs were already in the cluster and are brought home",
    done: "its outputs were already in the cluster",
    failed:
      "an input became unusable, its end time has passed, or it waited too long for a worker that could run it",
    cancelled: "the application cancelled it",
  },
  assigned: {
    waiting: "the worker was lost, gave it back, or cannot get an input",
    running: "the worker started it",
    retrieving:
      "a function call ended, the start of which was not worth a message, and its outputs are brought home",
    done: "a function call returned, the start of which was not worth a message",
    failed: "its end time has passed, it was given back too often, or it is a function call that failed",
    cancelled: "the application cancelled it",
  },
  running: {
    waiting: "the worker was lost or a resource exhausted, and there are retries left",
    retrieving: "it ended, and its outputs are brought home",
    done: "the command ran to its end",
    failed: "the attempt failed and there is no retry",
    cancelled: "the application cancelled it",
  },
  retrieving: {
    waiting: "the only copy of an output was lost on its way home, and there are retries left",
    done: "all outputs are home",
    failed: "an output cannot be brought home, or the attempt had failed",
    cancelled: "the application cancelled it",
  },
  done: { waiting: "an output was lost and is needed: it runs again" },
  failed: {},
  cancelled: {},
} as const satisfies Record<TaskStateName, Partial<Record<TaskStateName, string>>>;

export const FINAL_STATES: ReadonlySet<TaskStateName> = new Set(["done", "failed", "cancelled"]);

export function isLegalTaskMove(from: TaskStateName, to: TaskStateName): boolean {
  return to in TASK_MOVES[from];
}

/** The next state, or an error that tells which move was tried: only a mistake of ours can cause it. */
export function nextTaskState<Run>(from: TaskState<Run>, to: TaskState<Run>): TaskState<Run> {
  if (isLegalTaskMove(from.name, to.name)) return to;
  throw new Error(`a task cannot go from ${from.name} to ${to.name}`);
}
