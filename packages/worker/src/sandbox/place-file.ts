import { constants } from "node:fs";
import { chmod, copyFile, link, lstat, readlink, symlink, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** How a file of the cache gets into a sandbox. */
export type Placing = "link" | "reflink" | "copy";

/** Link where the mode bits of a file bind the task; else share its blocks where the file system can; else copy. */
export async function choosePlacing(directory: string, modeBitsBind: boolean): Promise<Placing> {
  if (modeBitsBind) return "link";
  return (await canReflink(directory)) ? "reflink" : "copy";
}

async function canReflink(directory: string): Promise<boolean> {
  const from = join(directory, ".reflink-from");
  const to = join(directory, ".reflink-to");
  try {
    await writeFile(from, "x".repeat(4096));
    await copyFile(from, to, constants.COPYFILE_FICLONE_FORCE);
    return true;
  } catch {
    return false;
  } finally {
    await Promise.allSettled([unlink(from), unlink(to)]);
  }
}

/** Puts the regular file at `from` to `to`; returns whether both are now one inode. A copy has that `mode`. */
export async function placeFile(from: string, to: string, placing: Placing, mode: number): Promise<boolean> {
  if (placing === "link") {
    try {
      await link(from, to);
      return true;
    } catch (error) {
      if (!IMPOSSIBLE_LINK.has((error as NodeJS.ErrnoException).code ?? "")) throw error;
    }
  }
  await copyContent(from, to, mode);
  return false;
}

/** Another file system, too many links, or links refused: a copy does as well. */
const IMPOSSIBLE_LINK: ReadonlySet<string> = new Set(["EXDEV", "EMLINK", "EPERM", "ENOTSUP", "EOPNOTSUPP"]);

/** A file of its own with the same content, sharing blocks where the file system can; `mode`: the same where absent. */
export async function copyContent(from: string, to: string, mode?: number): Promise<void> {
  const bits = mode ?? (await lstat(from)).mode;
  await copyFile(from, to, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
  await chmod(to, bits & 0o777);
}

/** The same symbolic link again, wherever it points. */
export async function copySymlink(from: string, to: string): Promise<void> {
  await symlink(await readlink(from), to);
}
