import { lstat, mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Mount } from "../run/contract.js";
import { diskUsage } from "./disk-usage.js";
import { type Placing, placeFile } from "./place-file.js";
import { inParallel } from "./remove-tree.js";
import type { Sandbox } from "./sandbox-pool.js";
import { isSame, type Stamp, stampOf } from "./stamp.js";
import type { TreeClone } from "./trees/tree-clone.js";
import { LARGE_ENTRIES, type TreeClones } from "./trees/tree-clones.js";

/** So many links are made at a time. */
const PARALLEL = 8;

export interface MountTools {
  readonly placing: Placing;
  readonly trees: TreeClones;
}

/** The inputs in one sandbox. */
export class Mounts {
  readonly #sandbox: Sandbox;
  readonly #tools: MountTools;
  /** Entries of the cache that share their inode with a name in the sandbox. */
  readonly #linked: { readonly path: string; readonly stamp: Stamp }[] = [];
  readonly #inodes = new Set<number>();
  readonly #clones: TreeClone[] = [];
  /** Files directly in the box. */
  readonly #names = new Set<string>();

  constructor(sandbox: Sandbox, tools: MountTools) {
    this.#sandbox = sandbox;
    this.#tools = tools;
  }

  /** Names directly in the box that can simply be unlinked. */
  get names(): ReadonlySet<string> {
    return this.#names;
  }

  /** Puts the inputs into the box, and makes the directories in which outputs are expected. */
  async place(mounts: readonly Mount[], outputNames: readonly string[]): Promise<void> {
    const names = [...mounts.map(({ name }) => name), ...outputNames];
    const trees = mounts.filter(({ kind }) => kind === "tree").sort((a, b) => depth(a.name) - depth(b.name));
    for (const { name, path } of trees) {
      await this.#makeParents([name]);
      const alone = names.filter((other) => overlaps(name, other)).length === 1;
      this.#clones.push(await this.#tools.trees.mount(path, join(this.#sandbox.box, name), alone));
    }
    const files = mounts.filter(({ kind }) => kind === "file");
    await this.#makeParents([...files.map(({ name }) => name), ...outputNames]);
    await inParallel(files, PARALLEL, async ({ name, path }) => await this.#placeFile(path, name));
  }

  /** Paths of the mounts whose cache entries are no longer what they were. Large trees are checked later. */
  async damaged(): Promise<string[]> {
    const damaged = new Set<string>();
    await inParallel(this.#linked, PARALLEL, async ({ path, stamp }) => {
      const stat = await lstat(path).catch(() => undefined);
      if (stat === undefined || !isSame(stat, stamp)) damaged.add(path);
    });
    for (const { source } of this.#clones) {
      if (source.entries.length <= LARGE_ENTRIES && (await source.isDamaged())) damaged.add(source.path);
    }
    return [...damaged];
  }

  /** Bytes that the task has on disk, without its inputs. */
  async diskUsage(): Promise<number> {
    const isInput = (ino: number): boolean =>
      this.#inodes.has(ino) ||
      this.#clones.some(({ source, copies }) => source.inodes.has(ino) || copies.has(ino));
    const skip = new Set(this.#clones.map(({ path }) => path));
    let bytes = await diskUsage([this.#sandbox.box, this.#sandbox.tmp], { isInput, skip });
    for (const clone of this.#clones) bytes += await clone.diskUsage(isInput);
    return bytes;
  }

  /** Call when no process of the task is left, before the sandbox is given back. */
  async release(): Promise<void> {
    for (const clone of this.#clones) await this.#tools.trees.unmount(clone).catch(() => undefined);
  }

  async #placeFile(path: string, name: string): Promise<void> {
    const stat = await lstat(path);
    const to = join(this.#sandbox.box, name);
    if (await placeFile(path, to, this.#tools.placing)) {
      this.#linked.push({ path, stamp: stampOf(stat) });
      this.#inodes.add(stat.ino);
    } else this.#inodes.add((await lstat(to)).ino);
    if (!name.includes("/")) this.#names.add(name);
  }

  async #makeParents(names: readonly string[]): Promise<void> {
    const parents = new Set(names.map((name) => dirname(name)).filter((parent) => parent !== "."));
    for (const parent of parents) await mkdir(join(this.#sandbox.box, parent), { recursive: true });
  }
}

/** Whether one name is the other, or within it. */
function overlaps(name: string, other: string): boolean {
  return name === other || name.startsWith(`${other}/`) || other.startsWith(`${name}/`);
}

function depth(name: string): number {
  return name.split("/").length;
}
