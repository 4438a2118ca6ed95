import { existsSync } from "node:fs";
import { lstat, mkdtemp, readdir } from "node:fs/promises";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { removeTree } from "@taskvine/core/data";
import { lockDirectory } from "../cache/directory-lock.js";

/** A new directory for a worker that was given none. Those of workers that were killed go on the occasion. */
export async function temporaryDirectory(): Promise<string> {
  const { uid } = userInfo();
  const prefix = `vine-worker-${uid}-`;
  const directory = await mkdtemp(join(tmpdir(), prefix));
  for (const name of await readdir(tmpdir())) {
    const path = join(tmpdir(), name);
    if (name.startsWith(prefix) && path !== directory)
      await removeAbandoned(path, uid).catch(() => undefined);
  }
  return directory;
}

/** A directory that never had a lock may be one that is being made. */
async function removeAbandoned(path: string, uid: number): Promise<void> {
  const stat = await lstat(path);
  if (!stat.isDirectory() || stat.uid !== uid || !existsSync(join(path, "lock"))) return;
  lockDirectory(path);
  await removeTree(path);
}
