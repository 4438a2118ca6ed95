import { Buffer } from "node:buffer";
import type { OnReadOpts, Socket } from "node:net";
import { FetchError } from "../../fetch-error.js";

const SLAB_BYTES = 1024 * 1024;
/** Slabs of a socket that reads into our memory: one being filled, one being used, and some between them. */
const SLABS = 4;
/** Bytes that may wait between any other socket and who reads from it. */
const QUEUE_BYTES = 4 * SLAB_BYTES;

/**
 * Memory for a plain socket to read into: a megabyte at a time costs a third of what Node's small new buffers cost.
 * To be given to `connect`, before there is a socket.
 */
export class Slabs {
  readonly #free: Uint8Array[] = Array.from({ length: SLABS }, () => Buffer.allocUnsafeSlow(SLAB_BYTES));
  #take: (chunk: Uint8Array) => void = () => undefined;

  readonly onread: OnReadOpts = {
    buffer: () => this.#free.pop() ?? Buffer.allocUnsafeSlow(SLAB_BYTES),
    callback: (count, slab) => {
      this.#take(slab.subarray(0, count));
      return true;
    },
  };

  /** Who takes what was read. */
  deliver(take: (chunk: Uint8Array) => void): void {
    this.#take = take;
  }

  /** A chunk is not used any more. */
  giveBack(chunk: Uint8Array): void {
    if (this.#free.length < SLABS) this.#free.push(new Uint8Array(chunk.buffer));
  }
}

/**
 * The bytes of a socket, pulled. Stalls are counted only while we are ready to take bytes: a slow disk of our own is
 * not the other end's fault.
 */
export class SocketReader {
  readonly #socket: Socket;
  readonly #stallMs: number;
  readonly #slabs: Slabs | undefined;
  readonly #queue: Uint8Array[] = [];
  #inUse: Uint8Array | undefined;
  #queued = 0;
  #isPaused = false;
  #isEnded = false;
  #failure: Error | undefined;
  #wake: (() => void) | undefined;

  /** `slabs`: those that the socket was connected with, if it was. */
  constructor(socket: Socket, stallMs: number, slabs?: Slabs) {
    this.#socket = socket;
    this.#stallMs = stallMs;
    this.#slabs = slabs;
    socket.setTimeout(stallMs, () => this.#stalled());
    if (slabs === undefined) socket.on("data", (chunk: Buffer) => this.#take(chunk));
    else slabs.deliver((chunk) => this.#take(chunk));
    socket.on("error", (error) => this.#end(error));
    socket.on("close", () => this.#end(undefined));
    socket.on("end", () => this.#end(undefined));
  }

  /** The next bytes, good until the next call; undefined at the end. Rejects when the connection broke or stalled. */
  async read(): Promise<Uint8Array | undefined> {
    if (this.#inUse !== undefined) this.#slabs?.giveBack(this.#inUse);
    this.#inUse = undefined;
    while (this.#queue.length === 0) {
      if (this.#failure !== undefined) throw this.#failure;
      if (this.#isEnded) return undefined;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    this.#inUse = this.#queue.shift();
    this.#queued -= this.#inUse?.length ?? 0;
    if (this.#isPaused && !this.#isFull(0.5)) this.#resume();
    return this.#inUse;
  }

  #take(chunk: Uint8Array): void {
    this.#queue.push(chunk);
    this.#queued += chunk.length;
    if (this.#isFull(1)) this.#pause();
    this.#rouse();
  }

  /** Whether so much of the room between socket and reader is used. */
  #isFull(share: number): boolean {
    if (this.#slabs !== undefined) return this.#queue.length >= share * (SLABS - 2);
    return this.#queued >= share * QUEUE_BYTES;
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
