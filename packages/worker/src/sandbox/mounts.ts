import { lstat, mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Mount } from "../run/contract.js";
import { diskUsage } from "./disk-usage.js";
import { type Placing, placeFile } from "./place-file.js";
import { inParallel } from "./remove-tree.js";
import type { Sandbox } from "./sandbox-pool.js";
import { type Change, changeOf, DamagedInput, type Stamp, stampOf } from "./stamp.js";
import type { TreeClone } from "./trees/tree-clone.js";
import type { TreeClones } from "./trees/tree-clones.js";

/** So many links are made at a time. */
const PARALLEL = 8;

export interface MountTools {
  readonly placing: Placing;
  readonly trees: TreeClones;
}

/** Paths of cache entries that are no longer what they were. */
export interface ChangedInputs {
  readonly loosened: readonly string[];
  readonly damaged: readonly string[];
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
    for (const { name, path, copy = false } of trees) {
      await this.#makeParents([name]);
      const alone = names.filter((other) => overlaps(name, other)).length === 1;
      const target = join(this.#sandbox.box, name);
      this.#clones.push(await this.#tools.trees.mount(path, target, { alone, copy }));
    }
    const files = mounts.filter(({ kind }) => kind === "file");
    await this.#makeParents([...files.map(({ name }) => name), ...outputNames]);
    await inParallel(files, PARALLEL, async (mount) => await this.#placeFile(mount));
  }

  /** What became of the cache entries that the task shared with others. Call when no process of the task is left. */
  async changed(): Promise<ChangedInputs> {
    const changes = new Map<string, Change>();
    await inParallel(this.#linked, PARALLEL, async ({ path, stamp }) => {
      changes.set(path, await changeAt(path, stamp));
    });
    for (const { source, isLinked } of this.#clones) {
      if (isLinked) changes.set(source.path, await source.change());
    }
    const those = (wanted: Change): string[] =>
      [...changes].filter(([, change]) => change === wanted).map(([path]) => path);
    return { loosened: those("loosened"), damaged: those("damaged") };
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

  async #placeFile({ path, name, copy, stamp: known }: Mount): Promise<void> {
    const stamp = known ?? stampOf(await lstat(path));
    const to = join(this.#sandbox.box, name);
    const placing = copy === true ? "copy" : this.#tools.placing;
    const isLinked = await placeFile(path, to, placing, stamp.mode);
    if ((await changeAt(path, stamp)) === "damaged") throw new DamagedInput(path);
    if (isLinked) this.#linked.push({ path, stamp });
    this.#inodes.add(isLinked ? stamp.ino : (await lstat(to)).ino);
    if (!name.includes("/")) this.#names.add(name);
  }

  async #makeParents(names: readonly string[]): Promise<void> {
    const parents = new Set(names.map((name) => dirname(name)).filter((parent) => parent !== "."));
    for (const parent of parents) await mkdir(join(this.#sandbox.box, parent), { recursive: true });
  }
}

async function changeAt(path: string, stamp: Stamp): Promise<Change> {
  return changeOf(await lstat(path).catch(() => undefined), stamp);
}

/** Whether one name is the other, or within it. */
function overlaps(name: string, other: string): boolean {
  return name === other || name.startsWith(`${other}/`) || other.startsWith(`${name}/`);
}

function depth(name: string): number {
  return name.split("/").length;
}
