import type { OnReadOpts } from "node:net";

/** Of the first slab, enough for the head of an answer, and of all others. */
const FIRST_BYTES = 64 * 1024;
const SLAB_BYTES = 1024 * 1024;
/** Slabs kept for use again: two at the reader, one being filled, and some between them. */
const MOST_FREE = 4;

/**
 * Memory for a socket to read into, one piece behind the other, so that whoever takes it has large blocks without a
 * copy; shared, so that threads can read it. Node's own small buffers cost three times as much, with TLS even more.
 * `onread` is to be given to `connect`, before there is a socket.
 */
export class Slabs {
  readonly #free: Uint8Array[] = [];
  /** Full or handed out before; in order. */
  readonly #full: Uint8Array[] = [];
  #slab: Uint8Array = new Uint8Array(new SharedArrayBuffer(FIRST_BYTES));
  /** Of `#slab`: handed out up to here, filled up to there. */
  #taken = 0;
  #filled = 0;
  #onFilled: () => void = () => undefined;

  readonly onread: OnReadOpts = {
    buffer: () => this.#slab.subarray(this.#filled),
    callback: (count) => {
      this.#fill(count);
      this.#onFilled();
      return true;
    },
  };

  /** Whom to tell that there are more bytes. */
  tell(onFilled: () => void): void {
    this.#onFilled = onFilled;
  }

  /** Bytes of a socket that was not connected with `onread`. */
  copy(chunk: Uint8Array): void {
    for (let done = 0; done < chunk.length; ) {
      const part = chunk.subarray(done, done + this.#slab.length - this.#filled);
      this.#slab.set(part, this.#filled);
      this.#fill(part.length);
      done += part.length;
    }
    this.#onFilled();
  }

  /** Slabs that are full and not yet handed out. */
  get waiting(): number {
    return this.#full.length;
  }

  /** The rest of a full slab, or what is there of the one being filled if that is so many bytes at least. */
  take(atLeast: number): Uint8Array | undefined {
    const full = this.#full.shift();
    if (full !== undefined) return full;
    if (this.#filled - this.#taken < Math.max(1, atLeast)) return undefined;
    const taken = this.#slab.subarray(this.#taken, this.#filled);
    this.#taken = this.#filled;
    return taken;
  }

  /** A chunk is not used any more. Chunks come back in the order in which they were taken. */
  giveBack(chunk: Uint8Array): void {
    const isEndOfSlab = chunk.byteOffset + chunk.length === SLAB_BYTES;
    if (isEndOfSlab && this.#free.length < MOST_FREE) this.#free.push(new Uint8Array(chunk.buffer));
  }

  #fill(count: number): void {
    this.#filled += count;
    if (this.#filled < this.#slab.length) return;
    const rest = this.#slab.subarray(this.#taken);
    this.#slab = this.#free.pop() ?? new Uint8Array(new SharedArrayBuffer(SLAB_BYTES));
    this.#taken = 0;
    this.#filled = 0;
    if (rest.length > 0) this.#full.push(rest);
  }
}
