/** A group of calls is meant to take so long. */
const GROUP_US = 1000;

/** How long calls take, by function: long ones are never grouped, and a function is long until it was short. */
export class Pace {
  readonly #expectedUs = new Map<string, number>();

  expectedUs(name: string): number {
    return this.#expectedUs.get(name) ?? GROUP_US;
  }

  /** Slower counts at once, faster little by little. */
  note(name: string, wallUs: number): void {
    const before = this.#expectedUs.get(name);
    const next = before === undefined || wallUs > before ? wallUs : before * 0.875 + wallUs * 0.125;
    this.#expectedUs.set(name, Math.max(1, next));
  }
}

/** Decides how many of the calls that wait go to a thread together. */
export class GroupSize {
  readonly #most: number;
  #calls = 0;
  #us = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** Whether a call that is thought to take so long still belongs to the group. */
  admits(expectedUs: number): boolean {
    if (this.#calls > 0 && (this.#calls >= this.#most || this.#us + expectedUs > GROUP_US)) return false;
    this.#calls += 1;
    this.#us += expectedUs;
    return true;
  }
}
