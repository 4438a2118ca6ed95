import { chmod, lstat, readdir, rmdir, unlink } from "node:fs/promises";
import { join } from "node:path";

/** So many entries of a directory are removed at a time: removing waits for the disk, and the waits overlap. */
const PARALLEL = 8;

/**
 * Removes a file or a directory with all below it, read-only directories too; never follows a link. What is not there
 * is removed already; what cannot be removed stays.
 */
export async function removeTree(path: string): Promise<void> {
  const stat = await lstat(path).catch(() => undefined);
  if (stat === undefined) return;
  if (stat.isDirectory()) await removeDirectory(path);
  else await unlink(path).catch(() => undefined);
}

async function removeDirectory(path: string): Promise<void> {
  await chmod(path, 0o700).catch(() => undefined);
  const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
  await inParallel(entries, PARALLEL, async (entry) => {
    const inner = join(path, entry.name);
    if (entry.isDirectory()) await removeDirectory(inner);
    else await unlink(inner).catch(() => undefined);
  });
  await rmdir(path).catch(() => undefined);
}

/** Calls `work` for each item, with at most `limit` at a time. Rejects with the first failure, when all have ended. */
export async function inParallel<T>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = items.values();
  const lane = async (): Promise<void> => {
    for (const item of waiting) await work(item);
  };
  const lanes = await Promise.allSettled(Array.from({ length: Math.min(limit, items.length) }, lane));
  const failed = lanes.find((result) => result.status === "rejected");
  if (failed !== undefined) throw failed.reason;
}
