import type { Writable } from "node:stream";
import { type Blobs, encodeFrame } from "./frames.js";

/** Gathers what is said in a turn and writes it as one frame. */
export class FrameWriter<M extends object & Blobs> {
  readonly #target: Writable;
  #waiting: M[] = [];

  constructor(target: Writable) {
    this.#target = target;
  }

  send(message: M): void {
    if (this.#waiting.length === 0) setImmediate(() => this.flush());
    this.#waiting.push(message);
  }

  flush(): void {
    const messages = this.#waiting;
    this.#waiting = [];
    if (messages.length === 0 || !this.#target.writable) return;
    this.#target.write(Buffer.concat(encodeFrame(messages)));
  }
}
