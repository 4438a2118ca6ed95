import type { CallEntry } from "./call.js";

/** When so many have been taken from the front, the space is given back. */
const SPENT = 1_024;

/** Calls that wait for a library, in order of arrival; those that come back go first. Who has left in between is passed over. */
export class CallQueue {
  #calls: (CallEntry | undefined)[] = [];
  #at = 0;

  /** The next one, which stays. */
  peek(): CallEntry | undefined {
    while (this.#at < this.#calls.length) {
      const call = this.#calls[this.#at];
      if (call?.state.name === "queued") return call;
      this.#advance();
    }
    return undefined;
  }

  /** Takes out what `peek` showed. */
  shift(): void {
    this.#advance();
  }

  push(call: CallEntry): void {
    this.#calls.push(call);
  }

  /** Before all others, in this order. */
  putBack(calls: readonly CallEntry[]): void {
    this.#calls.splice(0, this.#at, ...calls);
    this.#at = 0;
  }

  #advance(): void {
    this.#calls[this.#at++] = undefined;
    if (this.#at < SPENT || this.#at * 2 < this.#calls.length) return;
    this.#calls.splice(0, this.#at);
    this.#at = 0;
  }
}
