import type { Attempt, CacheName, TaskId } from "@taskvine/core/model";
import type { AttemptKey } from "../../tables/order.js";
import { type CallEntry, type CallState, moveCall } from "./call.js";
import { RecentValues, withValue } from "./call-values.js";

const NONE: readonly CallEntry[] = [];

/** The calls that the manager waits for, and which of them wait for files. The only writer of their states. */
export class CallTable {
  readonly #all = new Map<TaskId, CallEntry>();
  readonly #waitingFor = new Map<CacheName, Set<CallEntry>>();
  /** Those that are to be done by a certain time. */
  readonly #timed = new Set<CallEntry>();
  /** Those whose value goes to a file, by its name. */
  readonly #makers = new Map<CacheName, CallEntry>();
  readonly #recent = new RecentValues();

  get size(): number {
    return this.#all.size;
  }

  get(task: TaskId, attempt: Attempt): CallEntry | undefined {
    const call = this.#all.get(task);
    return call?.attempt === attempt ? call : undefined;
  }

  values(): Iterable<CallEntry> {
    return this.#all.values();
  }

  /** Those with a time by which they must have ended. */
  timed(): Iterable<CallEntry> {
    return this.#timed;
  }

  get hasTimed(): boolean {
    return this.#timed.size > 0;
  }

  of(instance: AttemptKey): CallEntry[] {
    return [...this.#all.values()].filter((call) => call.instance === instance);
  }

  /** `absent`: inputs that are not in the cache. */
  add(call: CallEntry, absent: readonly CacheName[]): void {
    if (absent.length > 0) call.state = { name: "waiting", missing: absent.length };
    this.#all.set(call.task, call);
    for (const name of absent) this.#waitersOf(name).add(call);
    if (call.order.call.endWithinMs !== undefined) this.#timed.add(call);
    if (call.order.call.value !== undefined) this.#makers.set(call.order.call.value.cacheName, call);
  }

  /** Whether a call that is here is to return this. */
  isComing(cacheName: CacheName): boolean {
    return this.#makers.has(cacheName);
  }

  /** What a call that was here has returned lately, for calls that were linked to it. */
  recentValue(cacheName: CacheName): Uint8Array | undefined {
    return this.#recent.get(cacheName);
  }

  /** Calls that were linked to the one that returns this. */
  linkedTo(cacheName: CacheName): readonly CallEntry[] {
    const waiters = this.#waitingFor.get(cacheName);
    return waiters === undefined ? NONE : [...waiters].filter(({ order }) => order.call.linked === true);
  }

  /** A linked call gets what it waited for; whether that was all that it lacked. */
  giveValue(call: CallEntry, cacheName: CacheName, value: Uint8Array): boolean {
    this.#stopWaitingFor(call, cacheName);
    call.order = withValue(call.order, cacheName, value);
    return this.#inputCame(call);
  }

  /** Nobody waits for it yet, and somebody may. */
  remember(cacheName: CacheName, value: Uint8Array): void {
    this.#recent.put(cacheName, value);
  }

  /** Returns those that have all their inputs now. */
  inputArrived(cacheName: CacheName): CallEntry[] {
    const waiters = this.#waitingFor.get(cacheName);
    if (waiters === undefined) return [];
    this.#waitingFor.delete(cacheName);
    return [...waiters].filter((call) => this.#inputCame(call));
  }

  move(call: CallEntry, to: Exclude<CallState, { name: "gone" }>): void {
    moveCall(call, to);
  }

  /** Its fate is told, or nobody asks any more. */
  remove(call: CallEntry): void {
    if (call.state.name === "waiting") this.#stopWaiting(call);
    moveCall(call, { name: "gone" });
    this.#timed.delete(call);
    const { value } = call.order.call;
    if (value !== undefined && this.#makers.get(value.cacheName) === call)
      this.#makers.delete(value.cacheName);
    if (this.#all.get(call.task) === call) this.#all.delete(call.task);
  }

  /** Whether that was all that it lacked. */
  #inputCame(call: CallEntry): boolean {
    if (call.state.name !== "waiting") return false;
    const missing = call.state.missing - 1;
    if (missing > 0) call.state = { name: "waiting", missing };
    else moveCall(call, { name: "queued" });
    return missing === 0;
  }

  #waitersOf(name: CacheName): Set<CallEntry> {
    const waiters = this.#waitingFor.get(name) ?? new Set<CallEntry>();
    this.#waitingFor.set(name, waiters);
    return waiters;
  }

  #stopWaiting(call: CallEntry): void {
    for (const name of call.order.inputs) this.#stopWaitingFor(call, name);
  }

  #stopWaitingFor(call: CallEntry, name: CacheName): void {
    const waiters = this.#waitingFor.get(name);
    waiters?.delete(call);
    if (waiters?.size === 0) this.#waitingFor.delete(name);
  }
}
