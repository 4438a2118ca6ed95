import type { Graph } from "../graph/graph.js";
import type { Estimates } from "./estimates.js";
import type { NodeStates } from "./node-states.js";

/** Nodes that run one after the other in one call, in an order in which each comes after what it needs. */
export interface Unit {
  readonly members: readonly Member[];
  /** Of the process that it runs in, bytes; where that is found for each unit, and more than its cores' share. */
  readonly memory?: number | undefined;
}

/** Nodes of a unit that are not done. */
export function ownOf({ members }: Unit): number[] {
  return members.filter(({ isExtra }) => !isExtra).map(({ node }) => node);
}

export interface Member {
  readonly node: number;
  /** Made here for the others only: it counts as done already. */
  readonly isExtra: boolean;
  /** Somebody outside of the unit needs its value. */
  readonly isExported: boolean;
}

/** What is to go together. */
export interface UnitLimits {
  /** Nodes of one unit, at most. */
  readonly nodes: number;
  /** How long short ones are to take together, microseconds. */
  readonly spanUs: number;
  /** The same for chains of nodes that take long. */
  readonly chainUs: number;
}

export interface UnitBuilderOptions {
  readonly graph: Graph;
  readonly states: NodeStates;
  readonly estimates: Estimates;
  /** Of each node: which are alike. */
  readonly groups: Int32Array;
  /** Nodes with the same number may share a process. */
  readonly classes?: Int32Array | undefined;
  /** What they need of a process may be too different for that. */
  readonly mayShare?: ((one: number, other: number) => boolean) | undefined;
  /** 1 for nodes whose values are to be kept by others than the process: what needs them comes in another unit. */
  readonly ends?: Uint8Array | undefined;
  /** Of each node; larger is more urgent. */
  readonly priorities?: Float64Array | undefined;
  /** Whether it can be sent at all by now. */
  isShipped(node: number): boolean;
}

/** Nodes that take longer do not wait for others. */
const SHORT_US = 5_000;
/** Neighbours that cannot be taken, before the search ends. */
const MOST_MISSES = 16;
/** Nodes of a chain that nobody knows, or that take long. */
const UNKNOWN_CHAIN = 32;
/** What is made in one go although it could be made by several. */
const BRANCH_US = 250_000;

/** Decides which nodes go out together. */
export class UnitBuilder {
  readonly #options: UnitBuilderOptions;
  /** Those which run alone: one of them may end its process. */
  readonly #alone = new Set<number>();

  constructor(options: UnitBuilderOptions) {
    this.#options = options;
  }

  /** From now on nothing else runs in a unit with it. */
  isolate(node: number): void {
    this.#alone.add(node);
  }

  isAlone(node: number): boolean {
    return this.#alone.has(node);
  }

  /** Takes `first`, and what fits to it. */
  build(first: number, limits: UnitLimits): Unit {
    const draft = new Draft(this.#options, first);
    draft.add(first);
    if (limits.nodes > 1 && !this.#alone.has(first)) {
      if (this.#isShort(first)) this.#addNeighbours(draft, limits);
      this.#addChain(draft, limits);
    }
    const { graph, states } = this.#options;
    const members = draft.members.map(({ node, isExtra }) => ({
      node,
      isExtra,
      isExported: !isExtra && isNeededOutside(graph, states, draft.nodes, node),
    }));
    for (const { node, isExtra } of members) if (!isExtra) states.take(node);
    return { members };
  }

  /** Short nodes that come next in the order: in a tree a whole branch. */
  #addNeighbours(draft: Draft, { nodes, spanUs }: UnitLimits): void {
    const { states } = this.#options;
    let misses = 0;
    for (let at = states.position(draft.first) + 1; misses < MOST_MISSES; at++) {
      const node = states.at(at);
      if (node === undefined || draft.taken >= nodes || draft.us >= spanUs) return;
      if (this.#isShort(node) && this.#fits(draft, node)) draft.add(node);
      else misses += 1;
    }
  }

  /** As long as the last node has one consumer, and all else that this waits for can be made here. */
  #addChain(draft: Draft, limits: UnitLimits): void {
    const { graph } = this.#options;
    for (;;) {
      const last = draft.members.at(-1)?.node ?? draft.first;
      const [next] = graph.consumers.of(last);
      if (next === undefined || graph.consumers.size(last) > 1) return;
      if (!this.#fits(draft, next)) {
        if (!this.#addBranch(draft, next, limits)) return;
        continue;
      }
      const isShort = this.#isShort(next);
      const [nodes, us] = isShort ? [limits.nodes, limits.spanUs] : [UNKNOWN_CHAIN, limits.chainUs];
      if (draft.taken >= nodes || draft.us >= us) return;
      draft.add(next);
    }
  }

  /** A node with all that only it waits for: values that are large stay in the process. */
  #addBranch(draft: Draft, top: number, limits: UnitLimits): boolean {
    const branch: Branch = { nodes: new Set(), us: draft.us };
    if (!this.#grow(branch, top, draft, limits)) return false;
    for (const node of branch.nodes) draft.add(node);
    return true;
  }

  #grow(branch: Branch, node: number, draft: Draft, limits: UnitLimits): boolean {
    const { graph, estimates, groups } = this.#options;
    branch.us += estimates.of(groups[node] ?? 0)?.us ?? BRANCH_US;
    if (branch.us > BRANCH_US || draft.taken + branch.nodes.size >= limits.nodes) return false;
    if (!this.#mayJoin(draft, node)) return false;
    for (const need of graph.dependencies.of(node)) {
      if (this.#isThere(draft, need, branch.nodes)) continue;
      if (graph.consumers.size(need) > 1 || !this.#grow(branch, need, draft, limits)) return false;
    }
    branch.nodes.add(node);
    return true;
  }

  #isShort(node: number): boolean {
    const known = this.#options.estimates.of(this.#options.groups[node] ?? 0);
    return known !== undefined && known.us <= SHORT_US && !known.isLarge;
  }

  #mayJoin(draft: Draft, node: number): boolean {
    const { states, priorities } = this.#options;
    if (draft.nodes.has(node) || !states.isOpen(node) || this.#alone.has(node)) return false;
    if (!this.#options.isShipped(node)) return false;
    if (priorities !== undefined && (priorities[node] ?? 0) < (priorities[draft.first] ?? 0)) return false;
    return this.#mayShare(draft.first, node);
  }

  #mayShare(one: number, other: number): boolean {
    const { classes, mayShare } = this.#options;
    if (classes?.[one] !== classes?.[other]) return false;
    return mayShare === undefined || mayShare(one, other);
  }

  #fits(draft: Draft, node: number): boolean {
    if (!this.#mayJoin(draft, node)) return false;
    return this.#options.graph.dependencies.of(node).every((one) => this.#isThere(draft, one));
  }

  /** For a member of the unit. */
  #isThere(draft: Draft, node: number, more?: ReadonlySet<number>): boolean {
    if (this.#options.states.isDone(node)) return true;
    return this.#options.ends?.[node] !== 1 && (draft.nodes.has(node) || more?.has(node) === true);
  }
}

/** Nodes that may join a unit together, in order. */
interface Branch {
  readonly nodes: Set<number>;
  us: number;
}

/** A unit in the making. */
class Draft {
  readonly first: number;
  readonly members: { readonly node: number; readonly isExtra: boolean }[] = [];
  readonly nodes = new Set<number>();
  /** Members that are no extras, and how long they may take together. */
  taken = 0;
  us = 0;
  readonly #options: UnitBuilderOptions;

  constructor(options: UnitBuilderOptions, first: number) {
    this.#options = options;
    this.first = first;
  }

  add(node: number): void {
    this.#addExtras(node);
    this.#put(node, false);
    this.taken += 1;
    this.us += this.#options.estimates.of(this.#options.groups[node] ?? 0)?.us ?? 0;
  }

  /** What is volatile among its dependencies, and theirs, the deepest first. */
  #addExtras(node: number): void {
    const { graph, states } = this.#options;
    for (const dependency of graph.dependencies.of(node)) {
      if (!states.isVolatile(dependency) || this.nodes.has(dependency)) continue;
      this.#addExtras(dependency);
      this.#put(dependency, true);
    }
  }

  #put(node: number, isExtra: boolean): void {
    this.nodes.add(node);
    this.members.push({ node, isExtra });
  }
}

function isNeededOutside(graph: Graph, states: NodeStates, unit: ReadonlySet<number>, node: number): boolean {
  if (states.isAskedFor(node)) return true;
  for (const consumer of graph.consumers.of(node))
    if (!unit.has(consumer) && !states.isDone(consumer)) return true;
  return false;
}
