import type { FileKind, Lifetime } from "../../files/file.js";
import type { CacheName } from "../../model/ids.js";
import type { Content } from "./content.js";

/** A file in the cache of a virtual worker, or with the virtual manager. */
export interface Copy {
  readonly cacheName: CacheName;
  readonly content: Content;
  readonly size: number;
  readonly kind: FileKind;
  readonly lifetime: Lifetime;
}

interface Entry {
  readonly copy: Copy;
  usedAt: number;
}

/** A cache with a budget. What is in use stays; of the rest, `forever` and then `worker` files make room, the least recently used first. */
export class Disk {
  readonly #entries = new Map<CacheName, Entry>();
  readonly #uses = new Map<CacheName, number>();
  readonly #doomed = new Set<CacheName>();
  #clock = 0;
  #cached = 0;
  /** Promised to running tasks and to copies on their way, bytes. */
  #reserved = 0;
  /** Taken by something that is not ours, bytes. */
  occupied = 0;

  readonly capacity: number;

  constructor(capacity: number) {
    this.capacity = capacity;
  }

  get free(): number {
    return this.capacity - this.occupied - this.#cached - this.#reserved;
  }

  get copies(): readonly Copy[] {
    return [...this.#entries.values()].map((entry) => entry.copy);
  }

  get(name: CacheName): Copy | undefined {
    const entry = this.#entries.get(name);
    if (entry !== undefined) entry.usedAt = ++this.#clock;
    return entry?.copy;
  }

  has(name: CacheName): boolean {
    return this.#entries.has(name);
  }

  add(copy: Copy): void {
    const isAnew = this.#doomed.delete(copy.cacheName);
    const before = this.#entries.get(copy.cacheName);
    if (before !== undefined && !isAnew) return;
    this.#entries.set(copy.cacheName, { copy, usedAt: ++this.#clock });
    this.#cached += copy.size - (before?.copy.size ?? 0);
  }

  /** Gone at once, in use or not: damaged. False where it was not there. */
  remove(name: CacheName): boolean {
    const entry = this.#entries.get(name);
    if (entry === undefined) return false;
    this.#entries.delete(name);
    this.#doomed.delete(name);
    this.#cached -= entry.copy.size;
    return true;
  }

  /** Gone as soon as nothing uses it. */
  drop(name: CacheName): void {
    if (this.isUsed(name)) this.#doomed.add(name);
    else this.remove(name);
  }

  isUsed(name: CacheName): boolean {
    return (this.#uses.get(name) ?? 0) > 0;
  }

  /** To be dropped once nothing uses it. */
  isDoomed(name: CacheName): boolean {
    return this.#doomed.has(name);
  }

  /** It must not make room until `unpin`; it need not be there yet. */
  pin(name: CacheName): void {
    this.#uses.set(name, (this.#uses.get(name) ?? 0) + 1);
  }

  unpin(name: CacheName): void {
    const uses = (this.#uses.get(name) ?? 0) - 1;
    if (uses > 0) this.#uses.set(name, uses);
    else this.#uses.delete(name);
    if (uses <= 0 && this.#doomed.has(name)) this.remove(name);
  }

  reserve(bytes: number): void {
    this.#reserved += bytes;
  }

  unreserve(bytes: number): void {
    this.#reserved -= bytes;
  }

  /** Makes room for so many bytes. The names of what had to go, or undefined (and nothing gone) where it cannot be made. */
  makeRoom(bytes: number): CacheName[] | undefined {
    if (this.free >= bytes) return [];
    const order: CacheName[] = [];
    let room = this.free;
    for (const entry of this.#evictable()) {
      if (room >= bytes) break;
      room += entry.copy.size;
      order.push(entry.copy.cacheName);
    }
    if (room < bytes) return undefined;
    for (const name of order) this.remove(name);
    return order;
  }

  /** What may make room, in that order. */
  #evictable(): Entry[] {
    const idle = [...this.#entries.values()].filter(
      (entry) => isSpare(entry.copy) && !this.isUsed(entry.copy.cacheName),
    );
    return idle.sort((a, b) => rank(a.copy) - rank(b.copy) || a.usedAt - b.usedAt);
  }
}

function isSpare(copy: Copy): boolean {
  return copy.lifetime === "forever" || copy.lifetime === "worker";
}

function rank(copy: Copy): number {
  return copy.lifetime === "forever" ? 0 : 1;
}
