import { hasSlot } from "../../../scheduling/eligible.js";
import type { Shape } from "../../../scheduling/shape.js";
import type { InstanceRecord, TaskRecord, WorkerRecord } from "../../records.js";
import { withdrawCallsOf } from "../../tasks/withdraw.js";
import { gainRoom } from "../../workers/room.js";
import type { World } from "../../world.js";
import { retire } from "../instance.js";
import { without } from "../make-room.js";

/** Instances looked at to make room for one task. */
const LOOKED_AT = 32;

/**
 * Something fits nowhere that goes before all calls of some busy instances: where it would fit without them they get no
 * calls any more, and end when those that they run have. Until then no instance that goes behind is started there.
 */
export function askForRoom(world: World, shape: Shape<TaskRecord>): void {
  const { head } = shape;
  if (head === undefined || head.priority <= world.leastPriority || isRoomComing(world, shape)) return;
  let looks = 0;
  const seen = new Set<WorkerRecord>();
  for (const { worker } of world.instances.values()) {
    if ((looks += 1) > LOOKED_AT) return;
    if (worker === undefined || seen.has(worker)) continue;
    seen.add(worker);
    if (mayClear(worker) && clear(world, worker, shape, head)) return;
  }
}

/** Room that has become free, and room that nobody waits for any more, is for all again. */
export function endPromises(world: World): void {
  let highest = Number.NEGATIVE_INFINITY;
  for (const { head } of world.shapes.withTasks()) highest = Math.max(highest, head?.priority ?? highest);
  for (const [worker, priority] of world.promises) {
    if (priority <= highest && retiringAt(worker).length > 0) continue;
    world.promises.delete(worker);
    gainRoom(world, worker);
  }
}

function isRoomComing(world: World, shape: Shape<TaskRecord>): boolean {
  for (const worker of world.promises.keys()) {
    if (worker.state.name !== "ready") continue;
    if (hasSlot(shape, without(worker, retiringAt(worker)), "now", world.nowMs)) return true;
  }
  return false;
}

function retiringAt({ instances }: WorkerRecord): InstanceRecord[] {
  return [...instances].filter(({ state }) => state === "retiring");
}

/** What waits there would take the room first. */
function mayClear(worker: WorkerRecord): boolean {
  return worker.state.name === "ready" && worker.queue.length === 0;
}

/** Retires as few instances there as it takes. False: it would not fit without all of them either. */
function clear(world: World, worker: WorkerRecord, shape: Shape<TaskRecord>, head: TaskRecord): boolean {
  const leaving = retiringAt(worker);
  const chosen: InstanceRecord[] = [];
  for (const instance of behind(worker, head)) {
    chosen.push(instance);
    if (!hasSlot(shape, without(worker, [...leaving, ...chosen]), "now", world.nowMs)) continue;
    world.promises.set(worker, Math.max(head.priority, world.promises.get(worker) ?? head.priority));
    for (const one of chosen) {
      retire(world, one);
      withdrawCallsOf(world, one);
    }
    return true;
  }
  return false;
}

/** Instances there that serve nothing of that priority, those with least to do first. */
function behind(worker: WorkerRecord, { priority, instance: own }: TaskRecord): InstanceRecord[] {
  return [...worker.instances]
    .filter(({ state, library, calls }) => {
      if (state !== "ready" || library === own?.library) return false;
      if ((library.queue.peek()?.priority ?? Number.NEGATIVE_INFINITY) >= priority) return false;
      return calls.every((call) => call.priority < priority);
    })
    .sort((a, b) => a.held - b.held);
}
