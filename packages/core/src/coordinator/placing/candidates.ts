import { hasSlot, type Slot } from "../../scheduling/eligible.js";
import { findPolicy } from "../../scheduling/policy.js";
import type { Candidate, PlacementPolicy } from "../../scheduling/rank/contract.js";
import type { Shape } from "../../scheduling/shape.js";
import { isPromised } from "../libraries/make-room.js";
import type { Kin, LibraryRecord, TaskRecord, WorkerRecord } from "../records.js";
import { hasAny } from "../workers/room.js";
import type { World } from "../world.js";

/** Bounds of what is looked at for one task: inputs, and holders of them. */
const INPUTS = 64;
const HOLDERS = 32;

/** What is to be placed, and for which kind of slot. */
export interface Wish {
  readonly shape: Shape<TaskRecord>;
  readonly task: TaskRecord;
  readonly slot: Slot;
}

/** The worker that the policy likes best of a bounded number that can take the task. Undefined: none can. */
export function chooseWorker(world: World, wish: Wish): WorkerRecord | undefined {
  const { shape, task, slot } = wish;
  const policy = (shape.policy === "" ? undefined : findPolicy(shape.policy)) ?? world.options.policy;
  const workers = task.inputs.length === 0 ? [] : holdersWithRoom(world, wish);
  if (shape.blocked[slot]) addRoomy(world, wish, policy, workers);
  else addIndexed(world, wish, policy, workers);
  if (task.instance !== undefined) avoidShunned(world, task.instance.library, workers);
  if (workers.length < 2) return workers[0];
  const facts = workers.map((worker) => factsOf(task, worker));
  const { choice } = policy.choose(
    { task: task.id, category: task.spec.category, priority: task.priority },
    facts,
    world.random,
  );
  return workers[choice] ?? workers[0];
}

/** Where the library failed to start lately it is tried again only if there is no other worker. */
function avoidShunned(world: World, { shunned }: LibraryRecord, workers: WorkerRecord[]): void {
  if (shunned.size === 0) return;
  const others = workers.filter((worker) => (shunned.get(worker) ?? 0) <= world.nowMs);
  if (others.length > 0) workers.splice(0, workers.length, ...others);
}

function factsOf(task: TaskRecord, worker: WorkerRecord): Candidate {
  return {
    worker: worker.id,
    cachedBytes: cachedBytes(task, worker),
    freeCores: worker.free.cores,
    totalCores: worker.total.cores,
    freeMemory: worker.free.memory,
    freeDisk: worker.free.disk - worker.cachedBytes,
    meanMs: worker.succeeded === 0 ? undefined : worker.successMs / worker.succeeded,
  };
}

/** Bytes of the inputs that the worker holds (of the first ones, where there are very many). */
export function cachedBytes(task: TaskRecord, worker: WorkerRecord | undefined): number {
  let bytes = 0;
  const count = Math.min(INPUTS, task.inputs.length);
  for (let position = 0; position < count; position += 1) {
    const content = task.inputs[position]?.content;
    const replica = content === undefined ? undefined : worker?.replicas.get(content);
    if (replica?.ready === true) bytes += replica.size;
  }
  return bytes;
}

function holdersWithRoom(world: World, wish: Wish): WorkerRecord[] {
  const { shape, task, slot } = wish;
  const found = new Set<WorkerRecord>();
  let looks = 0;
  for (let position = 0; position < Math.min(INPUTS, task.inputs.length); position += 1) {
    for (const { worker } of task.inputs[position]?.content?.holders ?? []) {
      if ((looks += 1) > HOLDERS) return [...found];
      if (canTake(world, shape, worker, slot)) found.add(worker);
    }
  }
  return [...found];
}

function canTake(world: World, shape: Shape<TaskRecord>, worker: WorkerRecord, slot: Slot): boolean {
  return worker.state.name === "ready" && hasAny(worker, slot) && fits(world, shape, worker, slot);
}

function fits(world: World, shape: Shape<TaskRecord>, worker: WorkerRecord, slot: Slot): boolean {
  return hasSlot(shape, worker, slot, world.nowMs) && !isPromised(world, shape, worker);
}

/** Of the workers that have gained room since the shape was blocked, each in its turn, which spreads the load. */
function addRoomy(world: World, wish: Wish, policy: PlacementPolicy, found: WorkerRecord[]): void {
  const { shape, slot } = wish;
  const roomy = world.roomy[slot];
  let taken = 0;
  let looks = roomy.length;
  for (let position = world.turn[slot]; looks > 0 && taken < policy.sample; looks -= 1) {
    if (position >= roomy.length) position = 0;
    const worker = roomy[position];
    if (worker === undefined) return;
    if (worker.state.name !== "ready" || !hasAny(worker, slot)) {
      worker.roomy[slot] = false;
      roomy[position] = roomy[roomy.length - 1] as WorkerRecord;
      roomy.pop();
      // The one that has taken its place may have been looked at already: that look does not count.
      looks += 1;
      continue;
    }
    position += 1;
    if (!fits(world, shape, worker, slot)) continue;
    if (!found.includes(worker)) found.push(worker);
    taken += 1;
    if (taken === 1) world.turn[slot] = position;
  }
}

function addIndexed(world: World, wish: Wish, policy: PlacementPolicy, found: WorkerRecord[]): void {
  const { shape, slot } = wish;
  for (const kin of world.kins.values()) {
    if (!suits(kin, shape)) continue;
    let taken = 0;
    const visit = (worker: WorkerRecord): boolean => {
      if (!fits(world, shape, worker, slot)) return false;
      if (!found.includes(worker)) found.push(worker);
      return (taken += 1) >= policy.sample;
    };
    const index = kin.index[slot];
    if (slot === "now" && policy.draw === "emptiest") index.fromTop(shape.request.cores ?? 0, visit);
    else index.fromBottom(slot === "now" ? (shape.request.cores ?? 0) : 0, visit);
  }
}

function suits(kin: Kin, shape: Shape<TaskRecord>): boolean {
  if ((shape.request.gpus ?? 0) > 0 && !kin.gpus) return false;
  return shape.features.every((feature) => kin.features.has(feature));
}
