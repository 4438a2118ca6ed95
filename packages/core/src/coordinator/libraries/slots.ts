import { type Allocation, NO_RESOURCES } from "../../model/resources.js";
import type { InstanceRecord, Run, TaskRecord, WorkerRecord } from "../records.js";
import type { World } from "../world.js";

/** A call takes a slot of its instance, and nothing of the worker. */
export const NO_ALLOCATION: Allocation = { ...NO_RESOURCES, gpuIds: [] };

/** Books a call at an instance. */
export function occupySlot(world: World, task: TaskRecord, run: Run, instance: InstanceRecord): void {
  const { library, calls } = instance;
  run.seat = calls.length;
  calls.push(task);
  if (calls.length === 1) instance.movedAtMs = world.nowMs;
  instance.backlogMs += run.expectedMs;
  library.held += 1;
  if (instance.held > instance.slots) library.ahead += 1;
  offer(world, instance);
}

/** The call has left the instance; the last in its list takes the seat that is free now. */
export function vacateSlot(world: World, run: Run, instance: InstanceRecord): void {
  const { library, calls } = instance;
  instance.movedAtMs = world.nowMs;
  const last = calls.pop();
  if (last !== undefined && run.seat < calls.length) {
    calls[run.seat] = last;
    if ("run" in last.state) last.state.run.seat = run.seat;
  }
  instance.backlogMs = calls.length === 0 ? 0 : instance.backlogMs - run.expectedMs;
  if (run.askedBack) library.askedBack -= 1;
  run.askedBack = false;
  world.stirred.add(library);
  if (instance.state === "ready") {
    library.held -= 1;
    if (calls.length >= instance.slots) library.ahead -= 1;
    offer(world, instance);
  } else if (calls.length === 0) {
    if (instance.state === "gone") run.worker.instances.delete(instance);
    else world.agenda.stopped.push(instance.task);
  }
}

/** An instance that is ready stands where it belongs among those that may get calls. */
export function offer(world: World, instance: InstanceRecord): void {
  const { library, held, slots } = instance;
  const { slots: usual } = library.spec;
  if (library.full.size > 0) library.full.delete(instance);
  library.loads.put(instance, slots === usual ? held : Math.floor((held * usual) / slots));
  if (held > 1) return;
  if (held === 1) world.idleInstances.delete(instance);
  else becomeIdle(world, instance);
}

/** It takes calls from now on. */
export function joinOffers(world: World, instance: InstanceRecord): void {
  addUp(instance, 1);
  offer(world, instance);
}

/** It gets no further calls. */
export function leaveOffers(world: World, instance: InstanceRecord): void {
  const { library } = instance;
  library.loads.remove(instance);
  library.full.delete(instance);
  world.idleInstances.delete(instance);
  addUp(instance, -1);
}

/** It is ready, and runs another number of calls at once than before. */
export function changeSlots(instance: InstanceRecord, slots: number): void {
  addUp(instance, -1);
  instance.slots = slots;
  addUp(instance, 1);
}

function addUp(instance: InstanceRecord, sign: 1 | -1): void {
  const { library, slots, held } = instance;
  library.slots += sign * slots;
  library.held += sign * held;
  library.ahead += sign * Math.max(0, held - slots);
}

function becomeIdle(world: World, instance: InstanceRecord): void {
  const { worker } = instance;
  world.idleInstances.add(instance);
  if (worker === undefined) return;
  if (worker.queue.length > 0) world.inTheWay.add(instance);
  if (worker.roomy.now) return;
  // It can give way to what found no room before.
  worker.roomy.now = true;
  world.roomy.now.push(worker);
}

/** The calls that a worker has. */
export function callsAt(worker: WorkerRecord): TaskRecord[] {
  if (worker.instances.size === 0) return [];
  return [...worker.instances].flatMap(({ calls }) => calls);
}
