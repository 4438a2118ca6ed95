import { leaveInputs } from "../files/demand.js";
import { nameOutputs } from "../files/name-outputs.js";
import { promote } from "../lines/promote.js";
import type { TaskRecord, WorkerRecord } from "../records.js";
import { bringHome } from "../transfers/start.js";
import type { World } from "../world.js";
import { finish } from "./finish.js";
import { move, READY, RETRIEVING } from "./move.js";

/** Inputs and holders looked at to find the worker where most of a task's data lies. */
const LOOKED_AT = 32;

/** All inputs can be had: the task is queued, unless the cluster holds what it would make. */
export function onReadied(world: World, task: TaskRecord): void {
  if (task.state.name !== "waiting" || task.missing > 0) return;
  if (task.shape === undefined && task.library === undefined) return;
  nameOutputs(world, task);
  move(world, task, READY);
  if (isMadeAlready(task)) {
    reuse(world, task);
    return;
  }
  if (task.library !== undefined) {
    if (promote(world, task)) return;
    task.library.queue.push(task);
    world.stirred.add(task.library);
  } else if (task.shape !== undefined) {
    world.shapes.push(task.shape, task);
    if (task.instance === undefined) homeOf(task)?.affine.push(task);
  }
}

function isMadeAlready(task: TaskRecord): boolean {
  // What a call returns must be among them.
  if (task.library !== undefined && task.spec.outputs.every(({ use }) => use !== "value")) return false;
  return (
    task.outputs.length > 0 &&
    task.outputs.every((file) => file.spec.lifetime === "forever" && (file.content?.holders.length ?? 0) > 0)
  );
}

function reuse(world: World, task: TaskRecord): void {
  world.stats.reused += 1;
  for (const file of task.outputs) {
    file.made = true;
    world.agenda.recheck.push(file);
  }
  const verdict = { state: "done", code: "success", message: "outputs were already in the cluster" } as const;
  if (!bringOutputsHome(world, task)) {
    finish(world, task, verdict);
    return;
  }
  task.verdict = verdict;
  leaveInputs(world, task);
  move(world, task, RETRIEVING);
}

/** Starts for home what belongs there. False: nothing does. */
export function bringOutputsHome(world: World, task: TaskRecord): boolean {
  task.toBring = 0;
  for (const file of task.outputs) {
    const { content } = file;
    if (file.spec.origin.type !== "local" || content === undefined || content.holders.length === 0) continue;
    if (file.home || file.producer !== task) continue;
    task.toBring += 1;
    bringHome(world, file);
  }
  return task.toBring > 0;
}

/** The worker that holds most bytes of the inputs, of a bounded number of them. */
function homeOf(task: TaskRecord): WorkerRecord | undefined {
  let best: WorkerRecord | undefined;
  let most = 0;
  let looks = 0;
  for (const { content } of task.inputs) {
    const replica = content?.holders[0];
    if (replica === undefined || (looks += 1) > LOOKED_AT) continue;
    if (replica.size <= most) continue;
    most = replica.size;
    best = replica.worker;
  }
  return best;
}
