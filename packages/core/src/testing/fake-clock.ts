/** Something that will happen unless it is cancelled before. */
export interface Alarm {
  readonly atMs: number;
  cancel(): void;
}

interface Entry extends Alarm {
  readonly order: number;
  action: (() => void) | undefined;
}

/** Time that moves only when told: actions happen in order of time, and of setting where times are equal. */
export class FakeClock {
  #nowMs: number;
  #order = 0;
  #waiting = 0;
  /** Binary heap, earliest first; cancelled entries stay in it until their time comes. */
  readonly #heap: Entry[] = [];

  constructor(startMs = 1_700_000_000_000) {
    this.#nowMs = startMs;
  }

  get nowMs(): number {
    return this.#nowMs;
  }

  /** Alarms that have neither gone off nor been cancelled. */
  get pending(): number {
    return this.#waiting;
  }

  /** An action for a time in the past happens as soon as the clock moves on. */
  at(timeMs: number, action: () => void): Alarm {
    const entry: Entry = {
      atMs: Math.max(timeMs, this.#nowMs),
      order: this.#order++,
      action,
      cancel: () => {
        if (entry.action !== undefined) this.#waiting -= 1;
        entry.action = undefined;
      },
    };
    this.#waiting += 1;
    this.#push(entry);
    return entry;
  }

  after(delayMs: number, action: () => void): Alarm {
    return this.at(this.#nowMs + delayMs, action);
  }

  /** Goes to the next alarm and lets it happen. False where there is none. */
  runNext(): boolean {
    for (;;) {
      const entry = this.#pop();
      if (entry === undefined) return false;
      const action = entry.action;
      if (action === undefined) continue;
      entry.action = undefined;
      this.#waiting -= 1;
      this.#nowMs = entry.atMs;
      action();
      return true;
    }
  }

  /** Lets everything happen that is due within `ms`, and ends exactly that much later. */
  advance(ms: number): void {
    const endMs = this.#nowMs + ms;
    while ((this.#nextMs() ?? Infinity) <= endMs) this.runNext();
    this.#nowMs = endMs;
  }

  #nextMs(): number | undefined {
    while (this.#heap[0] !== undefined && this.#heap[0].action === undefined) this.#pop();
    return this.#heap[0]?.atMs;
  }

  #push(entry: Entry): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(entry);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBefore(entry, heap[parent] as Entry)) break;
      heap[at] = heap[parent] as Entry;
      at = parent;
    }
    heap[at] = entry;
  }

  #pop(): Entry | undefined {
    const heap = this.#heap;
    const top = heap[0];
    const last = heap.pop();
    if (top === undefined || last === undefined || heap.length === 0) return top;
    let at = 0;
    for (;;) {
      const child = smallerChild(heap, at);
      if (child === undefined || !isBefore(heap[child] as Entry, last)) break;
      heap[at] = heap[child] as Entry;
      at = child;
    }
    heap[at] = last;
    return top;
  }
}

function isBefore(a: Entry, b: Entry): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);
}

function smallerChild(heap: readonly Entry[], at: number): number | undefined {
  const left = heap[2 * at + 1];
  if (left === undefined) return undefined;
  const right = heap[2 * at + 2];
  return right !== undefined && isBefore(right, left) ? 2 * at + 2 : 2 * at + 1;
}
