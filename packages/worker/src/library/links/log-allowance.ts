import { LIMITS } from "@taskvine/core/model";

/** What is used up comes back within this time. */
const REFILL_MS = 4_000;

/** What was left out since it was last told. */
export interface LeftOut {
  readonly messages: number;
  readonly bytes: number;
}

/** How much a library may say: `libraryLogBytes` at once, and as much again every four seconds. What is beyond that is counted. */
export class LogAllowance {
  #room: number = LIMITS.libraryLogBytes;
  #seenMs: number;
  #messages = 0;
  #bytes = 0;

  constructor(nowMs: number) {
    this.#seenMs = nowMs;
  }

  /** Whether a message of this size is to be passed on; one that is not is counted. */
  admits(bytes: number, nowMs: number): boolean {
    const most = LIMITS.libraryLogBytes;
    this.#room = Math.min(most, this.#room + (most * Math.max(0, nowMs - this.#seenMs)) / REFILL_MS);
    this.#seenMs = nowMs;
    if (bytes <= this.#room) {
      this.#room -= bytes;
      return true;
    }
    this.#messages += 1;
    this.#bytes += bytes;
    return false;
  }

  /** Undefined: nothing was left out since this was last asked. */
  takeLeftOut(): LeftOut | undefined {
    if (this.#messages === 0) return undefined;
    const leftOut = { messages: this.#messages, bytes: this.#bytes };
    this.#messages = 0;
    this.#bytes = 0;
    return leftOut;
  }
}
