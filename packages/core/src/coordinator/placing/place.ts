import { attempt } from "../../model/ids.js";
import type { Allocation } from "../../model/resources.js";
import { amountsFor, amountsForStaying } from "../../scheduling/allocate.js";
import type { Slot } from "../../scheduling/eligible.js";
import type { AssignedOutput } from "../effect.js";
import { moveInstance } from "../libraries/instance.js";
import { type InstanceRecord, Run, type TaskRecord, type WorkerRecord } from "../records.js";
import { move } from "../tasks/move.js";
import { hold } from "../transfers/start.js";
import { occupy } from "../workers/room.js";
import type { World } from "../world.js";

const NO_GPUS: readonly number[] = [];
const NO_OUTPUTS: readonly AssignedOutput[] = [];

/** Sends a ready task to a worker, and whatever it lacks there before it. */
export function place(world: World, task: TaskRecord, worker: WorkerRecord, slot: Slot): void {
  task.attempts += 1;
  world.stats.attempts += 1;
  const run = new Run(worker, attempt(task.attempts), allocate(task, worker), world.nowMs);
  run.queued = slot === "next";
  move(world, task, { name: "assigned", run });
  occupy(world, task, run);
  for (const file of task.inputs) if (file.content !== undefined) hold(world, file.content, worker);
  if (task.instance !== undefined) {
    deploy(world, task.instance, run);
    return;
  }
  world.effects.push({
    type: "assign",
    worker: worker.id,
    task: task.id,
    attempt: run.attempt,
    allocation: run.allocation,
    outputs: assignedOutputs(task),
    ...(task.copiesInputs ? { copyInputs: true } : {}),
  });
}

function deploy(world: World, instance: InstanceRecord, { worker, attempt, allocation }: Run): void {
  const { task, library } = instance;
  instance.worker = worker;
  worker.instances.add(instance);
  moveInstance(world, instance, "deploying");
  // There may be calls for a further one.
  world.stirred.add(library);
  world.effects.push({
    type: "deploy",
    worker: worker.id,
    task: task.id,
    attempt,
    library: library.id,
    allocation,
  });
}

function allocate(task: TaskRecord, worker: WorkerRecord): Allocation {
  const amounts = task.instance === undefined ? amountsFor : amountsForStaying;
  const { cores, memory, disk, gpus } = amounts(task.request, worker.total, worker.cachedBytes);
  return { cores, memory, disk, gpus, gpuIds: gpus === 0 ? NO_GPUS : worker.freeGpuIds.slice(0, gpus) };
}

/** Its outputs as the worker is told of them. */
export function assignedOutputs(task: TaskRecord): readonly AssignedOutput[] {
  if (task.outputs.length === 0) return NO_OUTPUTS;
  const outputs: AssignedOutput[] = [];
  for (const { spec, content } of task.outputs) {
    if (content !== undefined) outputs.push({ file: spec.id, cacheName: content.cacheName });
  }
  return outputs;
}
