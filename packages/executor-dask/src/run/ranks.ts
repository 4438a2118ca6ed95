import type { Graph } from "../graph/graph.js";
import type { Estimates } from "./estimates.js";

/** Orders of the original DaskVine that depend on what has run so far. */
export const RANK_MODES = [
  "largest-input-first",
  "longest-category-first",
  "shortest-category-first",
] as const;
export type RankMode = (typeof RANK_MODES)[number];

export interface RanksOptions {
  readonly mode: RankMode;
  readonly graph: Graph;
  readonly estimates: Estimates;
  /** Of each node: which are alike. */
  readonly groups: Int32Array;
}

/** Tells of a node that has become ready how soon it is to go: the smallest first. */
export class Ranks {
  readonly #options: RanksOptions;
  readonly #bytes: Float64Array;

  constructor(options: RanksOptions) {
    this.#options = options;
    this.#bytes = new Float64Array(options.graph.count);
  }

  /** A node is done. `bytes`: of its value, where that was written. */
  learn(node: number, bytes: number): void {
    this.#bytes[node] = bytes;
  }

  /** Of a kind of which nothing is known the first goes at once. */
  of(node: number): number {
    const { mode, estimates, groups, graph } = this.#options;
    if (mode === "largest-input-first")
      return -graph.dependencies.of(node).reduce((sum, need) => sum + (this.#bytes[need] ?? 0), 0);
    const known = estimates.of(groups[node] ?? 0);
    if (known === undefined) return Number.NEGATIVE_INFINITY;
    return mode === "longest-category-first" ? -known.us : known.us;
  }
}
