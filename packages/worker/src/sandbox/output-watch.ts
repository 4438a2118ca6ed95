import { constants, type FSWatcher, watch } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { dirname, join } from "node:path";

const PIECE_BYTES = 64 * 1024;
/** Notices may be lost or not be given at all (some network file systems): we look by ourselves this often. */
const FALLBACK_MS = 1_000;

/** Tells what is appended to a file of a sandbox. A file that becomes shorter is told from its beginning again. */
export class OutputWatch {
  readonly #path: string;
  readonly #tell: (offset: number, data: Uint8Array) => void;
  readonly #watcher: FSWatcher | undefined;
  readonly #timer: NodeJS.Timeout;
  #offset = 0;
  #reading: Promise<void> | undefined;
  #again = false;

  /** The directory of the file exists. */
  constructor(box: string, name: string, tell: (offset: number, data: Uint8Array) => void) {
    this.#path = join(box, name);
    this.#tell = tell;
    this.#watcher = watchDirectory(dirname(this.#path), () => this.#look());
    this.#timer = setInterval(() => this.#look(), FALLBACK_MS);
  }

  /** Tells the rest, and ends. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#watcher?.close();
    await this.#reading;
    await this.#read();
  }

  #look(): void {
    if (this.#reading !== undefined) {
      this.#again = true;
      return;
    }
    this.#reading = this.#read().finally(() => {
      this.#reading = undefined;
      if (!this.#again) return;
      this.#again = false;
      this.#look();
    });
  }

  async #read(): Promise<void> {
    // Not blocked by a pipe of that name, nor led elsewhere by a link.
    const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
    const file = await open(this.#path, flags).catch(() => undefined);
    if (file === undefined) return;
    try {
      await this.#readFrom(file);
    } catch {
      // told again at the next look
    } finally {
      await file.close();
    }
  }

  async #readFrom(file: FileHandle): Promise<void> {
    const stat = await file.stat();
    if (!stat.isFile()) return;
    if (stat.size < this.#offset) this.#offset = 0;
    while (this.#offset < stat.size) {
      const piece = Buffer.allocUnsafe(Math.min(PIECE_BYTES, stat.size - this.#offset));
      const { bytesRead } = await file.read(piece, 0, piece.byteLength, this.#offset);
      if (bytesRead === 0) return;
      this.#tell(this.#offset, piece.subarray(0, bytesRead));
      this.#offset += bytesRead;
    }
  }
}

function watchDirectory(directory: string, onChange: () => void): FSWatcher | undefined {
  try {
    const watcher = watch(directory, { persistent: false }, onChange);
    watcher.on("error", () => watcher.close());
    return watcher;
  } catch {
    return undefined; // out of watches: the timer looks
  }
}
