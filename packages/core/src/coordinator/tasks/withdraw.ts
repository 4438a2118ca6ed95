import { callsAt } from "../libraries/slots.js";
import type { FileRecord, InstanceRecord, Replica, TaskRecord, WorkerRecord } from "../records.js";
import type { World } from "../world.js";
import { depart } from "./depart.js";
import { runOf } from "./move.js";
import { retryUnstarted } from "./retry.js";

/** Takes back what has not started at a worker: everything, or only what still lacks an input there. */
export function withdrawUnstarted(
  world: World,
  worker: WorkerRecord,
  why: string,
  onlyLacking: boolean,
): void {
  for (const task of [...worker.tasks]) {
    if (!onlyLacking || lacksInput(task, worker)) withdraw(world, worker, task, why);
  }
}

/** Takes back what has not started at a worker and would use its copy of the content. */
export function withdrawUsers(world: World, { worker, content }: Replica, why: string): void {
  for (const task of [...worker.tasks, ...callsAt(worker)]) {
    const attached = runOf(task)?.attached ?? [];
    if (task.inputs.some((file) => file.content === content && !attached.includes(file)))
      withdraw(world, worker, task, why);
  }
}

/** Takes back function calls that have not begun at a worker: all that can be had back, or those that lack an input there. */
export function withdrawCalls(world: World, worker: WorkerRecord, why: string, onlyLacking: boolean): void {
  for (const task of callsAt(worker)) {
    const { state } = task;
    if (state.name !== "assigned") continue;
    if (!onlyLacking)
      world.effects.push({ type: "retract", worker: worker.id, task: task.id, attempt: state.run.attempt });
    else if (lacksInput(task, worker)) withdraw(world, worker, task, why);
  }
}

/** Asks back what an instance has not begun. */
export function withdrawCallsOf(world: World, { calls, worker }: InstanceRecord): void {
  for (const { id, state } of calls)
    if (state.name === "assigned" && worker !== undefined)
      world.effects.push({ type: "retract", worker: worker.id, task: id, attempt: state.run.attempt });
}

function withdraw(world: World, worker: WorkerRecord, task: TaskRecord, why: string): void {
  if (task.state.name !== "assigned") return;
  const { run } = task.state;
  world.effects.push({ type: "kill", worker: worker.id, task: task.id, attempt: run.attempt });
  depart(world, task, run, { ended: "retracted" });
  retryUnstarted(world, task, why);
}

function lacksInput(task: TaskRecord, worker: WorkerRecord): boolean {
  return task.inputs.some((file) => !hasArrived(task, file, worker));
}

/** The input is at the worker, or went there with the call. */
export function hasArrived(task: TaskRecord, file: FileRecord, worker: WorkerRecord): boolean {
  const { content } = file;
  if (content !== undefined && worker.replicas.get(content)?.ready === true) return true;
  return runOf(task)?.attached?.includes(file) === true;
}
