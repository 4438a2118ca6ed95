import type { Socket } from "node:net";
import { FetchError } from "../../fetch-error.js";
import { Slabs } from "./slabs.js";

/** Full slabs that may wait between the socket and who reads from it. */
const MOST_WAITING = 2;

/**
 * The bytes of a socket, pulled. Stalls are counted only while we are ready to take bytes: a slow disk of our own is
 * not the other end's fault.
 */
export class SocketReader {
  readonly #socket: Socket;
  readonly #stallMs: number;
  readonly #slabs: Slabs;
  /** Handed out and not to be filled again yet: the last two. */
  readonly #inUse: Uint8Array[] = [];
  #isPaused = false;
  #isEnded = false;
  #failure: Error | undefined;
  #wake: (() => void) | undefined;

  /** `slabs`: those that the socket was connected with, if it was. */
  constructor(socket: Socket, stallMs: number, slabs?: Slabs) {
    this.#socket = socket;
    this.#stallMs = stallMs;
    this.#slabs = slabs ?? new Slabs();
    socket.setTimeout(stallMs, () => this.#stalled());
    if (slabs === undefined) socket.on("data", (chunk: Buffer) => this.#slabs.copy(chunk));
    this.#slabs.tell(() => this.#filled());
    socket.on("error", (error) => this.#end(error));
    socket.on("close", () => this.#end(undefined));
    socket.on("end", () => this.#end(undefined));
  }

  /**
   * The next bytes, in shared memory, good until the second next call; undefined at the end. Fewer than `atLeast`
   * where a slab or the connection ends. Rejects when the connection broke or stalled.
   */
  async read(atLeast = 1): Promise<Uint8Array | undefined> {
    if (this.#inUse.length > 1) this.#release();
    for (;;) {
      const chunk = this.#slabs.take(this.#isEnded ? 1 : atLeast);
      if (chunk !== undefined) return this.#handOut(chunk);
      if (this.#failure !== undefined) throw this.#failure;
      if (this.#isEnded) return undefined;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  #handOut(chunk: Uint8Array): Uint8Array {
    this.#inUse.push(chunk);
    if (this.#isPaused && this.#slabs.waiting < MOST_WAITING) this.#resume();
    return chunk;
  }

  #release(): void {
    const chunk = this.#inUse.shift();
    if (chunk !== undefined) this.#slabs.giveBack(chunk);
  }

  #filled(): void {
    if (!this.#isPaused && this.#slabs.waiting >= MOST_WAITING) this.#pause();
    this.#rouse();
  }

  #pause(): void {
    this.#isPaused = true;
    this.#socket.pause();
    this.#socket.setTimeout(0);
  }

  #resume(): void {
    this.#isPaused = false;
    this.#socket.setTimeout(this.#stallMs);
    this.#socket.resume();
  }

  #stalled(): void {
    if (this.#isPaused) return;
    this.#socket.destroy(
      new FetchError("TRANSFER_STALLED", "source", `no byte arrived for ${this.#stallMs / 1000} s`),
    );
  }

  #end(error: Error | undefined): void {
    this.#isEnded = true;
    this.#failure ??= error;
    this.#rouse();
  }

  #rouse(): void {
    this.#wake?.();
    this.#wake = undefined;
  }
}
