import type { Allocator } from "@taskvine/core/executor";
import type { Room } from "./room.js";

/** Of a category of which less is known so many units are on their way while there is other work. */
const PILOT = 10;
/** Steps in which amounts double, so that nodes of several categories can share processes. */
const STEPS = 4;

/** Nodes of one name in one library, within a graph: how much memory they get, and how many may go. */
export class Category {
  /** Units on their way. */
  flying = 0;
  /** Ready nodes that have to wait until more is known, and how many of them do so no more. */
  #aside: number[] = [];
  #called = 0;
  readonly #allocator: Allocator;
  #seen: Room | undefined;
  #size: number | undefined;
  /** The most that one may have, where that was said. */
  readonly #cap: number | undefined;

  constructor(allocator: Allocator, cap: number | undefined) {
    this.#allocator = allocator;
    this.#cap = cap;
  }

  setAside(node: number): void {
    this.#aside.push(node);
  }

  /** One of those that wait. */
  get nextAside(): number | undefined {
    return this.#aside[this.#called];
  }

  /** Up to so many need not wait any longer. */
  call(most: number): number[] {
    const called = this.#aside.slice(this.#called, this.#called + Math.max(0, most));
    this.#called += called.length;
    if (this.#called === this.#aside.length) {
      this.#aside = [];
      this.#called = 0;
    }
    return called;
  }

  learn(memory: number, us: number): void {
    this.#allocator.note(memory, us);
  }

  /** For a node's first try. Undefined: its cores' share of the worker. */
  first(room: Room): number | undefined {
    const most = this.#most(room);
    const known = Number.isFinite(most) ? this.#allocator.first(most, Math.random()) : undefined;
    return this.#rounded(known ?? this.#cap, room);
  }

  /** Nodes of categories for which this is equal may go together. */
  size(room: Room): unknown {
    if (this.#allocator.isDrawn) return this;
    if (this.#seen !== room) {
      this.#seen = room;
      this.#size = this.first(room);
    }
    return this.#size;
  }

  /** After a try with so much (undefined: a share, at this worker). False: there is no more. */
  next(given: number | undefined, room: Room, worker: string): number | false {
    const had = given ?? room.shareAt(worker) ?? room.share;
    const more = this.#allocator.next(had, this.#most(room), Math.random());
    if (more === undefined) return false;
    const rounded = this.#rounded(more, room) ?? more;
    return rounded > had ? rounded : more;
  }

  /** Further units that may go while others could. */
  mayFly(room: Room): number {
    if (this.#allocator.count >= PILOT) return Number.POSITIVE_INFINITY;
    return Math.min(PILOT - this.flying, this.mayFlyAlone(room));
  }

  /** The same while there is nothing else to do. */
  mayFlyAlone(room: Room): number {
    const first = this.#allocator.count > 0 ? undefined : this.first(room);
    if (first === undefined) return Number.POSITIVE_INFINITY;
    // All get as much as the first, and what waits for room would get it, too, though less may do by then.
    return Math.max(1, room.fitting(first)) - this.flying;
  }

  #most(room: Room): number {
    const largest = room.isEmpty ? Number.POSITIVE_INFINITY : room.largest;
    return Math.min(this.#cap ?? Number.POSITIVE_INFINITY, largest);
  }

  /** Less than a share lets no more nodes run, as there are no cores for them. */
  #rounded(memory: number | undefined, room: Room): number | undefined {
    const most = this.#most(room);
    if (memory === undefined || room.isEmpty) return this.#cap;
    if (memory <= Math.min(room.share, most)) return room.share <= most ? undefined : most;
    return Math.min(most, Math.ceil(2 ** (Math.ceil(Math.log2(memory) * STEPS) / STEPS)));
  }
}
