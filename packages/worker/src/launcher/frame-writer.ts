import type { Writable } from "node:stream";
import { type Blobs, encodeFrame } from "./frames.js";

/** How long a message that is in no hurry waits for others, milliseconds. */
const PATIENCE_MS = 5;

/** Gathers what is said in a turn and writes it as one frame. */
export class FrameWriter<M extends object & Blobs> {
  readonly #target: Writable;
  #waiting: M[] = [];
  #urgent = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(target: Writable) {
    this.#target = target;
  }

  send(message: M): void {
    this.#waiting.push(message);
    if (this.#urgent) return;
    this.#urgent = true;
    setImmediate(() => this.flush());
  }

  /** With what is sent next, or alone where nothing is for a moment. */
  sendPatiently(message: M): void {
    this.#waiting.push(message);
    if (!this.#urgent) this.#timer ??= setTimeout(() => this.flush(), PATIENCE_MS);
  }

  flush(): void {
    const messages = this.#waiting;
    this.#waiting = [];
    this.#urgent = false;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (messages.length === 0 || !this.#target.writable) return;
    this.#target.write(Buffer.concat(encodeFrame(messages)));
  }
}
