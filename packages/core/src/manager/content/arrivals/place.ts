import { randomUUID } from "node:crypto";
import { chmod, lstat, mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { removeTree } from "../../../data/index.js";
import type { FileKind } from "../../../files/file.js";

const ALL = 0o777;
const EXECUTE = 0o111;
let modeOfNewFiles: Promise<number> | undefined;

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
  const { mode } = await lstat(path);
  const isOpen = kind === "tree" || (mode & EXECUTE) !== 0;
  await chmod(path, (await modeOfNew()) & (isOpen ? ALL : ALL & ~EXECUTE));
  if (kind === "file") return;
  for (const entry of await readdir(path, { withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue;
    await makeWritable(join(path, entry.name), entry.isDirectory() ? "tree" : "file");
  }
}

/** The mode that the system gives to a new file of this user, seen from one that is made for it. */
function modeOfNew(): Promise<number> {
  modeOfNewFiles ??= (async () => {
    const path = join(tmpdir(), `vine-mode-${randomUUID()}`);
    const file = await open(path, "wx", ALL);
    try {
      return (await file.stat()).mode & ALL;
    } finally {
      await file.close();
      await rm(path, { force: true });
    }
  })();
  return modeOfNewFiles;
}
