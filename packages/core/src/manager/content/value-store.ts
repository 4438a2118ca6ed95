import { closeSync, ftruncateSync, openSync, readSync, writeSync } from "node:fs";
import type { FileId } from "../../model/ids.js";

/** Where a value lies in the overflow file. */
interface Place {
  readonly offset: number;
  readonly length: number;
}

const PRIVATE = 0o600;

/**
 * Small results of function calls that travelled here with the news: nobody else has them. So many bytes are kept in
 * memory; what comes on top lies in one file, which is made when it is needed and starts anew when it is empty.
 */
export class ValueStore {
  readonly #path: string;
  readonly #most: number;
  readonly #held = new Map<FileId, Uint8Array>();
  readonly #placed = new Map<FileId, Place>();
  #heldBytes = 0;
  #overflow: number | undefined;
  #end = 0;

  /** `path`: of the overflow file. */
  constructor(path: string, mostBytes: number) {
    this.#path = path;
    this.#most = mostBytes;
  }

  has(file: FileId): boolean {
    return this.#held.has(file) || this.#placed.has(file);
  }

  /** Values never change: a second one for the same file takes the place of the first only where that is gone. */
  put(file: FileId, bytes: Uint8Array): void {
    if (this.has(file)) return;
    if (this.#heldBytes + bytes.length > this.#most) {
      this.#placed.set(file, this.#append(bytes));
      return;
    }
    this.#held.set(file, bytes);
    this.#heldBytes += bytes.length;
  }

  get(file: FileId): Uint8Array | undefined {
    const held = this.#held.get(file);
    if (held !== undefined) return held;
    const place = this.#placed.get(file);
    return place === undefined ? undefined : this.#read(place);
  }

  drop(file: FileId): void {
    const held = this.#held.get(file);
    if (held !== undefined) {
      this.#heldBytes -= held.length;
      this.#held.delete(file);
    } else if (this.#placed.delete(file) && this.#placed.size === 0) {
      this.#end = 0;
      if (this.#overflow !== undefined) ftruncateSync(this.#overflow);
    }
  }

  close(): void {
    this.#held.clear();
    this.#placed.clear();
    if (this.#overflow !== undefined) closeSync(this.#overflow);
    this.#overflow = undefined;
  }

  #append(bytes: Uint8Array): Place {
    this.#overflow ??= openSync(this.#path, "w+", PRIVATE);
    const place = { offset: this.#end, length: bytes.length };
    for (let done = 0; done < bytes.length; )
      done += writeSync(this.#overflow, bytes, done, bytes.length - done, place.offset + done);
    this.#end += bytes.length;
    return place;
  }

  #read({ offset, length }: Place): Uint8Array {
    const bytes = Buffer.allocUnsafe(length);
    for (let done = 0; done < length; ) {
      const read =
        this.#overflow === undefined
          ? 0
          : readSync(this.#overflow, bytes, done, length - done, offset + done);
      if (read === 0) throw new Error(`${this.#path} is shorter than what was written there`);
      done += read;
    }
    return bytes;
  }
}
