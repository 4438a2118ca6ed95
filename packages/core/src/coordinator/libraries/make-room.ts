import { type Host, hasSlot } from "../../scheduling/eligible.js";
import type { Shape } from "../../scheduling/shape.js";
import type { InstanceRecord, TaskRecord, WorkerRecord } from "../records.js";
import { runOf } from "../tasks/move.js";
import type { World } from "../world.js";
import { dismiss, moveInstance } from "./instance.js";

/** Idle instances looked at to make room for one task. */
const LOOKED_AT = 32;

/** Ends idle instances at a worker where something then fits that fits nowhere now. Undefined: there is no such worker. */
export function makeRoom(world: World, shape: Shape<TaskRecord>): WorkerRecord | undefined {
  let looks = 0;
  for (const { worker } of world.idleInstances) {
    if ((looks += 1) > LOOKED_AT) return undefined;
    if (worker === undefined || worker.state.name !== "ready" || worker.queue.length > 0) continue;
    if (isPromised(world, shape, worker)) continue;
    if (!hasSlot(shape, withoutIdle(worker), "now", world.nowMs)) continue;
    for (const instance of idleAt(worker)) {
      end(world, instance);
      if (hasSlot(shape, worker, "now", world.nowMs)) return worker;
    }
  }
  return undefined;
}

/** An instance of a library may not be started there now: the room is being made for what goes before it. */
export function isPromised(world: World, shape: Shape<TaskRecord>, worker: WorkerRecord): boolean {
  if (world.promises.size === 0 || !shape.stays) return false;
  const priority = world.promises.get(worker);
  return priority !== undefined && priority > (shape.head?.priority ?? Number.NEGATIVE_INFINITY);
}

/** Ends instances that have become idle where tasks wait for room. */
export function clearTheWay(world: World): void {
  for (const instance of world.inTheWay) {
    const { worker } = instance;
    const first = worker?.queue[0];
    const run = first === undefined ? undefined : runOf(first);
    if (worker === undefined || run === undefined || !world.idleInstances.has(instance)) continue;
    const { free } = withoutIdle(worker);
    const { cores, memory } = run.allocation;
    if (cores > free.cores + 1e-9 || memory > free.memory + 1e-9) continue;
    for (const idle of idleAt(worker)) if (worker.queue[0] === first) end(world, idle);
  }
  world.inTheWay.clear();
}

/** Its idle instances end: it has no room for what it should have room for. */
export function endIdle(world: World, worker: WorkerRecord): void {
  for (const instance of idleAt(worker)) end(world, instance);
}

function idleAt(worker: WorkerRecord): InstanceRecord[] {
  return [...worker.instances].filter(({ state, held }) => state === "ready" && held === 0);
}

/** The worker as it would be without its idle instances. */
function withoutIdle(worker: WorkerRecord): Host {
  return without(worker, idleAt(worker));
}

/** The worker as it would be without these instances. */
export function without(worker: WorkerRecord, instances: readonly InstanceRecord[]): Host {
  const free = { ...worker.free };
  const resident = { ...worker.resident };
  for (const instance of instances) {
    const allocation = runOf(instance.task)?.allocation;
    if (allocation === undefined) continue;
    for (const resource of ["cores", "memory", "disk", "gpus"] as const) {
      free[resource] += allocation[resource];
      resident[resource] -= allocation[resource];
    }
  }
  const { id, total, cachedBytes, neededBytes, features, names, endsAtMs, queuedCores, queueLimit } = worker;
  const same = { id, total, cachedBytes, neededBytes, features, names, endsAtMs, queuedCores, queueLimit };
  return { ...same, free, resident };
}

function end(world: World, instance: InstanceRecord): void {
  moveInstance(world, instance, "retiring");
  dismiss(world, instance);
}
