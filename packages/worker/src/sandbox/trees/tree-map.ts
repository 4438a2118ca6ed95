import { lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { breaths } from "../breaths.js";
import { type Stamp, stampOf } from "../stamp.js";

export interface TreeEntry {
  /** Relative to the tree. */
  readonly path: string;
  readonly kind: "file" | "directory" | "symlink";
  readonly stamp: Stamp;
}

/** All entries below a directory, parents before children. Rejects for what cannot be looked at. */
export async function mapTree(root: string): Promise<TreeEntry[]> {
  const found: TreeEntry[] = [];
  const directories = [""];
  const breathe = breaths();
  for (const directory of directories) {
    for (const name of readdirSync(join(root, directory))) {
      const path = directory === "" ? name : `${directory}/${name}`;
      const stat = lstatSync(join(root, path));
      const kind = stat.isFile() ? "file" : stat.isDirectory() ? "directory" : "symlink";
      found.push({ path, kind, stamp: stampOf(stat) });
      if (kind === "directory") directories.push(path);
      await breathe();
    }
  }
  return found;
}
