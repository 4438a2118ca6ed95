import { lstatSync, type Stats } from "node:fs";
import { lstat, mkdir, readdir, rename } from "node:fs/promises";
import { join } from "node:path";
import { breaths } from "../breaths.js";
import { diskUsage } from "../disk-usage.js";
import { copySymlink, type Placing, placeFile } from "../place-file.js";
import { inParallel } from "../remove-tree.js";
import { mapTree } from "./tree-map.js";
import type { TreeSource } from "./tree-source.js";

const PARALLEL = 8;
/** The clock of a file system is this coarse: a younger stamp does not prove that nothing happened after it. */
const STAMP_MS = 50;

/** A directory of its own for each directory of a tree, with links to the tree's files. */
export class TreeClone {
  readonly source: TreeSource;
  /** Where it is now. */
  path: string;
  /** Inodes of files that had to be copied. */
  readonly copies: ReadonlySet<number>;
  /** What its directories looked like before the task, by path in the tree; "" is the clone itself. */
  readonly #looked = new Map<string, Stats>();
  #telling = false;

  private constructor(source: TreeSource, path: string, copies: ReadonlySet<number>) {
    this.source = source;
    this.path = path;
    this.copies = copies;
  }

  /** Makes a clone at `path`, which may be an empty directory already. */
  static async make(source: TreeSource, path: string, placing: Placing): Promise<TreeClone> {
    await mkdir(path, { recursive: true });
    const copies = new Set<number>();
    const directories = source.entries.filter(({ kind }) => kind === "directory");
    for (const directory of directories) await mkdir(join(path, directory.path));
    await inParallel(source.entries, PARALLEL, async (entry) => {
      const [from, to] = [join(source.path, entry.path), join(path, entry.path)];
      if (entry.kind === "symlink") await copySymlink(from, to);
      if (entry.kind === "file" && !(await placeFile(from, to, placing, entry.stamp.mode)))
        copies.add((await lstat(to)).ino);
    });
    const clone = new TreeClone(source, path, copies);
    for (const directory of ["", ...directories.map((entry) => entry.path)]) {
      clone.#looked.set(directory, lstatSync(join(path, directory)));
    }
    return clone;
  }

  /** Moves it to where a task will see it, or away from there. */
  async moveTo(path: string): Promise<void> {
    await rename(this.path, path);
    this.path = path;
    const now = Date.now();
    this.#telling = [...this.#looked.values()].every(({ ctimeMs }) => now - ctimeMs > STAMP_MS);
    this.#looked.set("", await lstat(path)); // moving changed its stamp
  }

  /** Whether what is written to one of its files may be written to the cache. */
  get isLinked(): boolean {
    return this.copies.size < this.source.inodes.size;
  }

  /** Whether it can serve another task: it has what the tree has, and shares all files with it. */
  async isWhole(): Promise<boolean> {
    if (this.copies.size > 0) return false;
    return this.#telling ? (await this.#changedDirectories()).length === 0 : await this.#isSameEntryByEntry();
  }

  /** Bytes that the task has written into it: only directories in which something was made are looked at. */
  async diskUsage(isInput: (ino: number) => boolean): Promise<number> {
    let bytes = 0;
    for (const directory of await this.#changedDirectories()) {
      const at = join(this.path, directory);
      const entries = await readdir(at, { withFileTypes: true }).catch(() => []);
      const known = (name: string): boolean =>
        this.#looked.has(directory === "" ? name : `${directory}/${name}`);
      const made = entries.filter((entry) => !(entry.isDirectory() && known(entry.name)));
      bytes += await diskUsage(
        made.map(({ name }) => join(at, name)),
        { isInput },
      );
    }
    return bytes;
  }

  async #isSameEntryByEntry(): Promise<boolean> {
    const found = await mapTree(this.path).catch(() => []);
    const files = new Map(this.source.entries.map((entry) => [entry.path, entry]));
    const same = found.every(({ path, kind, stamp }) => {
      if (kind === "directory") return isSameDirectory(stamp, this.#looked.get(path));
      return (
        files.get(path)?.kind === kind && (kind === "symlink" || files.get(path)?.stamp.ino === stamp.ino)
      );
    });
    const top = await lstat(this.path).catch(() => undefined);
    return (
      same && found.length === files.size && top !== undefined && isSameDirectory(top, this.#looked.get(""))
    );
  }

  async #changedDirectories(): Promise<string[]> {
    const changed: string[] = [];
    const breathe = breaths();
    for (const [directory, before] of this.#looked) {
      const stat = lstatSync(join(this.path, directory), { throwIfNoEntry: false });
      if (stat?.ino !== before.ino || stat.ctimeMs !== before.ctimeMs) changed.push(directory);
      await breathe();
    }
    return changed;
  }
}

type Identity = Pick<Stats, "ino" | "mode">;

function isSameDirectory(now: Identity, before: Identity | undefined): boolean {
  return now.ino === before?.ino && now.mode === before.mode;
}
