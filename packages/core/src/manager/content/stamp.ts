import { stat } from "node:fs/promises";
import { VineError } from "../../model/errors.js";
import type { Stamp } from "./file-register.js";

/** The file as it is now; a top-level link is followed. Throws INPUT_MISSING. */
export async function stampOf(
  path: string,
): Promise<Stamp & { readonly isDirectory: boolean; readonly mode: number }> {
  try {
    const stats = await stat(path, { bigint: true });
    return {
      size: Number(stats.size),
      mtimeNs: stats.mtimeNs,
      inode: stats.ino,
      isDirectory: stats.isDirectory(),
      mode: Number(stats.mode),
    };
  } catch (cause) {
    throw new VineError("INPUT_MISSING", missingSentence(path, cause), { cause });
  }
}

/** Why a file is not what it was when it was named; undefined: nothing shows that it changed. */
export async function changeSince(path: string, stamp: Stamp): Promise<VineError | undefined> {
  const now = await stampOf(path).catch((cause: unknown) => VineError.from(cause, "INPUT_MISSING"));
  if (now instanceof VineError)
    return new VineError("INPUT_MISSING", `${path} vanished after it was declared`);
  const same = now.size === stamp.size && now.mtimeNs === stamp.mtimeNs && now.inode === stamp.inode;
  return same ? undefined : new VineError("INPUT_CHANGED", `${path} changed after it was declared`);
}

function missingSentence(path: string, cause: unknown): string {
  const { code = "unknown error" } = cause as NodeJS.ErrnoException;
  if (code === "ENOENT" || code === "ENOTDIR") return `${path} does not exist`;
  if (code === "EACCES" || code === "EPERM") return `${path} cannot be read: no permission`;
  return `${path} cannot be read: ${code}`;
}
