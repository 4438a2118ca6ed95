import { LIMITS } from "../model/limits.js";

/** Work that is sent ahead of a free slot, in milliseconds of that slot: a round trip to a worker, and a little. */
export const AHEAD_MS = 5;
/** Most calls that are sent ahead of each slot, however short they are. */
const MOST_AHEAD = 64;
/** Most calls in one line behind a call, however short they are. */
const MOST_LINKED = 32;
/** Weight of the latest call in the mean. */
const LATEST = 1 / 8;

/** How long the functions of one library take. */
export class Pace {
  readonly #meanMs = new Map<string, number>();
  #overallMs: number | undefined;

  /** Undefined: none of its calls has ended yet. */
  meanMs(name: string): number | undefined {
    return this.#meanMs.get(name);
  }

  /** Over all functions; undefined: no call has ended yet. */
  get overallMs(): number | undefined {
    return this.#overallMs;
  }

  note(name: string, wallMs: number): void {
    this.#overallMs = blend(this.#overallMs, wallMs);
    // Names of functions that come with their calls are anyone's invention.
    if (this.#meanMs.size >= LIMITS.libraryFunctions) this.#meanMs.clear();
    this.#meanMs.set(name, blend(this.#meanMs.get(name), wallMs));
  }
}

function blend(meanMs: number | undefined, latestMs: number): number {
  return meanMs === undefined ? latestMs : meanMs + LATEST * (latestMs - meanMs);
}

/** An instance as the decision sees it. */
export interface Load {
  readonly slots: number;
  /** Calls that it has. */
  readonly held: number;
  /** What they will take in all, milliseconds of one slot, as far as it can be told. */
  readonly backlogMs: number;
}

/**
 * Whether an instance may get one more call of that mean duration: it has a free slot, or less than one call ahead of each
 * slot, or what is ahead is done sooner than the next news could travel. An unknown duration is taken for a long one.
 */
export function mayHold({ slots, held, backlogMs }: Load, meanMs: number | undefined): boolean {
  if (held < 2 * slots) return true;
  if (meanMs === undefined || held >= slots * (1 + Math.min(MOST_AHEAD, AHEAD_MS / meanMs))) return false;
  return backlogMs < slots * (AHEAD_MS + meanMs);
}

/**
 * How many calls may wait in one line for the value of the one before them: as many as are done while news travels. Where
 * many lines share the slots, each needs less.
 */
export function callsAhead({ slots, held }: Omit<Load, "backlogMs">, meanMs: number | undefined): number {
  if (meanMs === undefined) return 0;
  return Math.floor((Math.min(MOST_LINKED, AHEAD_MS / meanMs) * slots) / Math.max(slots, held));
}

/** Most calls that an instance ever has. */
export function mostHeld(slots: number): number {
  return slots * (1 + MOST_AHEAD);
}
