import { constants } from "node:fs";
import { chmod, lstat, open, readdir, rm, unlink } from "node:fs/promises";

/** Removes a file or directory tree, read-only ones too; nothing there is fine. Never follows a link. */
export async function removeTree(path: string): Promise<void> {
  if (await isUnlinked(path)) return;
  try {
    await rm(path, { recursive: true, force: true });
  } catch (error) {
    if (!isPermission(error)) throw error;
    await makeWritable(path);
    await rm(path, { recursive: true, force: true });
  }
}

/** Most often it is a plain file: that takes one call of the system, where `rm` looks at it first. */
async function isUnlinked(path: string): Promise<boolean> {
  try {
    await unlink(path);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT";
  }
}

function isPermission(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === "EACCES" || code === "EPERM";
}

/**
 * Directories need to be writable for their entries to be removed. What is gone is as good: the removal that was refused
 * somewhere still goes on elsewhere in the tree.
 */
async function makeWritable(path: string): Promise<void> {
  try {
    const stat = await lstat(path);
    if (!stat.isDirectory()) return;
    await chmodDirectory(path);
    for (const entry of await readdir(path, { withFileTypes: true })) {
      if (entry.isDirectory()) await makeWritable(`${path}/${entry.name}`);
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}

/** The descriptor cannot be led astray by a link. */
async function chmodDirectory(path: string): Promise<void> {
  const flags = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW;
  const directory = await open(path, flags).catch((error: unknown) => {
    if (isPermission(error)) return undefined;
    throw error;
  });
  if (directory === undefined) return chmodUnreadable(path);
  try {
    await directory.chmod(0o700);
  } finally {
    await directory.close();
  }
}

/** A directory that we may not even open, but own: by its name, there is no other way. */
async function chmodUnreadable(path: string): Promise<void> {
  await chmod(path, 0o700);
}
