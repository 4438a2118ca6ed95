import { hasSlot } from "../../scheduling/eligible.js";
import type { TaskRecord, WorkerRecord } from "../records.js";
import { hasAny } from "../workers/room.js";
import type { World } from "../world.js";

/** Idle workers served in one turn, and busy ones looked at for each. */
const SERVED = 16;
const VICTIMS = 8;

/** Asks tasks that wait at a busy worker back for one that has room, now that no ready task wants that room. */
export function takeBack(world: World): void {
  if (world.idle.size === 0) return;
  let served = 0;
  for (const worker of world.idle) {
    if ((served += 1) > SERVED) return;
    const task = world.waitingAt.size > 0 && isIdle(worker) ? findTask(world, worker) : undefined;
    if (task === undefined) world.idle.delete(worker);
    else askBack(world, task, worker);
  }
}

function isIdle(worker: WorkerRecord): boolean {
  return worker.state.name === "ready" && hasAny(worker, "now") && worker.queue.length === 0;
}

/** The last in the longest queue that fits here. */
function findTask(world: World, idle: WorkerRecord): TaskRecord | undefined {
  let found: TaskRecord | undefined;
  let looks = 0;
  world.waitingAt.fromTop(1, (busy) => {
    if (busy !== idle) found = lastThatFits(world, busy, idle);
    return found !== undefined || (looks += 1) >= VICTIMS;
  });
  return found;
}

function lastThatFits(world: World, busy: WorkerRecord, idle: WorkerRecord): TaskRecord | undefined {
  if (idle.free.cores - idle.expectedCores <= 0) return undefined;
  for (const task of [...busy.queue].reverse()) {
    if (
      task.state.name !== "assigned" ||
      task.state.run.askedBackFor !== undefined ||
      task.shape === undefined
    )
      continue;
    const { cores } = task.state.run.allocation;
    if (cores > idle.free.cores - idle.expectedCores) continue;
    if (hasSlot(task.shape, idle, "now", world.nowMs)) return task;
  }
  return undefined;
}

function askBack(world: World, task: TaskRecord, idle: WorkerRecord): void {
  if (task.state.name !== "assigned") return;
  const { run } = task.state;
  run.askedBackFor = idle;
  idle.expectedCores += run.allocation.cores;
  world.effects.push({ type: "retract", worker: run.worker.id, task: task.id, attempt: run.attempt });
}
