import { nextTaskState, type TaskState } from "../../tasks/task-state.js";
import type { Run, TaskRecord } from "../records.js";
import type { World } from "../world.js";

export const WAITING = { name: "waiting" } as const;
export const READY = { name: "ready" } as const;
export const RETRIEVING = { name: "retrieving" } as const;

/** The only place where a task changes its state. */
export function move(world: World, task: TaskRecord, to: TaskState<Run>): void {
  const from = task.state.name;
  task.state = nextTaskState(task.state, to);
  if (task.library !== undefined) {
    task.library.counts[from] -= 1;
    task.library.counts[to.name] += 1;
  }
  if (task.reported) return;
  task.counts[from] -= 1;
  task.counts[to.name] += 1;
  world.counts[from] -= 1;
  world.counts[to.name] += 1;
}

/** It needs its inputs: not at its end, and not past the point where they matter. */
export function isPending(task: TaskRecord): boolean {
  const { name } = task.state;
  return name === "waiting" || name === "ready" || name === "assigned" || name === "running";
}

/** The attempt in progress. */
export function runOf(task: TaskRecord): Run | undefined {
  return task.state.name === "assigned" || task.state.name === "running" ? task.state.run : undefined;
}

/** Back to the start: it is ready again once its inputs can be had. An instance ends; if it is still wanted there will be another. */
export function requeue(world: World, task: TaskRecord): void {
  if (task.state.name !== "waiting") move(world, task, WAITING);
  if (task.instance !== undefined) world.agenda.stopped.push(task);
  else if (task.missing === 0) world.agenda.readied.push(task);
  else for (const file of task.inputs) if (!file.available) world.agenda.needed.push(file);
}
