import type { TaskId } from "../../model/ids.js";
import { hasSlot } from "../../scheduling/eligible.js";
import { taskNumber } from "../../tasks/task.js";
import { lastFailure, whyUnavailable } from "../files/unavailable.js";
import { whyNotDealt } from "../libraries/explain.js";
import { without } from "../libraries/make-room.js";
import type { Run, TaskRecord } from "../records.js";
import { describe } from "../tasks/finish.js";
import { hasArrived } from "../tasks/withdraw.js";
import type { World } from "../world.js";
import { hopelessness } from "./unschedulable.js";

/** Why a task is where it is, in one sentence. */
export function explainTask(world: World, id: TaskId): string {
  const task = world.tasks.get(id);
  if (task === undefined) return `Task ${id} has ended, or was never submitted.`;
  const number = taskNumber(task.spec);
  switch (task.state.name) {
    case "waiting":
      return `Task ${number} waits${whyWaiting(world, task)}.`;
    case "ready":
      return `Task ${number} is ready, but ${whyNotPlaced(world, task)}.`;
    case "assigned":
      return `Task ${number} was sent to ${task.state.run.worker.spec.name}, where it ${whyNotStarted(task, task.state.run)}.`;
    case "running":
      return `Task ${number} runs at ${task.state.run.worker.spec.name}.`;
    case "retrieving":
      return `Task ${number} has run; ${task.toBring} of its outputs are on their way to the manager${lastFailure(...task.outputs)}.`;
    case "done":
    case "failed":
    case "cancelled":
      return `Task ${number} has ended.`;
  }
}

function whyWaiting(world: World, task: TaskRecord): string {
  const file = task.inputs.find((input) => !input.available);
  const { startAfterMs } = task.spec;
  if (file !== undefined) return ` for ${describe(file)}: ${whyUnavailable(file)}`;
  if (startAfterMs !== undefined && startAfterMs > world.nowMs)
    return `: it may not start before ${startAfterMs}`;
  return " to be looked at";
}

function whyNotPlaced(world: World, task: TaskRecord): string {
  if (task.library !== undefined) return whyNotDealt(world, task.library);
  if (world.workers.size === 0) return "no worker has joined";
  const why = task.shape === undefined ? undefined : hopelessness(world, task.shape);
  if (why !== undefined) return `no worker that has joined could ever run it: ${why}`;
  const usable = [...world.workers.values()].some((worker) => worker.state.name === "ready");
  if (!usable) return "all workers are leaving, or are left alone for a while after failures";
  return whyNoRoom(world, task);
}

function whyNoRoom(world: World, task: TaskRecord): string {
  const { shape } = task;
  for (const worker of shape === undefined ? [] : world.workers.values()) {
    const bare = { ...without(worker, []), neededBytes: 0 };
    if (worker.state.name === "ready" && shape !== undefined && hasSlot(shape, bare, "now", world.nowMs))
      return `${worker.spec.name}, which has room for it otherwise, keeps ${worker.neededBytes} bytes of files on its disk that are still needed`;
  }
  return `no worker has room for it; ${world.counts.ready - (task.reported ? 0 : 1)} other tasks are ready too`;
}

function whyNotStarted(task: TaskRecord, run: Run): string {
  const lacking = task.inputs.find((file) => !hasArrived(task, file, run.worker));
  if (lacking !== undefined) return `waits for a copy of ${describe(lacking)}${lastFailure(lacking)}`;
  return run.queued ? "waits for room" : "is about to start";
}
