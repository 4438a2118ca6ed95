/** An item remembers its place in each index: row and position, -1 where it is in none. */
export interface Seated {
  readonly seats: Int32Array;
}

const LAST_ROW = 4095;

/** Items by a small whole number, e.g. workers by free cores. Every change costs the same. */
export class Buckets<T extends Seated> {
  readonly #rows: T[][] = [];
  readonly #row: number;
  readonly #position: number;
  #size = 0;

  /** `index`: which pair of the items' seats is this index's own. */
  constructor(index: number) {
    this.#row = 2 * index;
    this.#position = 2 * index + 1;
  }

  get size(): number {
    return this.#size;
  }

  put(item: T, value: number): void {
    const row = Math.min(LAST_ROW, Math.floor(value));
    if (item.seats[this.#row] === row) return;
    this.remove(item);
    while (this.#rows.length <= row) this.#rows.push([]);
    const items = this.#rows[row] as T[];
    item.seats[this.#row] = row;
    item.seats[this.#position] = items.length;
    items.push(item);
    this.#size += 1;
  }

  remove(item: T): void {
    const row = item.seats[this.#row] as number;
    if (row < 0) return;
    const items = this.#rows[row] as T[];
    const position = item.seats[this.#position] as number;
    const last = items.pop() as T;
    if (last !== item) {
      items[position] = last;
      last.seats[this.#position] = position;
    }
    item.seats[this.#row] = -1;
    item.seats[this.#position] = -1;
    this.#size -= 1;
  }

  /** Visits items from the largest value down to `least`, until `visit` says that it has enough. */
  fromTop(least: number, visit: (item: T) => boolean): void {
    for (let row = this.#rows.length - 1; row >= Math.min(LAST_ROW, Math.floor(least)); row -= 1) {
      for (const item of this.#rows[row] as T[]) if (visit(item)) return;
    }
  }

  /** The same from `least` up. */
  fromBottom(least: number, visit: (item: T) => boolean): void {
    for (let row = Math.min(LAST_ROW, Math.floor(least)); row < this.#rows.length; row += 1) {
      for (const item of this.#rows[row] as T[]) if (visit(item)) return;
    }
  }
}
