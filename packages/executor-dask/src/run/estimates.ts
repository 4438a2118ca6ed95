/** How much of what is new counts. */
const WEIGHT = 0.25;
/** A value beyond this is not for travelling with the news, bytes. */
const LARGE_BYTES = 4_096;

/** What is known of nodes of one kind: they have the same name but for a number. */
export interface Estimate {
  /** Microseconds. */
  readonly us: number;
  readonly isLarge: boolean;
}

/** Learns from nodes that have run how long those like them take. */
export class Estimates {
  readonly #us: Float64Array;
  readonly #isLarge: Uint8Array;

  constructor(groups: number) {
    this.#us = new Float64Array(groups).fill(-1);
    this.#isLarge = new Uint8Array(groups);
  }

  /** `bytes`: of its value, where it had to be written. */
  learn(group: number, us: number, bytes: number): void {
    const before = this.#us[group] ?? -1;
    this.#us[group] = before < 0 ? us : before + (us - before) * WEIGHT;
    if (bytes > LARGE_BYTES) this.#isLarge[group] = 1;
  }

  /** Undefined: none of them has run. */
  of(group: number): Estimate | undefined {
    const us = this.#us[group] ?? -1;
    return us < 0 ? undefined : { us, isLarge: this.#isLarge[group] === 1 };
  }
}
