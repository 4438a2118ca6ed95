import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { type BigIntStats, closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { VineError } from "../../model/errors.js";
import { type CancelFlag, throwIfCancelled } from "../threads/cancel.js";
import { isUnwritten, statKey } from "../tree/survey.js";

const CHUNK_BYTES = 1024 * 1024;

/** A file's digest, and what `statKey` said of the very file that was read. */
export interface HashedFile {
  readonly digest: string;
  readonly size: number;
  readonly key: string;
  /** Not changed in the last seconds before it was read: the next change is sure to show in its key. */
  readonly settled: boolean;
}

/** The coarsest time stamps that file systems keep, milliseconds. */
const SETTLE_MS = 2_000;

/** Reads a file to its end, synchronously: for threads. Throws INPUT_CHANGED when it was written to meanwhile. */
export function hashFileSync(path: string, flag?: CancelFlag): HashedFile {
  const file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const before = fstatSync(file, { bigint: true });
    if (!before.isFile()) throw new VineError("INPUT_MISSING", `${path} is not a regular file`);
    const settled = isSettled(before);
    const { digest, size } = hashOpenFile(file, flag);
    const key = statKey(fstatSync(file, { bigint: true }));
    if (!isUnwritten(statKey(before), key) || size !== Number(before.size)) {
      throw new VineError("INPUT_CHANGED", `${path} was changed while it was read`);
    }
    return { digest, size, key, settled };
  } finally {
    closeSync(file);
  }
}

export function isSettled(stat: BigIntStats): boolean {
  const changed = stat.mtimeMs > stat.ctimeMs ? stat.mtimeMs : stat.ctimeMs;
  return Date.now() - Number(changed) >= SETTLE_MS;
}

function hashOpenFile(file: number, flag: CancelFlag | undefined): { digest: string; size: number } {
  const hash = createHash("sha256");
  const chunk = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  let size = 0;
  for (let count = readSync(file, chunk); count > 0; count = readSync(file, chunk)) {
    throwIfCancelled(flag);
    hash.update(count === chunk.length ? chunk : chunk.subarray(0, count));
    size += count;
  }
  return { digest: hash.digest("hex"), size };
}
