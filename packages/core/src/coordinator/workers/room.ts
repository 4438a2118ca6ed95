import type { Slot } from "../../scheduling/eligible.js";
import { LEAST_QUEUED_CORES } from "../../scheduling/eligible.js";
import type { Run, TaskRecord, WorkerRecord } from "../records.js";
import type { World } from "../world.js";

const EPSILON = 1e-9;

/** Books what a run takes of its worker: room, or a place among those that wait for it. */
export function occupy(world: World, task: TaskRecord, run: Run): void {
  const { worker } = run;
  if (task.instance !== undefined) reside(worker, run, 1);
  run.seat = worker.tasks.length;
  worker.tasks.push(task);
  if (run.queued) enqueue(task, run);
  else take(worker, run, 1);
  reindex(world, worker);
}

/** Gives back what a run took; those that wait move up as the worker itself lets them. */
export function vacate(world: World, task: TaskRecord, run: Run): void {
  const { worker } = run;
  if (task.instance !== undefined) reside(worker, run, -1);
  unseat(worker, run);
  answered(run);
  if (run.queued) dequeue(task, run);
  else {
    take(worker, run, -1);
    if (worker.queue.length > 0) moveUp(worker);
    if (worker.queue.length > 0 && worker.instances.size > 0) noteInTheWay(world, worker);
  }
  reindex(world, worker);
  gainRoom(world, worker);
}

/** The worker has answered, in one way or another, whether the task can be had back. */
export function answered(run: Run): void {
  const { askedBackFor } = run;
  if (askedBackFor === undefined) return;
  run.askedBackFor = undefined;
  askedBackFor.expectedCores = Math.max(0, askedBackFor.expectedCores - run.allocation.cores);
}

/** The worker started a task that we thought was waiting for room. */
export function startQueued(world: World, task: TaskRecord, run: Run): void {
  dequeue(task, run);
  run.queued = false;
  take(run.worker, run, 1);
  reindex(world, run.worker);
  gainRoom(world, run.worker);
}

/** Notes that the worker may have gained room, so that ready tasks are offered to it. */
export function gainRoom(world: World, worker: WorkerRecord): void {
  if (worker.state.name !== "ready") return;
  if (hasAny(worker, "now")) world.idle.add(worker);
  for (const slot of ["now", "next"] as const) {
    if (worker.roomy[slot] || !hasAny(worker, slot)) continue;
    worker.roomy[slot] = true;
    world.roomy[slot].push(worker);
  }
}

/** Puts the worker where it belongs in the indexes of its kin; nowhere when it takes no work. */
export function reindex(world: World, worker: WorkerRecord): void {
  const { index } = worker.kin;
  const takesWork = worker.state.name === "ready";
  if (takesWork && hasAny(worker, "now")) index.now.put(worker, worker.free.cores);
  else index.now.remove(worker);
  if (takesWork && hasAny(worker, "next")) index.next.put(worker, worker.queuedCores);
  else index.next.remove(worker);
  const waits = worker.queue.length;
  if (waits > 0 && worker.state.name !== "gone") world.waitingAt.put(worker, waits);
  else world.waitingAt.remove(worker);
}

/** Whether there is anything left of this kind of slot. */
export function hasAny(worker: WorkerRecord, slot: Slot): boolean {
  if (slot === "now") return worker.free.cores > EPSILON;
  return worker.queuedCores + LEAST_QUEUED_CORES <= worker.queueLimit + EPSILON;
}

function take(worker: WorkerRecord, run: Run, sign: 1 | -1): void {
  const { free } = worker;
  const { allocation } = run;
  free.cores -= sign * allocation.cores;
  free.memory -= sign * allocation.memory;
  free.disk -= sign * allocation.disk;
  free.gpus -= sign * allocation.gpus;
  if (allocation.gpus === 0) return;
  if (sign === -1) worker.freeGpuIds.push(...allocation.gpuIds);
  else for (const id of allocation.gpuIds) worker.freeGpuIds.splice(worker.freeGpuIds.indexOf(id), 1);
}

/** What waits there may lack just the room of instances that have nothing to do. */
function noteInTheWay(world: World, worker: WorkerRecord): void {
  for (const instance of worker.instances)
    if (world.idleInstances.has(instance)) world.inTheWay.add(instance);
}

/** Books what an instance takes of its worker for as long as it lives. */
function reside({ resident }: WorkerRecord, { allocation }: Run, sign: 1 | -1): void {
  resident.cores += sign * allocation.cores;
  resident.memory += sign * allocation.memory;
  resident.disk += sign * allocation.disk;
  resident.gpus += sign * allocation.gpus;
}

/** The last in the list takes the seat that is free now. */
function unseat(worker: WorkerRecord, run: Run): void {
  const last = worker.tasks.pop();
  if (last === undefined || run.seat === worker.tasks.length) return;
  worker.tasks[run.seat] = last;
  if ("run" in last.state) last.state.run.seat = run.seat;
}

function enqueue(task: TaskRecord, run: Run): void {
  run.worker.queue.push(task);
  run.worker.queuedCores += Math.max(run.allocation.cores, LEAST_QUEUED_CORES);
}

function dequeue(task: TaskRecord, run: Run): void {
  const { worker } = run;
  worker.queue.splice(worker.queue.indexOf(task), 1);
  worker.queuedCores -= Math.max(run.allocation.cores, LEAST_QUEUED_CORES);
  if (worker.queue.length === 0) worker.queuedCores = 0;
}

/** Tasks that wait get room in the order in which they were sent, as far as it goes. */
function moveUp(worker: WorkerRecord): void {
  for (let task = worker.queue[0]; task?.state.name === "assigned"; task = worker.queue[0]) {
    const { run } = task.state;
    const { allocation } = run;
    if (allocation.cores > worker.free.cores + EPSILON || allocation.memory > worker.free.memory + EPSILON)
      break;
    dequeue(task, run);
    run.queued = false;
    take(worker, run, 1);
  }
}
