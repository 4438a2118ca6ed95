import { Heap } from "./heap.js";

export interface Queued {
  readonly priority: number;
  /** Among equal priorities the smaller goes first: the number of the task. */
  readonly order: number;
}

/** Larger priority first, then the order of submission. */
export function goesBefore(a: Queued, b: Queued): boolean {
  return a.priority === b.priority ? a.order < b.order : a.priority > b.priority;
}

const SPARE = 1024;

/**
 * Tasks by priority, then order. What arrives in order (nearly everything) goes to a plain list and costs the same
 * however long the list is; the rest goes to a heap. Entries whose task is no longer ready are skipped when met.
 */
export class ReadyQueue<T extends Queued> {
  #inOrder: T[] = [];
  #head = 0;
  #limit = SPARE;
  readonly #late = new Heap<T>(goesBefore);
  readonly #isLive: (item: T) => boolean;

  constructor(isLive: (item: T) => boolean) {
    this.#isLive = isLive;
  }

  /** Entries, dead ones included. */
  get length(): number {
    return this.#inOrder.length - this.#head + this.#late.size;
  }

  push(item: T): void {
    const last = this.#inOrder[this.#inOrder.length - 1];
    if (last === undefined || goesBefore(last, item)) this.#inOrder.push(item);
    else this.#late.push(item);
    if (this.length > this.#limit) this.#sweep();
  }

  /** The live item that goes first. */
  peek(): T | undefined {
    for (;;) {
      const item = this.#first();
      if (item === undefined || this.#isLive(item)) return item;
      this.#drop(item);
    }
  }

  /** Removes what `peek` gave. */
  shift(): T | undefined {
    const item = this.peek();
    if (item !== undefined) this.#drop(item);
    return item;
  }

  #first(): T | undefined {
    const inOrder = this.#inOrder[this.#head];
    const late = this.#late.peek();
    if (inOrder === undefined) return late;
    return late !== undefined && goesBefore(late, inOrder) ? late : inOrder;
  }

  #drop(item: T): void {
    if (this.#late.peek() === item) {
      this.#late.pop();
      return;
    }
    this.#head += 1;
    if (this.#head >= this.#inOrder.length) {
      this.#inOrder = [];
      this.#head = 0;
    } else if (this.#head >= SPARE && this.#head * 2 > this.#inOrder.length) {
      this.#inOrder = this.#inOrder.slice(this.#head);
      this.#head = 0;
    }
  }

  /** Dead entries never make up more than about half. */
  #sweep(): void {
    this.#inOrder = this.#inOrder.slice(this.#head).filter(this.#isLive);
    this.#head = 0;
    this.#late.filter(this.#isLive);
    this.#limit = 2 * this.length + SPARE;
  }
}
