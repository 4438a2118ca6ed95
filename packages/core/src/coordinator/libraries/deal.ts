import { mayHold } from "../../libraries/pace.js";
import { attempt } from "../../model/ids.js";
import { isValue } from "../files/outputs.js";
import { extendLine } from "../lines/extend.js";
import { cachedBytes } from "../placing/candidates.js";
import { assignedOutputs } from "../placing/place.js";
import {
  type FileRecord,
  type InstanceRecord,
  type LibraryRecord,
  Run,
  type TaskRecord,
  type WorkerRecord,
} from "../records.js";
import { move } from "../tasks/move.js";
import { hold } from "../transfers/start.js";
import type { World } from "../world.js";
import { NO_ALLOCATION, occupySlot } from "./slots.js";

/** Bounds of what is looked at for one call: inputs, and holders of them. */
const INPUTS = 16;
const HOLDERS = 32;
/** What a call is taken to last while nobody knows, milliseconds. */
const UNKNOWN_MS = 10;

/** The instance that is to get the next call: where its data is, else the one with least to do. Undefined: all have enough. */
export function chooseInstance(library: LibraryRecord, task: TaskRecord): InstanceRecord | undefined {
  const meanMs = meanOf(library, task);
  for (let least = leastLoaded(library); least !== undefined; least = leastLoaded(library)) {
    if (mayHold(least, meanMs)) return nearest(library, task, least) ?? least;
    library.loads.remove(least);
    library.full.add(least);
  }
  return undefined;
}

/** Undefined: there is none at a worker that takes work. */
export function leastLoaded(library: LibraryRecord): InstanceRecord | undefined {
  for (;;) {
    const least = library.loads.least();
    if (least === undefined || least.worker?.state.name === "ready") return least;
    library.loads.remove(least);
  }
}

function meanOf(library: LibraryRecord, { spec }: TaskRecord): number | undefined {
  return library.pace.meanMs(spec.call?.function ?? "");
}

/** Of the instances where parts of its inputs are, the one with most of them, if it can begin as soon as the least loaded one. */
function nearest(
  library: LibraryRecord,
  task: TaskRecord,
  least: InstanceRecord,
): InstanceRecord | undefined {
  if (task.inputs.length === 0) return undefined;
  let best: InstanceRecord | undefined;
  let most = cachedBytes(task, least.worker);
  for (const instance of instancesAtHolders(library, task)) {
    const isFree =
      instance.held < instance.slots || (least.held >= least.slots && instance.held <= least.held);
    const bytes = isFree ? cachedBytes(task, instance.worker) : 0;
    if (bytes <= most) continue;
    most = bytes;
    best = instance;
  }
  return best;
}

function* instancesAtHolders(library: LibraryRecord, task: TaskRecord): Generator<InstanceRecord> {
  let looks = 0;
  for (const { content } of task.inputs.slice(0, INPUTS)) {
    for (const { worker } of content?.holders ?? []) {
      if ((looks += 1) > HOLDERS) return;
      if (worker.state.name === "ready") yield* takersAt(library, worker);
    }
  }
}

function* takersAt(library: LibraryRecord, worker: WorkerRecord): Generator<InstanceRecord> {
  for (const instance of worker.instances)
    if (instance.library === library && instance.links.row >= 0) yield instance;
}

/** Sends a ready call to an instance, and whatever its worker lacks for it before it. */
export function deal(world: World, task: TaskRecord, instance: InstanceRecord): void {
  const { library, worker } = instance;
  if (worker === undefined) return;
  task.attempts += 1;
  world.stats.attempts += 1;
  const run = new Run(worker, attempt(task.attempts), NO_ALLOCATION, world.nowMs);
  run.instance = instance;
  run.expectedMs = meanOf(library, task) ?? UNKNOWN_MS;
  run.dealt = world.dealt += 1;
  move(world, task, { name: "assigned", run });
  occupySlot(world, task, run, instance);
  if (task.inputs.length > 0) bringInputs(world, task, run);
  world.effects.push({
    type: "call",
    worker: worker.id,
    task: task.id,
    attempt: run.attempt,
    instance: instance.task.id,
    outputs: assignedOutputs(task),
  });
  extendLine(world, task, run);
}

/** Inputs that its worker lacks are brought there, and what is there is kept. */
export function bringInputs(world: World, task: TaskRecord, run: Run): void {
  const attached = task.inputs.filter((file) => goesAlong(task, file));
  if (attached.length > 0) run.attached = attached;
  for (const file of task.inputs)
    if (file.content !== undefined && !attached.includes(file)) hold(world, file.content, run.worker);
}

/** The manager has what another call returned, and this one reads nothing but the value. */
function goesAlong({ spec }: TaskRecord, file: FileRecord): boolean {
  if (!isValue(file)) return false;
  return spec.inputs.every((mount) => mount.file !== file.spec.id || mount.use === "value");
}
