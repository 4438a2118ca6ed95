import type { Graph } from "../graph/graph.js";
import type { Estimates } from "./estimates.js";

/** Orders of the original DaskVine that depend on what has run so far. */
export const RANK_MODES = [
  "largest-input-first",
  "largest-storage-footprint-first",
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
  nowMs(): number;
}

/** Tells of a node that has become ready how soon it is to go: the smallest first. */
export class Ranks {
  readonly #options: RanksOptions;
  readonly #bytes: Float64Array;
  readonly #sinceMs: Float64Array;

  constructor(options: RanksOptions) {
    this.#options = options;
    this.#bytes = new Float64Array(options.graph.count);
    this.#sinceMs = new Float64Array(options.graph.count);
  }

  /** A node is done. `bytes`: of its value, where that was written. */
  learn(node: number, bytes: number): void {
    this.#bytes[node] = bytes;
    this.#sinceMs[node] = this.#options.nowMs();
  }

  /** Of a kind of which nothing is known the first goes at once. */
  of(node: number): number {
    const { mode, estimates, groups, graph } = this.#options;
    if (mode === "largest-input-first")
      return -graph.dependencies.of(node).reduce((sum, need) => sum + (this.#bytes[need] ?? 0), 0);
    if (mode === "largest-storage-footprint-first") return -this.#footprint(graph.dependencies.of(node));
    const known = estimates.of(groups[node] ?? 0);
    if (known === undefined) return Number.NEGATIVE_INFINITY;
    return mode === "longest-category-first" ? -known.us : known.us;
  }

  /** How long these values have been held, and how large they are: bytes times milliseconds. */
  #footprint(nodes: Int32Array): number {
    const nowMs = this.#options.nowMs();
    return nodes.reduce(
      (sum, node) => sum + (this.#bytes[node] ?? 0) * (nowMs - (this.#sinceMs[node] ?? nowMs)),
      0,
    );
  }
}
