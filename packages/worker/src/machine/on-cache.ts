import type { CacheName } from "@taskvine/core/model";
import { chooseVictims, evictableBytes } from "./evict.js";
import type { Stored } from "./tables/entry.js";
import { freeDisk, type Turn, type World } from "./world.js";

/** Bytes for which room could be made. */
export function roomInCache(world: World): number {
  return Math.max(0, freeDisk(world) + evictableBytes(world.cache));
}

/** Gives up old entries until `bytes` are free; says whether they are. */
export function makeRoom(turn: Turn, bytes: number): boolean {
  const { world } = turn;
  const missing = bytes - freeDisk(world);
  const victims = chooseVictims(world.cache, missing);
  for (const cacheName of victims ?? []) removeEntry(turn, cacheName, "evicted to make room");
  return victims !== undefined;
}

/** Deletes an entry and, where the manager does not know of it, says so. */
export function removeEntry(turn: Turn, cacheName: CacheName, reasonToReport?: string): void {
  turn.world.cache.remove(cacheName);
  turn.effects.push({ type: "remove-entry", cacheName });
  if (reasonToReport !== undefined)
    turn.effects.push({ type: "report-gone", cacheName, reason: reasonToReport });
}

/** Whoever waited for this name goes on. */
export function storeEntry(turn: Turn, stored: Stored): void {
  const { cache, tasks, calls, libraries } = turn.world;
  cache.store(stored, turn.nowMs);
  cache.prolong(stored.cacheName, stored.lifetime);
  tasks.inputArrived(stored.cacheName);
  for (const call of calls.inputArrived(stored.cacheName)) {
    libraries.at(call.instance)?.queue.push(call);
    libraries.touch(call.instance);
  }
}

export function onDropAsked(turn: Turn, cacheName: CacheName): void {
  const { cache } = turn.world;
  if (cache.get(cacheName)?.state !== "ready") return;
  if (cache.users(cacheName) > 0) cache.leave(cacheName);
  else removeEntry(turn, cacheName);
}

export function onHoldTaken(turn: Turn, cacheName: CacheName): void {
  turn.world.cache.pin(cacheName);
  turn.world.cache.touch(cacheName, turn.nowMs);
}

/** One use less; the last user of an entry that is to go takes it along. */
export function release(turn: Turn, cacheName: CacheName): void {
  const { cache } = turn.world;
  cache.unpin(cacheName);
  cache.touch(cacheName, turn.nowMs);
  if (cache.users(cacheName) === 0 && cache.get(cacheName)?.state === "leaving") removeEntry(turn, cacheName);
}
