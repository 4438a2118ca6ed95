import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";
import { inParallel } from "../remove-tree.js";
import { type Stamp, stampOf } from "../stamp.js";

export interface TreeEntry {
  /** Relative to the tree. */
  readonly path: string;
  readonly kind: "file" | "directory" | "symlink";
  readonly stamp: Stamp;
}

const PARALLEL = 8;

/** All entries below a directory, parents before children. Rejects for what is neither file, directory nor link. */
export async function mapTree(root: string): Promise<TreeEntry[]> {
  const found: TreeEntry[] = [];
  let level = [""];
  while (level.length > 0) {
    const next: string[] = [];
    await inParallel(level, PARALLEL, async (directory) => {
      for (const entry of await mapDirectory(root, directory)) {
        found.push(entry);
        if (entry.kind === "directory") next.push(entry.path);
      }
    });
    level = next;
  }
  return found;
}

async function mapDirectory(root: string, directory: string): Promise<TreeEntry[]> {
  const names = await readdir(join(root, directory));
  return await Promise.all(
    names.map(async (name) => {
      const path = directory === "" ? name : `${directory}/${name}`;
      const stat = await lstat(join(root, path));
      const kind = stat.isFile() ? "file" : stat.isDirectory() ? "directory" : "symlink";
      return { path, kind, stamp: stampOf(stat) };
    }),
  );
}
