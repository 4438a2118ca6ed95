import type { Buffer } from "node:buffer";
import type { Socket } from "node:net";
import { FetchError } from "../fetch-error.js";

/** Bytes that may wait between a socket and who reads from it. */
const QUEUE_BYTES = 4 * 1024 * 1024;

/**
 * The bytes of a socket, pulled. Stalls are counted only while we are ready to take bytes: a slow disk of our own is
 * not the other end's fault.
 */
export class SocketReader {
  readonly #socket: Socket;
  readonly #queue: Uint8Array[] = [];
  readonly #stallMs: number;
  #queued = 0;
  #ended = false;
  #failure: Error | undefined;
  #wake: (() => void) | undefined;

  constructor(socket: Socket, stallMs: number) {
    this.#socket = socket;
    this.#stallMs = stallMs;
    socket.setTimeout(stallMs, () => this.#stalled());
    socket.on("data", (chunk: Buffer) => this.#take(chunk));
    socket.on("error", (error) => this.#end(error));
    socket.on("close", () => this.#end(undefined));
    socket.on("end", () => this.#end(undefined));
  }

  /** The next bytes; undefined at the end. Rejects when the connection broke or stalled. */
  async read(): Promise<Uint8Array | undefined> {
    while (this.#queue.length === 0) {
      if (this.#failure !== undefined) throw this.#failure;
      if (this.#ended) return undefined;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const chunk = this.#queue.shift();
    this.#queued -= chunk?.length ?? 0;
    if (this.#socket.isPaused() && this.#queued < QUEUE_BYTES / 2) {
      this.#socket.setTimeout(this.#stallMs);
      this.#socket.resume();
    }
    return chunk;
  }

  #take(chunk: Uint8Array): void {
    this.#queue.push(chunk);
    this.#queued += chunk.length;
    if (this.#queued >= QUEUE_BYTES) {
      this.#socket.pause();
      this.#socket.setTimeout(0);
    }
    this.#rouse();
  }

  #stalled(): void {
    if (this.#socket.isPaused()) return;
    this.#socket.destroy(
      new FetchError("TRANSFER_STALLED", "source", `no byte arrived for ${this.#stallMs / 1000} s`),
    );
  }

  #end(error: Error | undefined): void {
    this.#ended = true;
    this.#failure ??= error;
    this.#rouse();
  }

  #rouse(): void {
    this.#wake?.();
    this.#wake = undefined;
  }
}
