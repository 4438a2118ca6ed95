import { readFile, rm, stat } from "node:fs/promises";
import { VineError } from "../../model/errors.js";

/** A value up to this size is sent with the news all the same. */
const SENT_BYTES = 8 * 1024 * 1024;

/** Values of one client's calls that were too large to come from the worker with the news: they lie in files here. */
export class LargeValues {
  readonly #paths = new Map<number, string>();

  /** The bytes, where they can be sent at once; else undefined, and the file is kept for `take`. */
  async read(task: number, path: string): Promise<Uint8Array | undefined> {
    if ((await stat(path)).size > SENT_BYTES) {
      this.#paths.set(task, path);
      return undefined;
    }
    const bytes = await readFile(path);
    await remove(path);
    return bytes;
  }

  /** `use` gets the path; afterwards the file goes. Throws VALUE_LOST. */
  async take<T>(task: number, use: (path: string) => Promise<T>): Promise<T> {
    const path = this.#paths.get(task);
    if (path === undefined)
      throw new VineError(
        "VALUE_LOST",
        `there is no large value of task ${task} here, or it was fetched already`,
      );
    const used = await use(path);
    this.#paths.delete(task);
    await remove(path);
    return used;
  }

  async clear(): Promise<void> {
    const paths = [...this.#paths.values()];
    this.#paths.clear();
    await Promise.all(paths.map(remove));
  }
}

async function remove(path: string): Promise<void> {
  await rm(path, { force: true }).catch(() => undefined);
}
