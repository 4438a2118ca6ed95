import type { Allocation } from "../../model/resources.js";
import type { AttemptRecord } from "../../tasks/result.js";
import type { AttemptName } from "../event.js";
import { Run, type TaskRecord, type WorkerRecord } from "../records.js";
import { move, READY } from "../tasks/move.js";
import { hold } from "../transfers/start.js";
import type { World } from "../world.js";
import { occupy } from "./room.js";

const EPSILON = 1e-9;

/** A worker was lost with this task. */
export function noteLoss(task: TaskRecord, isStarted: boolean): void {
  task.paidForLoss = isStarted;
}

/**
 * Attempts go on at the worker that has come back with them, where nothing has taken their place since its connection
 * broke. The others are ended there.
 */
export function resume(world: World, worker: WorkerRecord, running: readonly AttemptName[]): void {
  for (const { task: id, attempt } of running) {
    const task = world.tasks.get(id);
    const lost = task?.history?.at(-1);
    if (
      task !== undefined &&
      lost?.attempt === attempt &&
      isOpen(task, lost) &&
      fits(worker, lost.allocation)
    )
      takeOver(world, task, worker, lost);
    else world.effects.push({ type: "kill", worker: worker.id, task: id, attempt });
  }
}

/** Its library has gone with the connection; without that, it waits for another attempt. */
function isOpen({ state, library }: TaskRecord, { ended }: AttemptRecord): boolean {
  return (
    library === undefined && ended === "worker-lost" && (state.name === "ready" || state.name === "waiting")
  );
}

function fits({ free, freeGpuIds }: WorkerRecord, allocation: Allocation): boolean {
  return (
    allocation.cores <= free.cores + EPSILON &&
    allocation.memory <= free.memory + EPSILON &&
    allocation.gpuIds.every((id) => freeGpuIds.includes(id))
  );
}

/** As if the connection had never broken. What runs needs no inputs from elsewhere, even where they are lost now. */
function takeOver(world: World, task: TaskRecord, worker: WorkerRecord, lost: AttemptRecord): void {
  task.history?.pop();
  if (task.paidForLoss) {
    task.paidForLoss = false;
    task.retriesUsed -= 1;
    world.stats.retries -= 1;
  }
  const run = new Run(worker, lost.attempt, lost.allocation, lost.assignedAtMs);
  if (task.state.name === "waiting") move(world, task, READY);
  move(world, task, { name: "assigned", run });
  move(world, task, { name: "running", run });
  occupy(world, task, run);
  for (const { content } of task.inputs) if (content !== undefined) hold(world, content, worker);
  world.note("info", `task ${task.id} goes on at worker ${worker.spec.name}, which has come back`, task.id);
}
