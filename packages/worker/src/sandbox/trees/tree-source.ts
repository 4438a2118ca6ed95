import { lstatSync, type Stats } from "node:fs";
import { lstat } from "node:fs/promises";
import { join } from "node:path";
import { breaths } from "../breaths.js";
import { isSame } from "../stamp.js";
import { mapTree, type TreeEntry } from "./tree-map.js";

/** A tree of the cache and what it held when we first looked. */
export class TreeSource {
  readonly path: string;
  readonly entries: readonly TreeEntry[];
  /** Of its files. */
  readonly inodes: ReadonlySet<number>;
  readonly #ino: number;
  readonly #ctimeMs: number;

  static async read(path: string): Promise<TreeSource> {
    const { ino, ctimeMs } = await lstat(path);
    return new TreeSource(path, await mapTree(path), { ino, ctimeMs });
  }

  private constructor(path: string, entries: readonly TreeEntry[], top: { ino: number; ctimeMs: number }) {
    this.path = path;
    this.entries = entries;
    this.inodes = new Set(entries.filter(({ kind }) => kind === "file").map(({ stamp }) => stamp.ino));
    this.#ino = top.ino;
    this.#ctimeMs = top.ctimeMs;
  }

  /** Whether this is still the tree at its path: a name of the cache may be dropped, and filled anew. */
  async isCurrent(): Promise<boolean> {
    const top = await lstat(this.path).catch(() => undefined);
    return top?.ino === this.#ino && top.ctimeMs === this.#ctimeMs;
  }

  /** Whether anything in the cache's tree is no longer what it was. */
  async isDamaged(): Promise<boolean> {
    const breathe = breaths();
    for (const { path, stamp } of this.entries) {
      const stat = lookAt(join(this.path, path));
      if (stat === undefined || !isSame(stat, stamp)) return true;
      await breathe();
    }
    return false;
  }
}

function lookAt(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
