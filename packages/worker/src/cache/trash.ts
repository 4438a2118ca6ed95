import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { removeTree } from "@taskvine/core/data";
import { move } from "./move.js";

const REMOVALS_AT_A_TIME = 2;

/** Where things go that are to be deleted: out of the way at once, gone from disk in the background. */
export class Trash {
  readonly #directory: string;
  readonly #queue: string[] = [];
  readonly #removals = new Set<Promise<void>>();
  #count = 0;

  constructor(directory: string) {
    this.#directory = directory;
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    for (const name of readdirSync(directory)) this.#remove(join(directory, name));
  }

  /** Nothing at that path is fine. */
  discard(path: string): void {
    const aside = join(this.#directory, `${process.pid}-${++this.#count}`);
    try {
      move(path, aside);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
      this.#remove(path);
      return;
    }
    this.#remove(aside);
  }

  /** Resolves when everything thrown away so far is gone. */
  async emptied(): Promise<void> {
    while (this.#removals.size > 0) await Promise.all(this.#removals);
  }

  #remove(path: string): void {
    this.#queue.push(path);
    if (this.#removals.size >= REMOVALS_AT_A_TIME) return;
    const removal = this.#work().finally(() => this.#removals.delete(removal));
    this.#removals.add(removal);
  }

  async #work(): Promise<void> {
    for (let path = this.#queue.shift(); path !== undefined; path = this.#queue.shift()) {
      await removeTree(path).catch(() => undefined);
    }
  }
}
