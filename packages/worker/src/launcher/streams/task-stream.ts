import { closeSync, readSync } from "node:fs";
import { Socket } from "node:net";
import type { Readable } from "node:stream";
import type { Capture } from "./capture.js";

const PIECE_BYTES = 64 * 1024;
/** More than a pipe can hold: when so much was there after the end, somebody is still writing. */
const MAX_DRAIN = 16;

const piece = Buffer.allocUnsafe(PIECE_BYTES);

/**
 * One output stream of a task. Most tasks are over before they have written what a pipe can hold: then what is in it is
 * read at the end, without ever setting up the machinery that waits for data.
 */
export class TaskStream {
  readonly #capture: Capture;
  readonly #fd: number | undefined;
  #source: Readable | undefined;
  #onEnd: () => void = () => undefined;
  #ended = false;

  /** From a descriptor that does not block, or from a stream that Node made. */
  constructor(from: number | Readable, capture: Capture) {
    this.#capture = capture;
    if (typeof from === "number") this.#fd = from;
    else this.#follow(from);
  }

  /** Begins to read as data comes. */
  listen(): void {
    if (this.#source !== undefined || this.#ended || this.#fd === undefined) return;
    this.#follow(new Socket({ fd: this.#fd, readable: true, writable: false }));
  }

  /** The main process has ended: calls back when nobody can write any more, or after `cut`. */
  finish(onEnd: () => void): void {
    this.#onEnd = onEnd;
    if (this.#source === undefined && this.#fd !== undefined && this.#drain(this.#fd)) {
      closeSync(this.#fd);
      this.#end();
    } else if (this.#ended) onEnd();
    else this.listen();
  }

  /** Stops reading a pipe that somebody holds open. */
  cut(): void {
    this.#source?.destroy();
  }

  /** Whether all writers are gone. */
  #drain(fd: number): boolean {
    for (let count = 0; count < MAX_DRAIN; count += 1) {
      try {
        const length = readSync(fd, piece, 0, PIECE_BYTES, null);
        if (length === 0) return true;
        this.#capture.take(Buffer.from(piece.subarray(0, length)));
      } catch {
        return false; // nothing there, but somebody may still write
      }
    }
    return false;
  }

  #follow(source: Readable): void {
    this.#source = source;
    this.#capture.throttle(source);
    source.on("data", (data: Buffer) => this.#capture.take(data));
    source.on("error", () => undefined); // a broken pipe ends the stream like its end does
    source.once("close", () => this.#end());
  }

  #end(): void {
    this.#ended = true;
    this.#onEnd();
  }
}
