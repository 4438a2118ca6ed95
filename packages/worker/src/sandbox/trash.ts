import { chmod, mkdir, rename } from "node:fs/promises";
import { join } from "node:path";
import { removeTree } from "./remove-tree.js";

/** So many things are removed at a time, off the critical path. */
const PARALLEL = 2;

/** Makes things disappear at once (a rename) and removes them in the background. */
export class Trash {
  readonly #directory: string;
  readonly #waiting: string[] = [];
  #lanes = 0;
  #count = 0;
  #idle: (() => void)[] = [];

  private constructor(directory: string) {
    this.#directory = directory;
  }

  /** `directory` must be on the file system of what is thrown into it. */
  static async open(directory: string): Promise<Trash> {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    return new Trash(directory);
  }

  /** Resolves when nothing is left at `path`; what is not there is no error. */
  async throw(path: string): Promise<void> {
    this.#count += 1;
    const place = join(this.#directory, String(this.#count));
    try {
      await rename(path, place);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
      // A directory moves to another parent only where it may be written itself.
      await chmod(path, 0o700).catch(() => undefined);
      await rename(path, place);
    }
    this.#waiting.push(place);
    if (this.#lanes < PARALLEL) void this.#empty();
  }

  /** Resolves when all that was thrown away has been removed. */
  async settled(): Promise<void> {
    if (this.#lanes > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  async #empty(): Promise<void> {
    this.#lanes += 1;
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift())
      await removeTree(next);
    this.#lanes -= 1;
    if (this.#lanes === 0) for (const resolve of this.#idle.splice(0)) resolve();
  }
}
