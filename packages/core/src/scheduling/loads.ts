/** Where an item is in a table of loads; the table's own business. */
export interface Links<T> {
  row: number;
  before: T | undefined;
  after: T | undefined;
}

/** An item of a table of loads. */
export interface Linked<T> {
  readonly links: Links<T>;
}

interface Row<T> {
  first: T | undefined;
  last: T | undefined;
}

export function unlinked<T>(): Links<T> {
  return { row: -1, before: undefined, after: undefined };
}

/**
 * Items by how much they have to do, among equals in the order in which they came to have that. Every change costs the
 * same; finding the one with least to do skips empty rows.
 */
export class Loads<T extends Linked<T>> {
  readonly #rows: Row<T>[] = [];
  /** No row below or above these holds anything. */
  #lowest = 0;
  #highest = -1;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  put(item: T, load: number): void {
    const { links } = item;
    if (links.row === load) return;
    this.remove(item);
    while (this.#rows.length <= load) this.#rows.push({ first: undefined, last: undefined });
    const row = this.#rows[load] as Row<T>;
    links.row = load;
    links.before = row.last;
    if (row.last === undefined) row.first = item;
    else row.last.links.after = item;
    row.last = item;
    if (load < this.#lowest || this.#size === 0) this.#lowest = load;
    if (load > this.#highest) this.#highest = load;
    this.#size += 1;
  }

  remove(item: T): void {
    const { links } = item;
    if (links.row < 0) return;
    const row = this.#rows[links.row] as Row<T>;
    if (links.before === undefined) row.first = links.after;
    else links.before.links.after = links.after;
    if (links.after === undefined) row.last = links.before;
    else links.after.links.before = links.before;
    links.row = -1;
    links.before = undefined;
    links.after = undefined;
    this.#size -= 1;
  }

  /** The item with least to do, of several the one that has been so for longest. */
  least(): T | undefined {
    if (this.#size === 0) return undefined;
    while (this.#rows[this.#lowest]?.first === undefined) this.#lowest += 1;
    return this.#rows[this.#lowest]?.first;
  }

  /** The item with most to do. */
  most(): T | undefined {
    if (this.#size === 0) return undefined;
    while (this.#rows[this.#highest]?.last === undefined) this.#highest -= 1;
    return this.#rows[this.#highest]?.last;
  }
}
