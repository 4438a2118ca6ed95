import type { CacheName, Resources } from "@taskvine/core/model";
import type { WorkerEffect } from "./event.js";
import { CallTable } from "./libraries/tables/call-table.js";
import { LibraryTable } from "./libraries/tables/library-table.js";
import { CacheTable } from "./tables/cache-table.js";
import type { Stored } from "./tables/entry.js";
import { TaskTable } from "./tables/task-table.js";
import { TransferTable } from "./tables/transfer-table.js";

/** What this worker offers, and the bounds it keeps. */
export interface WorkerLimits {
  readonly resources: Resources;
  /** Fetches at a time. */
  readonly fetches: number;
  /** Unpackings and mini-tasks at a time; they run beside the tasks. */
  readonly makes: number;
  /** Fetches and makes that may wait; more are refused. */
  readonly transfersQueued: number;
  /** How long a task waits for an input that nobody brings, milliseconds. */
  readonly inputPatienceMs: number;
  /** How many later arrivals may start before a task that does not fit yet; then the worker makes room for it. */
  readonly overtaking: number;
}

/** Everything that the worker's machine knows. */
export interface World {
  readonly limits: WorkerLimits;
  readonly cache: CacheTable;
  readonly tasks: TaskTable;
  readonly transfers: TransferTable;
  readonly libraries: LibraryTable;
  readonly calls: CallTable;
  /** Set once the worker is to go: nothing new is taken. */
  leaving: boolean;
}

/** One turn: the world, the time, and what is to be done. */
export interface Turn {
  readonly world: World;
  readonly nowMs: number;
  readonly effects: WorkerEffect[];
}

export function createWorld(limits: WorkerLimits, held: readonly Stored[] = [], nowMs = 0): World {
  const world: World = {
    limits,
    cache: new CacheTable(),
    tasks: new TaskTable(limits.resources),
    transfers: new TransferTable(),
    libraries: new LibraryTable(),
    calls: new CallTable(),
    leaving: false,
  };
  // In order of their last use, all of it before now.
  held.forEach((stored, index) => {
    world.cache.store(stored, nowMs - held.length + index);
  });
  return world;
}

/** Bytes of the disk budget that neither the cache nor a running task has. */
export function freeDisk(world: World): number {
  return world.limits.resources.disk - world.cache.bytes - world.tasks.allocatedDisk;
}

/** Nothing runs, nothing comes. */
export function isIdle(world: World): boolean {
  return world.tasks.size === 0 && world.transfers.size === 0 && world.calls.size === 0;
}

/** Nothing runs but libraries without calls. */
export function hasNothingToDo(world: World): boolean {
  return world.tasks.size === world.libraries.size && world.transfers.size === 0 && world.calls.size === 0;
}

export function isHere(world: World, cacheName: CacheName): boolean {
  return world.cache.has(cacheName);
}
