import { lstat, mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Mount } from "../run/contract.js";
import { copySymlink, type Placing, placeFile } from "./place-file.js";
import { inParallel } from "./remove-tree.js";
import { isSame, type Stamp, stampOf } from "./stamp.js";
import { mapTree } from "./tree-map.js";

/** So many links are made at a time. */
const PARALLEL = 8;

/** An entry of the cache that shares its inode with a name in the sandbox. */
interface Watched {
  /** The mount's path: what is told when the entry was changed. */
  readonly mount: string;
  readonly path: string;
  readonly stamp: Stamp;
}

/** What was put into a sandbox. */
export interface Mounted {
  /** Names directly in the box that are hard links: cheap to remove again. */
  readonly links: ReadonlySet<string>;
  /** Inodes in the sandbox that are inputs: linked or copied. */
  readonly inodes: ReadonlySet<number>;
  /** Paths of the mounts whose cache entries are no longer what they were. */
  damaged(): Promise<string[]>;
}

/** Puts the inputs into `box`, and makes the directories in which outputs are expected. */
export async function mountAll(
  box: string,
  mounts: readonly Mount[],
  outputNames: readonly string[],
  placing: Placing,
): Promise<Mounted> {
  const placed: Placed = { watched: [], inodes: new Set() };
  const ordered = [...mounts].sort((a, b) => depth(a.name) - depth(b.name)); // a tree before what is mounted in it
  const trees = ordered.filter((mount) => mount.kind === "tree");
  const files = ordered.filter((mount) => mount.kind !== "tree");
  for (const tree of trees) {
    await makeParents(box, [tree.name]);
    await mountTree(box, tree, placing, placed);
  }
  await makeParents(box, [...files.map((file) => file.name), ...outputNames]);
  await inParallel(files, PARALLEL, async ({ name, path }) => {
    await place({ mount: path, path, stamp: stampOf(await lstat(path)) }, join(box, name), placing, placed);
  });
  return {
    links: new Set(files.map((file) => file.name).filter((name) => !name.includes("/"))),
    inodes: placed.inodes,
    damaged: () => findDamaged(placed.watched),
  };
}

interface Placed {
  readonly watched: Watched[];
  readonly inodes: Set<number>;
}

async function mountTree(box: string, mount: Mount, placing: Placing, placed: Placed): Promise<void> {
  const target = join(box, mount.name);
  await mkdir(target, { recursive: true });
  const entries = await mapTree(mount.path);
  for (const { path } of entries.filter((entry) => entry.kind === "directory"))
    await mkdir(join(target, path));
  await inParallel(entries, PARALLEL, async ({ path, kind, stamp }) => {
    const from = join(mount.path, path);
    if (kind === "symlink") await copySymlink(from, join(target, path));
    if (kind === "file")
      await place({ mount: mount.path, path: from, stamp }, join(target, path), placing, placed);
  });
}

async function place(source: Watched, to: string, placing: Placing, placed: Placed): Promise<void> {
  const shared = await placeFile(source.path, to, placing);
  if (shared) placed.watched.push(source);
  placed.inodes.add(shared ? source.stamp.ino : (await lstat(to)).ino);
}

async function makeParents(box: string, names: readonly string[]): Promise<void> {
  const parents = new Set(names.map((name) => dirname(name)).filter((parent) => parent !== "."));
  for (const parent of parents) await mkdir(join(box, parent), { recursive: true });
}

async function findDamaged(watched: readonly Watched[]): Promise<string[]> {
  const damaged = new Set<string>();
  await inParallel(watched, PARALLEL, async ({ mount, path, stamp }) => {
    const stat = await lstat(path).catch(() => undefined);
    if (stat === undefined || !isSame(stat, stamp)) damaged.add(mount);
  });
  return [...damaged];
}

function depth(name: string): number {
  return name.split("/").length;
}
