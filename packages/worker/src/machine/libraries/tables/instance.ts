import { LIMITS } from "@taskvine/core/model";
import type { InstanceOrder } from "../../tables/order.js";
import type { CallEntry } from "./call.js";
import { CallQueue } from "./call-queue.js";
import type { Connection } from "./connection.js";
import { FunctionPace } from "./pace.js";

/** How a library's process ended. */
export interface ProcessExit {
  readonly exitCode?: number;
  readonly signal?: string;
  /** What it used more of than it was given. */
  readonly exhausted?: readonly string[];
  /** A sentence. */
  readonly message: string;
}

/** What an instance offers its calls. */
export interface Offer {
  readonly slots: number;
  readonly functions: readonly string[] | undefined;
}

/** A call that took a process with it which may be the whole instance: we wait a moment for what is known of its end. */
export interface Crashed {
  readonly call: CallEntry;
  readonly atMs: number;
}

/**
 * `waiting`: its process does not run yet; `starting`: it must connect by then; `ready`: it has;
 * `ending`: told to end, begins no calls; `isKnown`: the manager knows of it already.
 */
export type InstanceState =
  | { readonly name: "waiting" }
  | { readonly name: "starting"; readonly deadlineMs: number }
  | { readonly name: "ready" }
  | { readonly name: "ending"; readonly isKnown: boolean };

/** Every move of a library instance at a worker; `gone` is not kept. docs/STATES.md is drawn from it. */
export const INSTANCE_MOVES = {
  waiting: ["starting", "ending", "gone"],
  starting: ["ready", "ending", "gone"],
  ready: ["starting", "ending", "gone"],
  ending: ["gone"],
} as const satisfies Record<InstanceState["name"], readonly (InstanceState["name"] | "gone")[]>;

/** The kinds of functions of which something is remembered. */
const MOST_PACES = 10_000;

/** A library on this worker. */
export class Instance {
  readonly order: InstanceOrder;
  readonly queue = new CallQueue();
  readonly connections: Connection[] = [];
  readonly crashed: Crashed[] = [];
  /** It ends once nothing runs in it. */
  endsWhenIdle = false;
  exit: ProcessExit | undefined;
  /** What the manager was told last, and since when it is something else. */
  said: Offer | undefined;
  changedMs: number | undefined;
  readonly #paces = new Map<string, FunctionPace>();
  #state: InstanceState = { name: "waiting" };

  constructor(order: InstanceOrder) {
    this.order = order;
  }

  get state(): InstanceState {
    return this.#state;
  }

  move(to: InstanceState): void {
    const legal: readonly string[] = INSTANCE_MOVES[this.#state.name];
    if (!legal.includes(to.name)) {
      throw new Error(`library ${this.order.key} cannot go from ${this.#state.name} to ${to.name}`);
    }
    this.#state = to;
  }

  get offer(): Offer {
    const slots = this.connections.reduce((sum, { facts }) => sum + facts.slots, 0);
    const lists = this.connections.map(({ facts }) => facts.functions);
    const isAny = lists.some((list) => list === undefined);
    const names = isAny ? [] : [...new Set(lists.flatMap((list) => list ?? []))];
    return {
      slots: Math.min(slots, LIMITS.librarySlots),
      functions: isAny ? undefined : names.slice(0, LIMITS.libraryFunctions),
    };
  }

  /** Nothing is on any of its connections. */
  get isIdle(): boolean {
    return this.connections.every(({ size }) => size === 0);
  }

  paceOf(name: string, key: string): FunctionPace {
    let pace = this.#paces.get(key);
    if (pace !== undefined) return pace;
    if (this.#paces.size >= MOST_PACES) this.#paces.clear();
    pace = new FunctionPace(name);
    this.#paces.set(key, pace);
    return pace;
  }
}
