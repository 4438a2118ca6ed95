import { mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";

/** Writes what is appended to watched outputs to the paths of their files, in order, while the tasks run. */
export class WatchFiles {
  readonly #writing = new Map<string, Promise<void>>();

  /** A write at offset 0 begins anew: the task runs again. What cannot be written is left to the final copy. */
  write(path: string, offset: number, bytes: Uint8Array): void {
    const before = this.#writing.get(path) ?? Promise.resolve();
    const after = before.then(() => writeAt(path, offset, bytes)).catch(() => undefined);
    this.#writing.set(path, after);
    void after.then(() => {
      if (this.#writing.get(path) === after) this.#writing.delete(path);
    });
  }

  /** Resolves when all writes to this path are done. */
  async settled(path: string): Promise<void> {
    await this.#writing.get(path);
  }
}

async function writeAt(path: string, offset: number, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, offset === 0 ? "w" : "r+");
  try {
    await file.write(bytes, 0, bytes.length, offset);
  } finally {
    await file.close();
  }
}
