import type { TaskStateName } from "./task-state.js";

/** How many tasks of the application are in each state. A task that runs again to restore a file is not counted again. */
export type TaskCounts = { [S in TaskStateName]: number };

export function noTasks(): TaskCounts {
  return { waiting: 0, ready: 0, assigned: 0, running: 0, retrieving: 0, done: 0, failed: 0, cancelled: 0 };
}

/** Tasks whose end has not been told. */
export function unfinished(counts: TaskCounts): number {
  return counts.waiting + counts.ready + counts.assigned + counts.running + counts.retrieving;
}
