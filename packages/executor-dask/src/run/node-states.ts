import { type Graph, NODE } from "../graph/graph.js";
import { ReadyHeap } from "./ready-heap.js";

const WAITING = 0;
const READY = 1;
const TAKEN = 2;
const DONE = 3;
const RELEASED = 4;

export interface NodeStatesOptions {
  readonly graph: Graph;
  /** Wanted nodes, the most urgent first, and where each is in it. */
  readonly order: Int32Array;
  /** Keep the value of every node, not only of those asked for. */
  readonly keepsAll: boolean;
  /** How soon a node goes that has become ready, the smallest first; of equals the more urgent one. */
  readonly rankOf?: ((node: number) => number) | undefined;
  /** All that need the value of this node are done. It may be asked for. */
  onRelease(node: number): void;
}

/**
 * How far each node is, which can run, and which values are still needed. A node is waiting, ready, taken by a unit, done,
 * and released when all that need it are done. A volatile node counts as done although its value is nowhere: whoever needs
 * it makes it anew. Data is volatile, and what cannot be written.
 */
export class NodeStates {
  readonly #graph: Graph;
  readonly #order: Int32Array;
  readonly #positions: Int32Array;
  readonly #states: Uint8Array;
  readonly #volatile: Uint8Array;
  readonly #asked: Uint8Array;
  readonly #pending: Int32Array;
  /** Consumers that are not done. */
  readonly #needs: Int32Array;
  readonly #ready = new ReadyHeap();
  readonly #onRelease: (node: number) => void;
  readonly #rankOf: ((node: number) => number) | undefined;
  #tasksLeft = 0;

  constructor({ graph, order, keepsAll, rankOf, onRelease }: NodeStatesOptions) {
    this.#graph = graph;
    this.#rankOf = rankOf;
    this.#order = order;
    this.#onRelease = onRelease;
    this.#positions = new Int32Array(graph.count);
    order.forEach((node, position) => {
      this.#positions[node] = position;
    });
    this.#states = new Uint8Array(graph.count);
    this.#volatile = new Uint8Array(graph.count);
    this.#pending = new Int32Array(graph.count);
    this.#needs = new Int32Array(graph.count);
    this.#asked = new Uint8Array(graph.count).fill(keepsAll ? 1 : 0);
    for (const node of graph.requested) this.#asked[node] = 1;
    for (const node of order) this.#begin(node);
    for (const node of order) if (this.#states[node] === WAITING) this.#recount(node);
  }

  #begin(node: number): void {
    this.#needs[node] = this.#graph.consumers.size(node);
    if (this.#graph.kinds[node] === NODE.task) this.#tasksLeft += 1;
    else {
      this.#states[node] = DONE;
      this.#volatile[node] = 1;
    }
  }

  /** Tasks that are not done. */
  get tasksLeft(): number {
    return this.#tasksLeft;
  }

  get readyCount(): number {
    return this.#ready.size;
  }

  /** The most urgent of those that can run. */
  nextReady(): number | undefined {
    for (let position = this.#ready.peek(); position !== undefined; position = this.#ready.peek()) {
      const node = this.#order[position] ?? 0;
      if (this.#states[node] === READY) return node;
      this.#ready.pop();
    }
    return undefined;
  }

  /** The next one is another, until `putBack`. */
  setAside(node: number): void {
    if (this.at(this.#ready.peek() ?? -1) === node) this.#ready.pop();
  }

  putBack(node: number): void {
    if (this.#states[node] === READY) this.#makeReady(node);
  }

  position(node: number): number {
    return this.#positions[node] ?? 0;
  }

  at(position: number): number | undefined {
    return this.#order[position];
  }

  isVolatile(node: number): boolean {
    return this.#volatile[node] === 1;
  }

  isDone(node: number): boolean {
    return (this.#states[node] ?? 0) >= DONE;
  }

  /** Its value is wanted for more than its consumers. */
  isAskedFor(node: number): boolean {
    return this.#asked[node] === 1;
  }

  /** It waits, or is ready: a unit may take it together with what it waits for. */
  isOpen(node: number): boolean {
    return (this.#states[node] ?? 0) <= READY && this.#graph.wanted[node] === 1;
  }

  take(node: number): void {
    this.#states[node] = TAKEN;
  }

  /** A unit gives it back: it has not run, or its value went with the process. */
  giveBack(node: number): void {
    if (this.#states[node] !== TAKEN) return;
    this.#states[node] = WAITING;
    this.#recount(node);
  }

  /** `isVolatile`: its value could not be written, so that what it is made of must stay. */
  finish(node: number, isVolatile = false): void {
    if (this.#states[node] !== TAKEN) return;
    this.#states[node] = DONE;
    this.#tasksLeft -= 1;
    for (const consumer of this.#graph.consumers.of(node)) {
      this.#pending[consumer] = (this.#pending[consumer] ?? 0) - 1;
      if (this.#pending[consumer] === 0 && this.#states[consumer] === WAITING) this.#makeReady(consumer);
    }
    if (isVolatile) this.#volatile[node] = 1;
    else this.#consumeAll(node);
    if (this.#needs[node] === 0) this.#release(node);
  }

  /** One that needed it does not any more. */
  #consume(node: number): void {
    this.#needs[node] = (this.#needs[node] ?? 0) - 1;
    if (this.#needs[node] === 0) this.#release(node);
  }

  #release(node: number): void {
    if (this.#states[node] === RELEASED) return;
    this.#states[node] = RELEASED;
    if (this.#volatile[node] === 1) this.#consumeAll(node);
    this.#onRelease(node);
  }

  #consumeAll(node: number): void {
    for (const dependency of distinct(this.#graph.dependencies.of(node))) this.#consume(dependency);
  }

  #recount(node: number): void {
    let pending = 0;
    for (const dependency of distinct(this.#graph.dependencies.of(node)))
      if (!this.isDone(dependency)) pending += 1;
    this.#pending[node] = pending;
    if (pending === 0) this.#makeReady(node);
  }

  #makeReady(node: number): void {
    this.#states[node] = READY;
    this.#ready.push(this.position(node), this.#rankOf?.(node));
  }
}

/** Each once. */
function distinct(nodes: Int32Array): Iterable<number> {
  return nodes.length < 2 ? nodes : new Set(nodes);
}
