import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";
import type { FileKind } from "@taskvine/core/model";

/** What lies at a path: a file or a tree, and its bytes. Undefined for anything else, or nothing. */
export async function measure(path: string): Promise<{ kind: FileKind; size: number } | undefined> {
  const stat = await lstat(path).catch(() => undefined);
  if (stat?.isFile() === true) return { kind: "file", size: stat.size };
  if (stat?.isDirectory() === true) return { kind: "tree", size: await treeSize(path) };
  return undefined;
}

/** Bytes of all regular files of a tree. */
async function treeSize(directory: string): Promise<number> {
  let bytes = 0;
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) bytes += await treeSize(path);
    else if (entry.isFile()) bytes += (await lstat(path)).size;
  }
  return bytes;
}
