import { hasSlot, type Slot } from "../../scheduling/eligible.js";
import { Heap } from "../../scheduling/heap.js";
import { goesBefore } from "../../scheduling/ready-queue.js";
import type { Shape } from "../../scheduling/shape.js";
import { makeRoom } from "../libraries/make-room.js";
import { askForRoom, endPromises } from "../libraries/room/give-way.js";
import type { TaskRecord, WorkerRecord } from "../records.js";
import type { World } from "../world.js";
import { cachedBytes, chooseWorker, type Wish } from "./candidates.js";
import { place } from "./place.js";
import { takeBack } from "./take-back.js";
import { watchHopeless } from "./unschedulable.js";

/** Gives ready tasks to workers: first where there is room, then where they may wait for the next room. */
export function schedule(world: World): void {
  if (world.promises.size > 0) endPromises(world);
  placeAll(world, "now");
  placeAll(world, "next");
  for (const slot of ["now", "next"] as const) {
    for (const worker of world.roomy[slot]) worker.roomy[slot] = false;
    world.roomy[slot].length = 0;
  }
  takeBack(world);
}

/**
 * Shapes take turns by their foremost task. One that fits nowhere is left until a worker gains room. Nothing is sent ahead
 * of room that goes behind an instance of a library: it would take the room that this one waits for.
 */
function placeAll(world: World, slot: Slot): void {
  const shapes = shapesFor(world, slot);
  for (let shape = shapes.pop(); shape !== undefined; shape = shapes.pop()) {
    const isPlaced = placeHead(world, shape, slot);
    if (isPlaced) shape.head = shape.queue.peek();
    else if (slot === "next" && shape.stays && !shape.warned) break;
    if (isPlaced && shape.head !== undefined) shapes.push(shape);
  }
  // Those that had no turn are not known to fit nowhere.
  for (let shape = shapes.pop(); shape !== undefined; shape = shapes.pop()) shape.blocked[slot] = false;
}

/** Those that may have a place, by their foremost tasks. */
function shapesFor(world: World, slot: Slot): Heap<Shape<TaskRecord>> {
  const shapes = new Heap<Shape<TaskRecord>>((a, b) =>
    goesBefore(a.head as TaskRecord, b.head as TaskRecord),
  );
  const anyRoom = world.roomy[slot].length > 0;
  for (const shape of world.shapes.withTasks())
    if (anyRoom || !shape.blocked[slot] || shape.stays) shapes.push(shape);
  return shapes;
}

/** Places its first task, or one that fits better there. False: it fits nowhere. */
function placeHead(world: World, shape: Shape<TaskRecord>, slot: Slot): boolean {
  const task = shape.queue.peek();
  // Its first task may have been placed as a better one for another's worker.
  if (task === undefined || task !== shape.head) return true;
  const worker = findWorker(world, { shape, task, slot });
  if (worker === undefined) {
    if (slot === "now") askForRoom(world, shape);
    block(world, shape, slot);
    return false;
  }
  place(world, betterHere(world, task, worker, slot) ?? task, worker, slot);
  return true;
}

function findWorker(world: World, wish: Wish): WorkerRecord | undefined {
  const { shape, slot } = wish;
  const open = !shape.blocked[slot] || world.roomy[slot].length > 0;
  const worker = open ? chooseWorker(world, wish) : undefined;
  return worker ?? (slot === "now" ? makeRoom(world, shape) : undefined);
}

/** A ready task of no lower priority whose data is at the worker, when the first in line has none there. */
function betterHere(
  world: World,
  task: TaskRecord,
  worker: WorkerRecord,
  slot: Slot,
): TaskRecord | undefined {
  if (worker.affine.length === 0 || cachedBytes(task, worker) > 0) return undefined;
  const other = worker.affine.peek();
  if (other === undefined || other === task || other.shape === undefined || other.priority < task.priority)
    return undefined;
  return hasSlot(other.shape, worker, slot, world.nowMs) ? other : undefined;
}

function block(world: World, shape: Shape<TaskRecord>, slot: Slot): void {
  // A promise that keeps an instance of a library from a place may end at any time.
  if (slot === "next" || !shape.stays || world.promises.size === 0) shape.blocked[slot] = true;
  if (slot === "next") watchHopeless(world, shape);
}
