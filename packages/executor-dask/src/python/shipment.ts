import type { VineFile } from "@taskvine/core/executor";

/** Neighbours in the order of a graph, pickled together. */
export interface Batch {
  /** Number of it in its graph, and where in the order it begins. */
  readonly number: number;
  readonly from: number;
  readonly count: number;
  readonly file: VineFile;
  /** What was too large to be written among them, in order. */
  readonly buffers: readonly VineFile[];
}

/** The batches of one graph, as they come from the program: each node is in one. */
export class Shipment {
  readonly batches: Batch[] = [];
  /** Where each node is in the order in which they come. */
  readonly #ranks: Int32Array;
  #shipped = 0;

  constructor(order: Int32Array, count: number) {
    this.#ranks = new Int32Array(count).fill(-1);
    order.forEach((node, rank) => {
      this.#ranks[node] = rank;
    });
  }

  /** Batches come in order. */
  add(count: number, file: VineFile, buffers: readonly VineFile[]): void {
    this.batches.push({ number: this.batches.length, from: this.#shipped, count, file, buffers });
    this.#shipped += count;
  }

  isShipped(node: number): boolean {
    return (this.#ranks[node] ?? 0) < this.#shipped;
  }

  /** The batch of a node that was shipped, and its place there. */
  find(node: number): { readonly batch: Batch; readonly at: number } {
    const rank = this.#ranks[node] ?? 0;
    let low = 0;
    let high = this.batches.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.batches[middle]?.from ?? 0) <= rank) low = middle;
      else high = middle - 1;
    }
    const batch = this.batches[low];
    if (batch === undefined) throw new Error(`node ${node} has not been shipped`);
    return { batch, at: rank - batch.from };
  }
}
