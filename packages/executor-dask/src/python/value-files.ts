import { randomUUID } from "node:crypto";
import { open, rm } from "node:fs/promises";
import { join } from "node:path";
import { type ExecutorMessage, VineError, type VineFile } from "@taskvine/core/executor";

/** Bytes of one message. */
const PIECE_BYTES = 4 * 1024 * 1024;

/**
 * Files with values that were brought here for the program. On this machine it opens them by their path, and removes them;
 * elsewhere it asks for their content.
 */
export class ValueFiles {
  readonly #folder: string;
  readonly #paths = new Map<string, string>();
  #isClosed = false;

  /** `folder`: of the run. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  get isEmpty(): boolean {
    return this.#paths.size === 0;
  }

  async bring(file: VineFile): Promise<{ readonly name: string; readonly path: string }> {
    const name = randomUUID();
    const path = join(this.#folder, `dask-value-${name}`);
    this.#paths.set(name, path);
    await file.saveTo(path);
    if (this.#isClosed) await rm(path, { force: true });
    return { name, path };
  }

  /** The content of a file, which goes with that. */
  async *contents(name: string): AsyncGenerator<ExecutorMessage, void, undefined> {
    const path = this.#paths.get(name);
    if (path === undefined)
      throw new VineError("UNKNOWN_FILE", "this file of values was not given to anyone");
    const file = await open(path);
    try {
      for (;;) {
        const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(PIECE_BYTES), 0, PIECE_BYTES, null);
        if (bytesRead === 0) break;
        yield { body: {}, attachments: [buffer.subarray(0, bytesRead)] };
      }
    } finally {
      await file.close();
      await rm(path, { force: true });
    }
  }

  /** Nobody will open any of them. */
  async clear(): Promise<void> {
    this.#isClosed = true;
    const paths = [...this.#paths.values()];
    this.#paths.clear();
    await Promise.all(paths.map((path) => rm(path, { force: true })));
  }
}
