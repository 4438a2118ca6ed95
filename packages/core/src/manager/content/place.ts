import { chmod, lstat, mkdir, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { removeTree } from "../../data/index.js";
import type { FileKind } from "../../files/file.js";

/** Name beside `path`, on the same file system, for something on its way there. */
export function besidePath(path: string, mark: string): string {
  return join(dirname(path), `.${basename(path)}.vine-${mark}`);
}

/** The folder that is to take `path`. */
export async function makeFolderFor(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
}

/** Puts what has arrived in its place: as the user's own (writable by them), over what was there before. */
export async function putInPlace(arrived: string, path: string, kind: FileKind): Promise<void> {
  await makeWritable(arrived, kind);
  if (kind === "file") {
    await rename(arrived, path);
    return;
  }
  const old = besidePath(arrived, "old");
  const moved = await rename(path, old).then(
    () => true,
    () => false,
  );
  await rename(arrived, path);
  if (moved) await removeTree(old);
}

/** Removes a file or tree, read-only or not; nothing there is fine. */
export async function discard(path: string): Promise<void> {
  const stats = await lstat(path).catch(() => undefined);
  if (stats === undefined) return;
  if (stats.isDirectory()) await removeTree(path);
  else await rm(path, { force: true });
}

/** Gives a read-only file or tree the modes that the user's own new files have. */
export async function makeWritable(path: string, kind: FileKind): Promise<void> {
  const umask = process.umask();
  const { mode } = await lstat(path);
  const open = kind === "tree" || (mode & 0o111) !== 0 ? 0o777 : 0o666;
  await chmod(path, open & ~umask);
  if (kind === "file") return;
  for (const entry of await readdir(path, { withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue;
    await makeWritable(join(path, entry.name), entry.isDirectory() ? "tree" : "file");
  }
}
