/**
 * Repeatable randomness: the same seed gives the same run on every machine.
 * Give each part of a simulation its own `fork`, so that one more draw in one part does not change what the others see.
 */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = scramble(seed ^ 0x5bf03635);
  }

  /** At least 0, less than 1. */
  next(): number {
    this.#state = (this.#state + 0x9e3779b9) | 0;
    return (scramble(this.#state) >>> 0) / 4_294_967_296;
  }

  /** Whole number from 0 to `below` - 1. */
  int(below: number): number {
    return Math.floor(this.next() * below);
  }

  /** Whole number from `least` to `most`, both included. */
  between(least: number, most: number): number {
    return least + this.int(most - least + 1);
  }

  chance(probability: number): boolean {
    return probability > 0 && this.next() < probability;
  }

  /** Time to the next event of a Poisson process. */
  exponential(mean: number): number {
    return -Math.log(1 - this.next()) * mean;
  }

  /** One of `choices`, which must not be empty. */
  pick<T>(choices: readonly T[]): T {
    const choice = choices[this.int(choices.length)];
    if (choice === undefined) throw new RangeError("nothing to pick from");
    return choice;
  }

  /** A new list in another order. */
  shuffled<T>(list: readonly T[]): T[] {
    const mixed = [...list];
    for (let i = mixed.length - 1; i > 0; i--) {
      const j = this.int(i + 1);
      [mixed[i], mixed[j]] = [mixed[j] as T, mixed[i] as T];
    }
    return mixed;
  }

  /** An independent stream: depends on this stream's seed and the label only, once per call. */
  fork(label: string): Random {
    let seed = this.#state;
    for (let i = 0; i < label.length; i++)
      seed = scramble(seed ^ Math.imul(label.charCodeAt(i) + i, 0x27d4eb2f));
    return new Random(seed);
  }
}

/** Spreads every bit of a 32-bit number over all of them. */
function scramble(value: number): number {
  let bits = value | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x7feb352d);
  bits = Math.imul(bits ^ (bits >>> 15), 0x846ca68b);
  return bits ^ (bits >>> 16);
}
