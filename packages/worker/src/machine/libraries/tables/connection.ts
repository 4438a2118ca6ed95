import type { AttemptKey } from "../../tables/order.js";
import type { Flight } from "./call.js";

/** What a library said of itself when it connected. */
export interface ConnectionFacts {
  readonly id: number;
  /** Calls that run over it at the same time. */
  readonly slots: number;
  /** It stops a call when it is told to. */
  readonly cancels: boolean;
  /** What can be called; undefined: any name. */
  readonly functions: readonly string[] | undefined;
  /** Its process is the first of the library: the instance ends with it. */
  readonly isMain: boolean;
}

/**
 * One connection of a library and the calls on it, oldest first. As many as it has slots count as begun; the others wait
 * there so that the library need not ask for them.
 */
export class Connection {
  readonly facts: ConnectionFacts;
  readonly instance: AttemptKey;
  /** Its process is being ended, or it said so itself: nothing more is sent, and what has no answer is not to blame. */
  isEnding = false;
  /** When its process is killed that said that it would end; undefined: it did not say so, or has been killed. */
  killAtMs: number | undefined;
  readonly #flights = new Map<number, Flight>();
  readonly #begun = new Set<Flight>();
  #behind: Flight[] = [];
  #expectedUs = 0;
  /** It had so many when it was full; it is given more when half of them are done, so that calls travel in bunches. */
  #fullAt = 0;
  #hasSuspect = false;

  constructor(facts: ConnectionFacts, instance: AttemptKey) {
    this.facts = facts;
    this.instance = instance;
  }

  /** Calls on it, wanted or not. */
  get size(): number {
    return this.#flights.size;
  }

  /** How long those that are on it are thought to take, microseconds of one slot. */
  get expectedUs(): number {
    return this.#expectedUs;
  }

  /** A call is on it that must have no company. */
  get isReserved(): boolean {
    return this.#hasSuspect;
  }

  /** It is not to be given calls ahead just now. */
  get isFull(): boolean {
    return this.#fullAt > 0;
  }

  /** It takes no more. */
  fill(): void {
    this.#fullAt = this.#flights.size;
  }

  /** Oldest first. */
  flights(): Flight[] {
    return [...this.#flights.values()];
  }

  begun(): Iterable<Flight> {
    return this.#begun;
  }

  get(id: number): Flight | undefined {
    return this.#flights.get(id);
  }

  add(flight: Flight): void {
    this.#flights.set(flight.id, flight);
    this.#expectedUs += flight.expectedUs;
    if (flight.call.suspicion !== undefined) this.#hasSuspect = true;
  }

  /** It is on its way to the library. */
  sent(flight: Flight, nowMs: number): void {
    flight.sent = true;
    if (this.#begun.size < this.facts.slots) this.#begin(flight, nowMs);
    else this.#behind.push(flight);
  }

  /** The library says that it runs, whatever we thought. */
  announced(flight: Flight, nowMs: number): void {
    if (!flight.sent || flight.announced) return;
    flight.announced = true;
    if (flight.begunMs !== undefined) return;
    this.#behind = this.#behind.filter((other) => other !== flight);
    this.#begin(flight, nowMs);
  }

  remove(flight: Flight, nowMs: number): void {
    if (!this.#flights.delete(flight.id)) return;
    this.#expectedUs = this.#flights.size === 0 ? 0 : this.#expectedUs - flight.expectedUs;
    this.#hasSuspect = false;
    if (this.#flights.size * 2 <= this.#fullAt) this.#fullAt = 0;
    if (!this.#begun.delete(flight)) {
      if (flight.sent) this.#behind = this.#behind.filter((other) => other !== flight);
      return;
    }
    const next = this.#begun.size < this.facts.slots ? this.#behind.shift() : undefined;
    if (next !== undefined) this.#begin(next, nowMs);
  }

  #begin(flight: Flight, nowMs: number): void {
    flight.begunMs = nowMs;
    this.#begun.add(flight);
  }
}
