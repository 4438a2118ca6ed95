import type { CacheName } from "@taskvine/core/model";
import type { CacheTable } from "./tables/cache-table.js";
import type { Entry } from "./tables/entry.js";

/**
 * Which entries to give up so that `needed` more bytes are free: least recently used first, `forever` before `worker`;
 * never what the workflow needs, never what is in use. Nothing at all when even that would not be enough.
 */
export function chooseVictims(cache: CacheTable, needed: number): CacheName[] | undefined {
  if (needed <= 0) return [];
  const victims: CacheName[] = [];
  let freed = 0;
  for (const entry of candidates(cache)) {
    victims.push(entry.cacheName);
    freed += entry.size;
    if (freed >= needed) return victims;
  }
  return undefined;
}

/** Bytes that evicting everything evictable would free. */
export function evictableBytes(cache: CacheTable): number {
  let bytes = 0;
  for (const entry of cache.values()) if (isEvictable(cache, entry)) bytes += entry.size;
  return bytes;
}

function candidates(cache: CacheTable): Readonly<Entry>[] {
  return [...cache.values()]
    .filter((entry) => isEvictable(cache, entry))
    .sort((a, b) => rank(a) - rank(b) || a.lastUsedMs - b.lastUsedMs || (a.cacheName < b.cacheName ? -1 : 1));
}

function isEvictable(cache: CacheTable, entry: Readonly<Entry>): boolean {
  return entry.state === "ready" && rank(entry) < 2 && cache.users(entry.cacheName) === 0 && entry.size > 0;
}

function rank(entry: Readonly<Entry>): number {
  if (entry.lifetime === "forever") return 0;
  return entry.lifetime === "worker" ? 1 : 2;
}
