/** What one work was measured to use, and how long it ran. */
export interface Completion {
  readonly amount: number;
  /** In any unit, the same for all. */
  readonly time: number;
}

/** How many are remembered. */
const WINDOW = 2_000;

/** The last works of one kind, the oldest first, and the largest amount of all that there ever were. */
export class Completions {
  readonly #window: Completion[] = [];
  #oldest = 0;
  #count = 0;
  #largest = 0;

  add(completion: Completion): void {
    this.#count += 1;
    this.#largest = Math.max(this.#largest, completion.amount);
    if (this.#window.length < WINDOW) {
      this.#window.push(completion);
      return;
    }
    this.#window[this.#oldest] = completion;
    this.#oldest = (this.#oldest + 1) % WINDOW;
  }

  /** Of all, also of those that are forgotten. */
  get count(): number {
    return this.#count;
  }

  get largest(): number {
    return this.#largest;
  }

  inOrder(): Completion[] {
    return [...this.#window.slice(this.#oldest), ...this.#window.slice(0, this.#oldest)];
  }
}
