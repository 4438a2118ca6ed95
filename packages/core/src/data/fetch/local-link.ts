import { constants } from "node:fs";
import { copyFile, link, lstat, mkdir, symlink } from "node:fs/promises";
import type { Fetched, FetchRequest } from "../contract.js";
import { digestPath } from "../digest/digest-path.js";
import { makeReadOnly } from "../tree/make-read-only.js";
import { removeTree } from "../tree/remove-tree.js";
import { surveyTree } from "../tree/survey.js";

const WRITABLE = 0o222;
const EXECUTABLE = 0o111;
/** What a file system says that cannot clone. */
const NO_CLONES: readonly unknown[] = ["ENOTSUP", "EOPNOTSUPP", "ENOTTY", "ENOSYS", "EINVAL"];
let hasClones = true;

/**
 * Takes a file or tree from the cache of another worker of the same user on this host, without copying bytes where
 * the file system allows. Returns undefined on any doubt: the caller then uses the network. Nothing is left at `part`.
 */
export async function linkLocal(
  request: FetchRequest,
  localPath: string,
  part: string,
): Promise<Pick<Fetched, "size" | "digest"> | undefined> {
  try {
    if (
      request.kind === "file" ? !(await isTrusted(localPath, request)) : !(await isTrustedTree(localPath))
    ) {
      return undefined;
    }
    await (request.kind === "file" ? cloneOrLink(localPath, part) : linkTree(localPath, part));
    const found = await digestPath(part, { signal: request.signal });
    if (isWanted(found, request)) return { size: found.size, digest: found.digest };
  } catch {
    request.signal.throwIfAborted();
  }
  await removeTree(part);
  return undefined;
}

function isWanted(
  found: { readonly size: number; readonly digest: string; readonly kind: string },
  request: FetchRequest,
): boolean {
  if (found.kind !== request.kind) return false;
  if (request.sizeLimit !== undefined && found.size > request.sizeLimit) return false;
  if (request.size !== undefined && found.size !== request.size) return false;
  return request.digest === undefined || found.digest === request.digest;
}

/** A regular read-only file of our own user; not one whose executable bits would have to change. */
async function isTrusted(path: string, request: Pick<FetchRequest, "executable">): Promise<boolean> {
  const stat = await lstat(path);
  if (!stat.isFile() || stat.uid !== process.getuid?.() || (stat.mode & WRITABLE) !== 0) return false;
  return !request.executable || (stat.mode & EXECUTABLE) !== 0;
}

async function isTrustedTree(path: string): Promise<boolean> {
  const stat = await lstat(path);
  return stat.isDirectory() && stat.uid === process.getuid?.() && (stat.mode & WRITABLE) === 0;
}

/** A clone shares no inode, so that nobody can change both; a hard link where the file system has no clones. */
async function cloneOrLink(from: string, to: string): Promise<void> {
  if (hasClones && (await isCloned(from, to))) await makeReadOnly(to);
  else await link(from, to);
}

async function isCloned(from: string, to: string): Promise<boolean> {
  try {
    await copyFile(from, to, constants.COPYFILE_FICLONE_FORCE | constants.COPYFILE_EXCL);
    return true;
  } catch (error) {
    if (NO_CLONES.includes((error as NodeJS.ErrnoException).code)) hasClones = false;
    return false;
  }
}

async function linkTree(from: string, to: string): Promise<void> {
  await mkdir(to, { mode: 0o700 });
  for (const entry of surveyTree(from).entries) {
    const target = `${to}/${entry.path}`;
    if (entry.type === "dir") await mkdir(target, { mode: 0o700 });
    else if (entry.type === "link") await symlink(entry.target, target);
    else if (await isTrusted(`${from}/${entry.path}`, { executable: false }))
      await cloneOrLink(`${from}/${entry.path}`, target);
    else throw new Error("not read-only");
  }
  await makeReadOnly(to);
}
