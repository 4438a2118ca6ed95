import { Buffer } from "node:buffer";
import type { Frame } from "./frame.js";

export type Verdict = { readonly type: "ok" } | { readonly type: "violation"; readonly sentence: string };

const OK: Verdict = { type: "ok" };

/**
 * Lets the frames of one session and direction through, each once and in order. What was replayed, left out, or belongs
 * to another session or to a handshake is a violation; after one nothing more is let through.
 */
export class FrameGate {
  readonly #session: Uint8Array;
  #next = 1;
  #broken: Verdict | undefined;

  constructor(session: Uint8Array) {
    this.#session = session;
  }

  check(frame: Frame): Verdict {
    if (this.#broken !== undefined) return this.#broken;
    const sentence = this.#faultOf(frame);
    if (sentence === undefined) {
      this.#next++;
      return OK;
    }
    this.#broken = { type: "violation", sentence };
    return this.#broken;
  }

  #faultOf(frame: Frame): string | undefined {
    if (frame.body.type === "hello" || frame.body.type === "welcome" || frame.body.type === "refused") {
      return `a ${frame.body.type} in the middle of a session`;
    }
    if (Buffer.compare(frame.session, this.#session) !== 0) return "a frame of another session";
    if (frame.sequence !== this.#next) return `frame ${frame.sequence} where ${this.#next} is next`;
    return undefined;
  }
}
