import { lstatSync, type Stats } from "node:fs";
import { lstat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { breaths } from "../breaths.js";
import { type Change, changeOf, type Stamp, worse } from "../stamp.js";
import { mapTree, type TreeEntry } from "./tree-map.js";

/** A look of that length is no burden, however often it is taken. */
const SHORT_LOOK_MS = 5;

/** A tree of the cache and what it held when we first looked. */
export class TreeSource {
  readonly path: string;
  readonly entries: readonly TreeEntry[];
  /** Of its files. */
  readonly inodes: ReadonlySet<number>;
  /** Its files, by absolute path: directories and links are made anew for each task. */
  readonly #shared: readonly { readonly path: string; readonly stamp: Stamp }[];
  readonly #ino: number;
  readonly #ctimeMs: number;
  #look: Promise<unknown> = Promise.resolve();
  #nextLook: Promise<Change> | undefined;

  static async read(path: string): Promise<TreeSource> {
    const { ino, ctimeMs } = await lstat(path);
    return new TreeSource(path, await mapTree(path), { ino, ctimeMs });
  }

  private constructor(path: string, entries: readonly TreeEntry[], top: { ino: number; ctimeMs: number }) {
    this.path = path;
    this.entries = entries;
    const files = entries.filter(({ kind }) => kind === "file");
    this.inodes = new Set(files.map(({ stamp }) => stamp.ino));
    this.#shared = files.map(({ path: name, stamp }) => ({ path: join(path, name), stamp }));
    this.#ino = top.ino;
    this.#ctimeMs = top.ctimeMs;
  }

  /** Whether this is still the tree at its path: a name of the cache may be dropped, and filled anew. */
  async isCurrent(): Promise<boolean> {
    const top = await lstat(this.path).catch(() => undefined);
    return top?.ino === this.#ino && top.ctimeMs === this.#ctimeMs;
  }

  /**
   * What became of the cache's tree. A look at 25,000 files takes a tenth of a second of the event loop, so one look that
   * begins after all of them asked answers everybody, and the next one waits for as long as the last one took.
   */
  change(): Promise<Change> {
    this.#nextLook ??= this.#look.then(() => {
      this.#nextLook = undefined;
      const beganMs = performance.now();
      const found = this.#lookAtAll();
      this.#look = found.then(async () => await rest(performance.now() - beganMs));
      return found;
    });
    return this.#nextLook;
  }

  async #lookAtAll(): Promise<Change> {
    const breathe = breaths();
    let change: Change = "none";
    for (const { path, stamp } of this.#shared) {
      change = worse(change, changeOf(lookAt(path), stamp));
      if (change === "damaged") return change;
      await breathe();
    }
    return change;
  }
}

/** Nobody waits where it was short. */
async function rest(lookMs: number): Promise<void> {
  if (lookMs > SHORT_LOOK_MS) await setTimeout(lookMs, undefined, { ref: false });
}

function lookAt(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
