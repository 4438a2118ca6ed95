import { VineError } from "@taskvine/core/executor";

/** What a node is: a function to call, another name for one node, or a value. */
export const NODE = { task: 0, alias: 1, data: 2 } as const;

/** A graph as it is given: nodes are the numbers from 0 on. */
export interface GivenGraph {
  /** One of NODE for each node. */
  readonly kinds: Uint8Array;
  /** How many dependencies each node has, and all of them, node after node. */
  readonly counts: Int32Array;
  readonly dependencies: Int32Array;
  readonly requested: readonly number[];
}

/** Lists of nodes for each node, one after the other. */
export class NodeLists {
  readonly #starts: Int32Array;
  readonly #items: Int32Array;

  constructor(starts: Int32Array, items: Int32Array) {
    this.#starts = starts;
    this.#items = items;
  }

  of(node: number): Int32Array {
    return this.#items.subarray(this.#starts[node], this.#starts[node + 1]);
  }

  size(node: number): number {
    return (this.#starts[node + 1] ?? 0) - (this.#starts[node] ?? 0);
  }
}

/** What is left of a given graph: aliases stand for what they name, and only what is wanted is there. */
export interface Graph {
  readonly count: number;
  readonly kinds: Uint8Array;
  /** In the order in which they were given, with repetitions; aliases are resolved. */
  readonly dependencies: NodeLists;
  /** Each wanted task that needs the node, once. */
  readonly consumers: NodeLists;
  /** 1 for nodes that the requested ones need, and those themselves. */
  readonly wanted: Uint8Array;
  /** The nodes whose values are asked for, aliases resolved, in the order asked. */
  readonly requested: readonly number[];
}

/** Throws BAD_ARGUMENT for numbers that name no node, and for circles of aliases. */
export function resolveGraph(given: GivenGraph): Graph {
  const { kinds, counts } = given;
  const count = kinds.length;
  const starts = startsOf(counts);
  const items = given.dependencies;
  if (counts.length !== count || starts[count] !== items.length)
    throw new VineError("BAD_ARGUMENT", "the lists of a graph do not fit each other");
  for (const node of [items, given.requested].flatMap((list) => [...outside(list, count)]))
    throw new VineError("BAD_ARGUMENT", `the graph has no node ${node}`);
  const targets = resolveAliases(kinds, starts, items);
  const dependencies = new NodeLists(
    starts,
    Int32Array.from(items, (node) => targets[node] ?? node),
  );
  const requested = given.requested.map((node) => targets[node] ?? node);
  const wanted = wantedBy(requested, dependencies, count);
  return { count, kinds, dependencies, requested, wanted, consumers: consumersOf(dependencies, wanted) };
}

function* outside(list: Iterable<number>, count: number): Generator<number> {
  for (const node of list) if (node < 0 || node >= count) yield node;
}

function startsOf(counts: Int32Array): Int32Array {
  const starts = new Int32Array(counts.length + 1);
  for (let node = 0; node < counts.length; node++)
    starts[node + 1] = (starts[node] ?? 0) + (counts[node] ?? 0);
  return starts;
}

/** For each node what it stands for: itself, or where a chain of aliases ends. */
function resolveAliases(kinds: Uint8Array, starts: Int32Array, items: Int32Array): Int32Array {
  const targets = Int32Array.from(kinds, (_, node) => node);
  const path: number[] = [];
  for (let node = 0; node < kinds.length; node++) {
    let at = node;
    while (kinds[at] === NODE.alias && targets[at] === at) {
      path.push(at);
      if (path.length > kinds.length)
        throw new VineError("BAD_ARGUMENT", "names of a graph stand for each other in a circle");
      at = items[starts[at] ?? 0] ?? at;
    }
    const end = targets[at] ?? at;
    for (const passed of path.splice(0)) targets[passed] = end;
  }
  return targets;
}

function wantedBy(requested: readonly number[], dependencies: NodeLists, count: number): Uint8Array {
  const wanted = new Uint8Array(count);
  const stack = [...requested];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (wanted[node] === 1) continue;
    wanted[node] = 1;
    for (const dependency of dependencies.of(node)) if (wanted[dependency] === 0) stack.push(dependency);
  }
  return wanted;
}

function consumersOf(dependencies: NodeLists, wanted: Uint8Array): NodeLists {
  const counts = new Int32Array(wanted.length);
  eachEdge(dependencies, wanted, (dependency) => {
    counts[dependency] = (counts[dependency] ?? 0) + 1;
  });
  const starts = startsOf(counts);
  const next = starts.slice();
  const items = new Int32Array(starts[wanted.length] ?? 0);
  eachEdge(dependencies, wanted, (dependency, node) => {
    const at = next[dependency] ?? 0;
    items[at] = node;
    next[dependency] = at + 1;
  });
  return new NodeLists(starts, items);
}

/** Each pair once, however often a node names the dependency. */
function eachEdge(
  dependencies: NodeLists,
  wanted: Uint8Array,
  visit: (dependency: number, node: number) => void,
): void {
  const seenFrom = new Int32Array(wanted.length).fill(-1);
  for (let node = 0; node < wanted.length; node++) {
    if (wanted[node] === 0) continue;
    for (const dependency of dependencies.of(node)) {
      if (seenFrom[dependency] === node) continue;
      seenFrom[dependency] = node;
      visit(dependency, node);
    }
  }
}
