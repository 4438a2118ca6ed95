import type { HeldCall } from "./lane.js";
import { GROUP_CALLS } from "./lane-memory.js";
import { GroupSize, type Pace } from "./pace.js";

/** Calls that have no thread yet, in the order of their arrival; those that come back go first. */
export class WaitingCalls {
  #returned: HeldCall[] = [];
  readonly #fresh = new Map<number, HeldCall>();

  get size(): number {
    return this.#returned.length + this.#fresh.size;
  }

  add(call: HeldCall): void {
    this.#fresh.set(call.id, call);
  }

  putBack(calls: readonly HeldCall[]): void {
    if (calls.length > 0) this.#returned = [...calls, ...this.#returned];
  }

  /** Undefined: none of this number waits. */
  remove(id: number): HeldCall | undefined {
    const call = this.#fresh.get(id) ?? this.#returned.find((one) => one.id === id);
    this.#fresh.delete(id);
    this.#returned = this.#returned.filter((one) => one.id !== id);
    return call;
  }

  /** What the next free thread is to run: one call, or several that are short. `threads` share what waits. */
  takeGroup(pace: Pace, threads: number): HeldCall[] {
    const size = new GroupSize(Math.min(GROUP_CALLS, Math.ceil(this.size / threads)));
    const group: HeldCall[] = [];
    for (const call of this.#inOrder()) {
      if (group.length > 0 && hasLimit(call)) break;
      if (!size.admits(pace.expectedUs(call.function))) break;
      group.push(call);
      if (hasLimit(call)) break;
    }
    for (const call of group) this.#fresh.delete(call.id);
    this.#returned = this.#returned.filter((call) => !group.includes(call));
    return group;
  }

  *#inOrder(): Generator<HeldCall> {
    yield* this.#returned;
    yield* this.#fresh.values();
  }
}

/** It goes alone: its time begins when it is handed over, and its thread may be one of its own. */
function hasLimit({ wallMs, memory }: HeldCall): boolean {
  return wallMs !== undefined || memory !== undefined;
}
