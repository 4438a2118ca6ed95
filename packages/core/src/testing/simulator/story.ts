import type { Effect } from "../../coordinator/effect.js";
import type { Event } from "../../coordinator/event.js";
import type { FakeClock } from "../fake-clock.js";

type Chapter = { readonly atMs: number; readonly sign: string; readonly what: Event | Effect | string };

/** The last things that happened, for people, and a fingerprint of all that ever happened, for comparing runs. */
export class Story {
  readonly #clock: FakeClock;
  readonly #startMs: number;
  readonly #kept: number;
  readonly #chapters: Chapter[] = [];
  #hash = 0x811c9dc5;
  #count = 0;

  constructor(clock: FakeClock, kept = 400) {
    this.#clock = clock;
    this.#startMs = clock.nowMs;
    this.#kept = kept;
  }

  /** Equal for two runs in which the same things happened at the same times. */
  get fingerprint(): string {
    return `${(this.#hash >>> 0).toString(16).padStart(8, "0")}-${this.#count}`;
  }

  event(event: Event): void {
    this.#add("→", event);
  }

  effect(effect: Effect): void {
    this.#add("←", effect);
  }

  /** Something that happened in the world and that the coordinator is not told of. */
  fact(sentence: string): void {
    this.#add("!", sentence);
  }

  lines(): string[] {
    return this.#chapters.map(({ atMs, sign, what }) => {
      const time = ((atMs - this.#startMs) / 1000).toFixed(3).padStart(9);
      return `${time} ${sign} ${typeof what === "string" ? what : wordsOf(what)}`;
    });
  }

  #add(sign: string, what: Event | Effect | string): void {
    this.#count += 1;
    this.#mix(this.#clock.nowMs);
    if (typeof what === "string") for (let i = 0; i < what.length; i++) this.#mix(what.charCodeAt(i));
    else this.#mixFields(what);
    if (this.#chapters.length >= 2 * this.#kept) this.#chapters.splice(0, this.#kept);
    this.#chapters.push({ atMs: this.#clock.nowMs, sign, what });
  }

  #mixFields(what: Event | Effect): void {
    this.#mix(what.type.length * 131 + what.type.charCodeAt(0));
    for (const field of ["worker", "task", "attempt", "transfer", "file"] as const) {
      const value: unknown = (what as unknown as Record<string, unknown>)[field];
      this.#mix(typeof value === "number" ? value : -1);
    }
  }

  #mix(value: number): void {
    this.#hash = Math.imul(this.#hash ^ (value | 0), 0x01000193);
    this.#hash ^= this.#hash >>> 15;
    const fraction = value % 1;
    if (fraction !== 0) this.#hash = Math.imul(this.#hash ^ Math.floor(fraction * 1e6), 0x01000193);
  }
}

/** One line for people; long lists are cut. */
function wordsOf(what: Event | Effect): string {
  const { type, ...rest } = what;
  const text = JSON.stringify(rest, (key, value: unknown) => {
    if (key === "stdout" || key === "stderr" || key === "phases" || key === "measured") return undefined;
    return key === "copies" ? undefined : value;
  });
  return `${type} ${text.length > 600 ? `${text.slice(0, 600)}…` : text}`;
}
