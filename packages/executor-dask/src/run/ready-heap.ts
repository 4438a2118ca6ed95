/** Numbers, those with the smallest rank first; of equals the smallest. */
export class ReadyHeap {
  readonly #values: number[] = [];
  readonly #ranks: number[] = [];

  get size(): number {
    return this.#values.length;
  }

  peek(): number | undefined {
    return this.#values[0];
  }

  push(value: number, rank = 0): void {
    let at = this.#values.length;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#goesBefore(value, rank, parent)) break;
      this.#copy(parent, at);
      at = parent;
    }
    this.#values[at] = value;
    this.#ranks[at] = rank;
  }

  pop(): number | undefined {
    const first = this.#values[0];
    const value = this.#values.pop();
    const rank = this.#ranks.pop();
    if (value !== undefined && rank !== undefined && this.#values.length > 0) this.#sink(value, rank);
    return first;
  }

  #sink(value: number, rank: number): void {
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= this.#values.length) break;
      if (child + 1 < this.#values.length && this.#isBefore(child + 1, child)) child += 1;
      if (this.#goesBefore(value, rank, child)) break;
      this.#copy(child, at);
      at = child;
    }
    this.#values[at] = value;
    this.#ranks[at] = rank;
  }

  #isBefore(one: number, other: number): boolean {
    return this.#goesBefore(this.#values[one] ?? 0, this.#ranks[one] ?? 0, other);
  }

  #goesBefore(value: number, rank: number, other: number): boolean {
    const otherRank = this.#ranks[other] ?? 0;
    return rank === otherRank ? value < (this.#values[other] ?? 0) : rank < otherRank;
  }

  #copy(from: number, to: number): void {
    this.#values[to] = this.#values[from] ?? 0;
    this.#ranks[to] = this.#ranks[from] ?? 0;
  }
}
