import { chmod, lstat, mkdir, readdir, readlink, realpath, rename, unlink } from "node:fs/promises";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { copyContent, copySymlink } from "./place-file.js";

/** Why an output cannot be taken: a reason for people. */
export class Unusable extends Error {}

/** Copies a directory without following its links; returns `to`. */
export async function copyTree(from: string, to: string): Promise<string> {
  await mkdir(to);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await copyTree(source, target);
    else if (entry.isSymbolicLink()) await copySymlink(source, target);
    else if (entry.isFile()) await copyContent(source, target);
    else throw new Unusable(`holds ${entry.name}, which is neither file, directory nor link`);
  }
  return to;
}

/**
 * Makes a directory fit to be given away and returns the bytes in it: readable, files with inodes of their own, links
 * only to what is in the directory itself (a link to a file elsewhere in the sandbox is replaced by the file).
 */
export async function tidyTree(root: string, box: string): Promise<number> {
  return await tidyDirectory(root, { root, box });
}

interface Bounds {
  readonly root: string;
  readonly box: string;
}

async function tidyDirectory(directory: string, bounds: Bounds): Promise<number> {
  await chmod(directory, 0o755);
  let size = 0;
  for (const name of await readdir(directory)) size += await tidyEntry(join(directory, name), bounds);
  return size;
}

async function tidyEntry(path: string, bounds: Bounds): Promise<number> {
  const stat = await lstat(path);
  if (stat.isDirectory()) return await tidyDirectory(path, bounds);
  if (stat.isSymbolicLink()) return await tidySymlink(path, bounds);
  const name = relative(bounds.root, path);
  if (!stat.isFile()) throw new Unusable(`holds ${name}, which is neither file, directory nor link`);
  if (stat.nlink > 1) await replaceByCopy(path, path);
  return stat.size;
}

async function tidySymlink(path: string, { root, box }: Bounds): Promise<number> {
  const target = await readlink(path);
  if (isPlain(target) && isWithin(resolve(dirname(path), target), root)) return 0;
  const real = await realpath(path).catch(() => undefined);
  const inSandbox = real !== undefined && isWithin(real, box) && (await lstat(real)).isFile();
  if (!inSandbox) throw new Unusable(`holds the link ${relative(root, path)}, which leads out of it`);
  await replaceByCopy(real, path);
  return (await lstat(path)).size;
}

async function replaceByCopy(from: string, path: string): Promise<void> {
  const fresh = `${path}.fresh-copy`;
  await copyContent(from, fresh);
  await unlink(path);
  await rename(fresh, path);
}

/** Relative, and going up only at its beginning: what it names does not depend on other links on the way. */
function isPlain(target: string): boolean {
  const down = target.split("/").findIndex((part) => part !== ".." && part !== ".");
  return !isAbsolute(target) && (down < 0 || !target.split("/").slice(down).includes(".."));
}

function isWithin(path: string, directory: string): boolean {
  return path === directory || path.startsWith(directory + sep);
}
