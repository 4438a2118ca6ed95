import type { AllocationMode, ExecutorHost } from "@taskvine/core/executor";
import type { Categories } from "./categories.js";
import { Category } from "./category.js";
import { type Demand, Room } from "./room.js";

/** Names that fewer nodes of a graph have are one category. */
const FEW = 4;

/** A library that nodes run in: its key, and what one process of it takes at most. */
export interface SizedLibrary extends Demand {
  readonly key: string;
  readonly memory: number | undefined;
}

export interface SizingOptions {
  readonly mode: AllocationMode;
  readonly categories: Categories;
  readonly libraries: readonly SizedLibrary[];
  /** Of each node: which library it runs in, where there are several; and which have the same name. */
  readonly classes: Int32Array | undefined;
  readonly groups: Int32Array;
  readonly groupNames: readonly string[];
}

/** Nodes that can run, the most urgent first. */
export interface ReadyNodes {
  nextReady(): number | undefined;
  /** The next one is another, until `putBack`. */
  setAside(node: number): void;
  putBack(node: number): void;
}

/** What a node was seen to need more of than it had. */
interface Floor {
  readonly memory: number;
  /** What it had when it ran by itself. */
  readonly over: number;
}

/** Finds how much memory the nodes of a graph get, from what nodes like them used before. */
export class Sizing {
  /** Of each node: nodes with the same number are of one category. */
  readonly #kinds: Int32Array;
  readonly #options: SizingOptions;
  readonly #byKind = new Map<number, Category>();
  readonly #floors = new Map<number, Floor>();
  /** Those with nodes that are set aside. */
  readonly #waiting = new Set<Category>();
  readonly #rooms = new Map<number, Room>();
  #seen: ReturnType<ExecutorHost["workers"]> = [];

  constructor(options: SizingOptions) {
    const { classes, groups, groupNames } = options;
    this.#options = options;
    const counts = new Int32Array(groupNames.length);
    for (const group of groups) counts[group] = (counts[group] ?? 0) + 1;
    const others = groupNames.length;
    this.#kinds = groups.map((group, node) => {
      const name = (counts[group] ?? 0) < FEW ? others : group;
      return (classes?.[node] ?? 0) * (others + 1) + name;
    });
  }

  /** Whether these may go together: they are of one category, or nodes of both get as much. */
  mayShare(one: number, other: number): boolean {
    if (this.#kinds[one] === this.#kinds[other]) return true;
    const size = this.#categoryOf(one).size(this.#roomOf(one));
    return size === this.#categoryOf(other).size(this.#roomOf(other));
  }

  /** Of what workers there are, until the next time. */
  look(workers: ReturnType<ExecutorHost["workers"]>): void {
    this.#seen = workers;
    this.#rooms.clear();
  }

  /** The next one to go. Of a category of which little is known some go first, and others instead of its further ones. */
  next(ready: ReadyNodes): number | undefined {
    for (const category of this.#waiting) this.#putBack(category, ready, (room) => category.mayFly(room));
    for (let node = ready.nextReady(); node !== undefined; node = ready.nextReady()) {
      const category = this.#categoryOf(node);
      if (category.mayFly(this.#roomOf(node)) > 0) return node;
      ready.setAside(node);
      category.setAside(node);
      this.#waiting.add(category);
    }
    for (const category of this.#waiting)
      this.#putBack(category, ready, (room) => Math.min(1, category.mayFlyAlone(room)));
    return ready.nextReady();
  }

  #putBack(category: Category, ready: ReadyNodes, most: (room: Room) => number): void {
    const next = category.nextAside;
    if (next !== undefined) for (const node of category.call(most(this.#roomOf(next)))) ready.putBack(node);
    if (category.nextAside === undefined) this.#waiting.delete(category);
  }

  /** These go together. How much memory they get, in bytes; undefined: their cores' share of the worker. */
  begin(nodes: readonly number[]): number | undefined {
    const [first = 0] = nodes;
    const category = this.#categoryOf(first);
    category.flying += 1;
    const least = Math.max(0, ...nodes.map((node) => this.#floors.get(node)?.memory ?? 0));
    const usual = category.first(this.#roomOf(first));
    return least === 0 ? usual : Math.max(least, usual ?? 0);
  }

  /** What began together has ended. */
  end(nodes: readonly number[]): void {
    this.#categoryOf(nodes[0] ?? 0).flying -= 1;
  }

  /** A node has ended well. `memory`: the most that its process had meanwhile. */
  learn(node: number, us: number, memory: number | undefined): void {
    const floor = this.#floors.get(node);
    this.#floors.delete(node);
    // Processes that it started are not seen, but may have been its end.
    if (memory !== undefined) this.#categoryOf(node).learn(Math.max(memory, floor?.over ?? 0), us);
  }

  /** Nodes that went together needed more than this, at that worker. Whether they get more from now on: else there is none. */
  grow(nodes: readonly number[], given: number | undefined, worker: string): boolean {
    const [first = 0] = nodes;
    const room = this.#roomOf(first);
    const memory = this.#categoryOf(first).next(given, room, worker);
    if (memory === false) return false;
    const over = nodes.length === 1 ? (given ?? room.shareAt(worker) ?? 0) : 0;
    for (const node of nodes) this.#floors.set(node, { memory, over });
    return true;
  }

  #libraryOf(node: number): SizedLibrary {
    const { libraries, classes } = this.#options;
    const library = libraries[classes?.[node] ?? 0];
    if (library === undefined) throw new Error(`node ${node} has no library`);
    return library;
  }

  #categoryOf(node: number): Category {
    const kind = this.#kinds[node] ?? 0;
    let category = this.#byKind.get(kind);
    if (category === undefined) {
      const { mode, categories, groups, groupNames } = this.#options;
      const { key, memory } = this.#libraryOf(node);
      const isOther = kind % (groupNames.length + 1) === groupNames.length;
      const name = isOther ? "" : (groupNames[groups[node] ?? 0] ?? "");
      category = new Category(categories.of(mode, key, name), memory);
      this.#byKind.set(kind, category);
    }
    return category;
  }

  #roomOf(node: number): Room {
    const place = this.#options.classes?.[node] ?? 0;
    let room = this.#rooms.get(place);
    if (room === undefined) {
      room = new Room(this.#seen, this.#libraryOf(node));
      this.#rooms.set(place, room);
    }
    return room;
  }
}
