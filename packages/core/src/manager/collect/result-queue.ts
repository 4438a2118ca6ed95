/** A result that waits to be collected. */
export interface Uncollected<R> {
  /** Undefined once it was given out. */
  result: R | undefined;
  readonly tag: string;
}

const SMALL = 1_024;

/** First in, first out, at a constant cost a piece. An entry may be in two lines; the other one skips it. */
class Line<R> {
  #entries: Uncollected<R>[] = [];
  #head = 0;
  #stale = 0;

  push(entry: Uncollected<R>): void {
    this.#entries.push(entry);
  }

  take(): R | undefined {
    while (this.#head < this.#entries.length) {
      const entry = this.#entries[this.#head++];
      if (this.#head > SMALL && this.#head * 2 > this.#entries.length) this.#compact();
      if (entry?.result === undefined) continue;
      const result = entry.result;
      entry.result = undefined;
      return result;
    }
    this.#entries = [];
    this.#head = 0;
    return undefined;
  }

  /** An entry of this line was taken through another line. */
  skipOne(): void {
    this.#stale += 1;
    if (this.#stale > SMALL && this.#stale * 2 > this.#entries.length) this.#compact();
  }

  #compact(): void {
    this.#entries = this.#entries.slice(this.#head).filter((entry) => entry.result !== undefined);
    this.#head = 0;
    this.#stale = 0;
  }
}

interface Waiter<R> {
  readonly tag: string | undefined;
  readonly timer: NodeJS.Timeout | undefined;
  give(result: R | undefined): void;
}

/**
 * Results that nobody has collected yet, and those who wait for one. Every result is given out once:
 * to the one who has waited longest for it, whether by tag or for any.
 */
export class ResultQueue<R> {
  #any = new Line<R>();
  readonly #byTag = new Map<string, Line<R>>();
  readonly #waiters = new Set<Waiter<R>>();
  #size = 0;

  /** Results that wait to be collected. */
  get size(): number {
    return this.#size;
  }

  /** The place where it waits; undefined: it was given out at once. */
  push(result: R, tag: string): Uncollected<R> | undefined {
    for (const waiter of this.#waiters) {
      if (waiter.tag !== undefined && waiter.tag !== tag) continue;
      this.#answer(waiter, result);
      return undefined;
    }
    const entry: Uncollected<R> = { result, tag };
    this.#size += 1;
    this.#any.push(entry);
    if (tag !== "") this.#lineOf(tag).push(entry);
    return entry;
  }

  /** It was collected elsewhere: nobody gets it here. */
  withdraw(entry: Uncollected<R>): void {
    if (entry.result === undefined) return;
    entry.result = undefined;
    this.#size -= 1;
    this.#any.skipOne();
    this.#byTag.get(entry.tag)?.skipOne();
    if (this.#size === 0) this.#clear();
  }

  /** The next result (with this tag), if one is here. */
  take(tag?: string): R | undefined {
    const line = tag === undefined ? this.#any : this.#byTag.get(tag);
    const result = line?.take();
    if (result === undefined) {
      if (tag !== undefined) this.#byTag.delete(tag);
      return undefined;
    }
    this.#size -= 1;
    if (tag !== undefined) this.#any.skipOne();
    if (this.#size === 0) this.#clear();
    return result;
  }

  /** The next result that comes (with this tag); undefined after the time, or when `release` says that none will. */
  next(tag: string | undefined, timeoutMs: number | undefined): Promise<R | undefined> {
    return new Promise((resolve) => {
      const waiter: Waiter<R> = {
        tag,
        timer:
          timeoutMs === undefined ? undefined : setTimeout(() => this.#answer(waiter, undefined), timeoutMs),
        give: resolve,
      };
      this.#waiters.add(waiter);
    });
  }

  /** No more results will come (with this tag): nobody shall wait for one. */
  release(tag?: string): void {
    for (const waiter of this.#waiters) {
      if (tag === undefined || waiter.tag === tag) this.#answer(waiter, undefined);
    }
  }

  #answer(waiter: Waiter<R>, result: R | undefined): void {
    this.#waiters.delete(waiter);
    clearTimeout(waiter.timer);
    waiter.give(result);
  }

  #lineOf(tag: string): Line<R> {
    const line = this.#byTag.get(tag) ?? new Line<R>();
    this.#byTag.set(tag, line);
    return line;
  }

  #clear(): void {
    this.#any = new Line();
    this.#byTag.clear();
  }
}
