import type { Graph } from "../graph/graph.js";

export interface PruningOptions {
  readonly graph: Graph;
  /**
   * A value goes when all nodes that lie so many steps or fewer behind it are done. 1: those that need it. 0: no value goes.
   * The more steps, the less is made again when a worker is lost, and the more is held.
   */
  readonly depth: number;
  /** The value is wanted for more than other nodes: it never goes. */
  isAskedFor(node: number): boolean;
  /** The value of this node goes. */
  drop(node: number): void;
}

/** Gives what is to be told of each node that all who need it are done: it decides which values go then. */
export function pruner(options: PruningOptions): (node: number) => void {
  const { depth, isAskedFor, drop } = options;
  const dropUnasked = (node: number): void => {
    if (!isAskedFor(node)) drop(node);
  };
  if (depth === 0) return () => undefined;
  if (depth === 1) return dropUnasked;
  const levels = new Levels(options.graph, depth, dropUnasked);
  return (node) => levels.onUsed(node);
}

/**
 * For each node how many steps behind it all is done: one more than the least among those that need it. A node's level
 * only rises, up to `depth`; each rise costs one look at those that need the node.
 */
class Levels {
  readonly #graph: Graph;
  readonly #depth: number;
  readonly #onFull: (node: number) => void;
  readonly #levels: Int32Array;
  /** Of those that need a node: how many have a lower level than the node. */
  readonly #lower: Int32Array;

  constructor(graph: Graph, depth: number, onFull: (node: number) => void) {
    this.#graph = graph;
    this.#depth = depth;
    this.#onFull = onFull;
    this.#levels = new Int32Array(graph.count);
    this.#lower = new Int32Array(graph.count);
  }

  /** All that need the node are done. */
  onUsed(node: number): void {
    const stack = [node];
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) this.#rise(next, stack);
  }

  /** Puts on the stack what can rise after it. */
  #rise(node: number, stack: number[]): void {
    const before = this.#levels[node] ?? 0;
    let level = before;
    let lower = 0;
    while (lower === 0 && level < this.#depth) {
      level += 1;
      lower = this.#countLower(node, level);
    }
    if (level === before) return;
    this.#levels[node] = level;
    this.#lower[node] = lower;
    if (level === this.#depth) this.#onFull(node);
    for (const need of new Set(this.#graph.dependencies.of(node))) {
      const theirs = this.#levels[need] ?? 0;
      if (theirs <= before || theirs > level) continue;
      this.#lower[need] = (this.#lower[need] ?? 0) - 1;
      if (this.#lower[need] === 0) stack.push(need);
    }
  }

  #countLower(node: number, level: number): number {
    let lower = 0;
    for (const consumer of this.#graph.consumers.of(node))
      if ((this.#levels[consumer] ?? 0) < level) lower += 1;
    return lower;
  }
}
