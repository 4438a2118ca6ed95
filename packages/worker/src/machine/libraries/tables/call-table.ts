import type { Attempt, CacheName, TaskId } from "@taskvine/core/model";
import type { AttemptKey } from "../../tables/order.js";
import { type CallEntry, type CallState, moveCall } from "./call.js";

/** The calls that the manager waits for, and which of them wait for files. The only writer of their states. */
export class CallTable {
  readonly #all = new Map<TaskId, CallEntry>();
  readonly #waitingFor = new Map<CacheName, Set<CallEntry>>();
  /** Those that are to be done by a certain time. */
  readonly #timed = new Set<CallEntry>();

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
  }

  /** Returns those that have all their inputs now. */
  inputArrived(cacheName: CacheName): CallEntry[] {
    const waiters = this.#waitingFor.get(cacheName);
    if (waiters === undefined) return [];
    this.#waitingFor.delete(cacheName);
    const complete: CallEntry[] = [];
    for (const call of waiters) {
      if (call.state.name !== "waiting") continue;
      const missing = call.state.missing - 1;
      if (missing > 0) call.state = { name: "waiting", missing };
      else {
        moveCall(call, { name: "queued" });
        complete.push(call);
      }
    }
    return complete;
  }

  move(call: CallEntry, to: Exclude<CallState, { name: "gone" }>): void {
    moveCall(call, to);
  }

  /** Its fate is told, or nobody asks any more. */
  remove(call: CallEntry): void {
    if (call.state.name === "waiting") this.#stopWaiting(call);
    moveCall(call, { name: "gone" });
    this.#timed.delete(call);
    if (this.#all.get(call.task) === call) this.#all.delete(call.task);
  }

  #waitersOf(name: CacheName): Set<CallEntry> {
    const waiters = this.#waitingFor.get(name) ?? new Set<CallEntry>();
    this.#waitingFor.set(name, waiters);
    return waiters;
  }

  #stopWaiting(call: CallEntry): void {
    for (const name of call.order.inputs) {
      const waiters = this.#waitingFor.get(name);
      waiters?.delete(call);
      if (waiters?.size === 0) this.#waitingFor.delete(name);
    }
  }
}
