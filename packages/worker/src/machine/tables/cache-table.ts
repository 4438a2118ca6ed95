import type { CacheName, Lifetime } from "@taskvine/core/model";
import { CACHE_MOVES, type Entry, type EntryState, type Stored } from "./entry.js";

const SPAN: Readonly<Record<Lifetime, number>> = { task: 0, workflow: 1, worker: 2, forever: 3 };

/**
 * What is in the cache, how much disk that takes, and how many things need each name.
 * The only writer of entries: it keeps `bytes` right and refuses moves that CACHE_MOVES does not know.
 */
export class CacheTable {
  readonly #entries = new Map<CacheName, Entry>();
  readonly #users = new Map<CacheName, number>();
  /** Names of what tasks have changed, or could have. */
  readonly #distrusted = new Set<CacheName>();
  #bytes = 0;

  /** Bytes of all entries, and those set aside for entries that are coming. */
  get bytes(): number {
    return this.#bytes;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(cacheName: CacheName): Readonly<Entry> | undefined {
    return this.#entries.get(cacheName);
  }

  values(): Iterable<Readonly<Entry>> {
    return this.#entries.values();
  }

  /** On disk, whole: a task may use it. */
  has(cacheName: CacheName): boolean {
    const state = this.#entries.get(cacheName)?.state;
    return state === "ready" || state === "leaving";
  }

  /** How many tasks, makes and sends need this name now, whether it is here or not. */
  users(cacheName: CacheName): number {
    return this.#users.get(cacheName) ?? 0;
  }

  pin(cacheName: CacheName): void {
    this.#users.set(cacheName, this.users(cacheName) + 1);
  }

  unpin(cacheName: CacheName): void {
    const users = this.users(cacheName) - 1;
    if (users > 0) this.#users.set(cacheName, users);
    else this.#users.delete(cacheName);
  }

  /** Some task does not leave it alone: from now on tasks get copies of it, however often it goes and comes. */
  distrust(cacheName: CacheName): void {
    this.#distrusted.add(cacheName);
  }

  isDistrusted(cacheName: CacheName): boolean {
    return this.#distrusted.has(cacheName);
  }

  expect(stored: Stored, nowMs: number): void {
    this.#moved(stored.cacheName, "absent", "coming");
    this.#entries.set(stored.cacheName, newEntry(stored, "coming", nowMs));
    this.#bytes += stored.size;
  }

  /** Content that is now on disk, expected or not. */
  store(stored: Stored, nowMs: number): void {
    const before = this.#entries.get(stored.cacheName);
    if (before !== undefined && before.state !== "coming") return;
    this.#moved(stored.cacheName, before?.state ?? "absent", "ready");
    this.#bytes += stored.size - (before?.size ?? 0);
    this.#entries.set(stored.cacheName, newEntry(stored, "ready", nowMs));
  }

  leave(cacheName: CacheName): void {
    this.#move(cacheName, "leaving");
  }

  /** It is wanted again before it was gone. */
  revive(cacheName: CacheName): void {
    this.#move(cacheName, "ready");
  }

  touch(cacheName: CacheName, nowMs: number): void {
    const entry = this.#entries.get(cacheName);
    if (entry !== undefined) entry.lastUsedMs = nowMs;
  }

  /** Somebody wants it kept longer than it was meant to be. Never shortens. */
  prolong(cacheName: CacheName, lifetime: Lifetime): void {
    const entry = this.#entries.get(cacheName);
    if (entry !== undefined && SPAN[lifetime] > SPAN[entry.lifetime]) entry.lifetime = lifetime;
  }

  remove(cacheName: CacheName): void {
    const entry = this.#entries.get(cacheName);
    if (entry === undefined) return;
    this.#moved(cacheName, entry.state, "absent");
    this.#entries.delete(cacheName);
    this.#bytes -= entry.size;
  }

  #move(cacheName: CacheName, to: EntryState): void {
    const entry = this.#entries.get(cacheName);
    if (entry === undefined || entry.state === to) return;
    this.#moved(cacheName, entry.state, to);
    entry.state = to;
  }

  #moved(cacheName: CacheName, from: EntryState | "absent", to: EntryState | "absent"): void {
    const legal: readonly string[] = CACHE_MOVES[from];
    if (!legal.includes(to)) throw new Error(`cache entry ${cacheName} cannot go from ${from} to ${to}`);
  }
}

function newEntry(stored: Stored, state: EntryState, nowMs: number): Entry {
  const { cacheName, lifetime, kind, size, digest } = stored;
  return { cacheName, lifetime, kind, size, digest, state, lastUsedMs: nowMs };
}
