import { type FileHandle, open } from "node:fs/promises";
import type { Readable } from "node:stream";
import type { CapturedStream } from "../messages.js";

export interface CaptureLimits {
  readonly tailBytes: number;
  readonly streamBytes: number;
}

/** So many small pieces are joined, lest a task that writes byte by byte costs a buffer for each. */
const MAX_PIECES = 64;

/**
 * Takes all that a process writes to one stream: the last bytes in memory, the whole in a file once it is more than
 * that, up to a bound; beyond it, or when the disk is full, the rest is counted and dropped. Reads no faster than the
 * file is written, so a stream of any length needs the memory of two pieces.
 */
export class Capture {
  #source: Readable | undefined;
  readonly #spillPath: string;
  readonly #limits: CaptureLimits;
  #pieces: Buffer[] = [];
  #kept = 0;
  #size = 0;
  #written = 0;
  #spilling = false;
  #truncated = false;
  #file: FileHandle | undefined;
  /** What the file still lacks. */
  #due: Buffer[] = [];
  #writing: Promise<void> | undefined;

  constructor(spillPath: string, limits: CaptureLimits) {
    this.#spillPath = spillPath;
    this.#limits = limits;
  }

  /** Where the pieces come from: made to wait while the file is written. */
  throttle(source: Readable): void {
    this.#source = source;
  }

  take(piece: Buffer): void {
    this.#size += piece.byteLength;
    const spills = this.#size > this.#limits.tailBytes;
    if (spills && !this.#truncated) this.#due.push(...(this.#spilling ? [] : this.#pieces), piece);
    this.#spilling ||= spills;
    this.#keep(piece);
    if (this.#due.length === 0) return;
    this.#source?.pause(); // what comes all the same waits in #due
    this.#writing ??= this.#spill().finally(() => {
      this.#writing = undefined;
      this.#source?.resume();
    });
  }

  /** Call once, when the stream has ended or was cut. */
  async finish(): Promise<{ readonly stream: CapturedStream; readonly tail: Buffer }> {
    if (this.#writing !== undefined) await this.#writing;
    const spilled = this.#file !== undefined;
    await this.#file?.close().catch(() => undefined);
    const all = Buffer.concat(this.#pieces);
    const tail = all.subarray(Math.max(0, all.byteLength - this.#limits.tailBytes));
    return { stream: { size: this.#size, spilled, truncated: this.#truncated }, tail };
  }

  #keep(piece: Buffer): void {
    this.#pieces = [...this.#pieces, piece];
    this.#kept += piece.byteLength;
    for (const oldest of this.#pieces) {
      if (this.#kept - oldest.byteLength < this.#limits.tailBytes) break;
      this.#kept -= oldest.byteLength;
      this.#pieces = this.#pieces.slice(1);
    }
    if (this.#pieces.length > MAX_PIECES) this.#pieces = [Buffer.concat(this.#pieces)];
  }

  async #spill(): Promise<void> {
    try {
      this.#file ??= await open(this.#spillPath, "wx", 0o600);
      for (let piece = this.#due.shift(); piece !== undefined; piece = this.#due.shift()) {
        await this.#append(this.#file, piece);
      }
    } catch {
      this.#truncated = true; // no space, or no room for another open file: the tail is still told
      this.#due = [];
    }
  }

  async #append(file: FileHandle, piece: Buffer): Promise<void> {
    const room = this.#limits.streamBytes - this.#written;
    if (piece.byteLength > room) this.#truncated = true;
    let rest = piece.subarray(0, Math.max(0, room));
    while (rest.byteLength > 0) {
      const { bytesWritten } = await file.write(rest);
      this.#written += bytesWritten;
      rest = rest.subarray(bytesWritten);
    }
  }
}
