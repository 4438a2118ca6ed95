import type { Allocation, CacheName, Resources } from "@taskvine/core/model";
import type { Assignment, AttemptKey } from "./order.js";

/**
 * `waiting`: an input is not here; `runnable`: waits for room only; `running`: handed to the runner;
 * `dying`: told to end, `fate` says what the manager is told afterwards.
 */
export type AttemptState =
  | { readonly name: "waiting"; readonly missing: number }
  | { readonly name: "runnable" }
  | { readonly name: "running" }
  | { readonly name: "dying"; readonly fate: "forget" | "return"; readonly message: string };

/** Every move of an attempt at a worker; `gone` is not kept. */
export const ATTEMPT_MOVES = {
  waiting: ["runnable", "gone"],
  runnable: ["running", "gone"],
  running: ["dying", "gone"],
  dying: ["gone"],
} as const satisfies Record<AttemptState["name"], readonly (AttemptState["name"] | "gone")[]>;

export interface AttemptEntry {
  readonly assignment: Assignment;
  /** Counts arrivals: the order of starting. */
  readonly order: number;
  readonly assignedAtMs: number;
  /** Since when an input is neither here nor coming. */
  patienceFromMs: number;
  /** How many later arrivals were started because this one did not fit. */
  overtaken: number;
  state: AttemptState;
}

const CORE_GRAIN = 1e-6;

/** The attempts given to this worker, in order of arrival, and what those that run have taken. The only writer of both. */
export class TaskTable {
  readonly #all = new Map<AttemptKey, AttemptEntry>();
  readonly #waitingFor = new Map<CacheName, Set<AttemptEntry>>();
  /** In order of arrival. */
  readonly #runnable: AttemptEntry[] = [];
  readonly #gpusInUse = new Set<number>();
  readonly #total: Resources;
  #free: Resources;
  #arrivals = 0;
  #active = 0;

  constructor(total: Resources) {
    this.#total = total;
    this.#free = total;
  }

  get size(): number {
    return this.#all.size;
  }

  /** What running and dying attempts have not taken. Disk is shared with the cache: see `allocatedDisk`. */
  get free(): Resources {
    return this.#free;
  }

  get allocatedDisk(): number {
    return this.#total.disk - this.#free.disk;
  }

  get(key: AttemptKey): AttemptEntry | undefined {
    return this.#all.get(key);
  }

  values(): Iterable<AttemptEntry> {
    return this.#all.values();
  }

  /** Those that wait for room only, in order of arrival. */
  runnable(): readonly AttemptEntry[] {
    return this.#runnable;
  }

  /** Those that have taken resources: running and dying. */
  get active(): number {
    return this.#active;
  }

  /** `isHere` tells which inputs are in the cache. */
  add(assignment: Assignment, nowMs: number, isHere: (name: CacheName) => boolean): AttemptEntry {
    const absent = assignment.inputs.filter((name) => !isHere(name));
    const order = ++this.#arrivals;
    const state: AttemptState = { name: "runnable" };
    const entry: AttemptEntry = {
      assignment,
      order,
      assignedAtMs: nowMs,
      patienceFromMs: nowMs,
      overtaken: 0,
      state,
    };
    this.#all.set(assignment.key, entry);
    for (const name of absent) this.#waitersOf(name).add(entry);
    if (absent.length > 0) entry.state = { name: "waiting", missing: absent.length };
    else this.#enqueue(entry);
    return entry;
  }

  inputArrived(cacheName: CacheName): void {
    const waiters = this.#waitingFor.get(cacheName);
    this.#waitingFor.delete(cacheName);
    for (const entry of waiters ?? []) {
      if (entry.state.name !== "waiting") continue;
      const missing = entry.state.missing - 1;
      this.#move(entry, missing > 0 ? { name: "waiting", missing } : { name: "runnable" });
      if (missing === 0) this.#enqueue(entry);
    }
  }

  /** Could it run if nothing else did? */
  fitsEver(allocation: Allocation): boolean {
    const { cores, memory, disk, gpus } = this.#total;
    return (
      allocation.cores <= cores + CORE_GRAIN &&
      allocation.memory <= memory &&
      allocation.disk <= disk &&
      allocation.gpus <= gpus
    );
  }

  /** Does it fit beside what runs? Disk is looked at by the caller, who knows the cache. */
  fitsNow(allocation: Allocation): boolean {
    const { cores, memory, gpus } = this.#free;
    return (
      allocation.cores <= cores + CORE_GRAIN &&
      allocation.memory <= memory &&
      allocation.gpus <= gpus &&
      !allocation.gpuIds.some((id) => this.#gpusInUse.has(id))
    );
  }

  run(entry: AttemptEntry): void {
    this.#dequeue(entry);
    this.#move(entry, { name: "running" });
    this.#active++;
    this.#take(entry.assignment.allocation, -1);
    for (const id of entry.assignment.allocation.gpuIds) this.#gpusInUse.add(id);
  }

  condemn(entry: AttemptEntry, fate: "forget" | "return", message: string): void {
    this.#move(entry, { name: "dying", fate, message });
  }

  remove(entry: AttemptEntry): void {
    if (!this.#all.delete(entry.assignment.key)) return;
    if (entry.state.name === "runnable") this.#dequeue(entry);
    if (entry.state.name === "waiting") this.#stopWaiting(entry);
    if (!isActive(entry.state)) return;
    this.#active--;
    this.#take(entry.assignment.allocation, 1);
    for (const id of entry.assignment.allocation.gpuIds) this.#gpusInUse.delete(id);
  }

  #move(entry: AttemptEntry, to: AttemptState): void {
    const from = entry.state.name;
    const legal: readonly string[] = ATTEMPT_MOVES[from];
    if (from !== to.name && !legal.includes(to.name)) {
      throw new Error(`attempt ${entry.assignment.key} cannot go from ${from} to ${to.name}`);
    }
    entry.state = to;
  }

  #enqueue(entry: AttemptEntry): void {
    let at = this.#runnable.length;
    while (at > 0 && (this.#runnable[at - 1]?.order ?? 0) > entry.order) at--;
    this.#runnable.splice(at, 0, entry);
  }

  #dequeue(entry: AttemptEntry): void {
    const at = this.#runnable.indexOf(entry);
    if (at >= 0) this.#runnable.splice(at, 1);
  }

  #waitersOf(name: CacheName): Set<AttemptEntry> {
    const waiters = this.#waitingFor.get(name) ?? new Set<AttemptEntry>();
    this.#waitingFor.set(name, waiters);
    return waiters;
  }

  #stopWaiting(entry: AttemptEntry): void {
    for (const name of entry.assignment.inputs) {
      const waiters = this.#waitingFor.get(name);
      waiters?.delete(entry);
      if (waiters?.size === 0) this.#waitingFor.delete(name);
    }
  }

  #take(allocation: Allocation, sign: 1 | -1): void {
    this.#free = {
      cores: Math.round((this.#free.cores + sign * allocation.cores) / CORE_GRAIN) * CORE_GRAIN,
      memory: this.#free.memory + sign * allocation.memory,
      disk: this.#free.disk + sign * allocation.disk,
      gpus: this.#free.gpus + sign * allocation.gpus,
    };
  }
}

export function isActive(state: AttemptState): boolean {
  return state.name === "running" || state.name === "dying";
}

export function isUnstarted(state: AttemptState): boolean {
  return state.name === "waiting" || state.name === "runnable";
}
