import type { ArchiveFormat } from "../../files/file.js";
import { LIMITS } from "../../model/limits.js";
import type { UnpackLimits } from "../contract.js";
import { withCancelFlag } from "../threads/cancel.js";
import { inThread } from "../threads/pool.js";
import type { Unpacked } from "./unpack-job.js";

export interface UnpackRequest {
  readonly archive: string;
  readonly format: ArchiveFormat;
  /** Does not exist yet; its parent does. Read-only on success, not there on failure. */
  readonly into: string;
  /** Default: those of LIMITS. */
  readonly limits?: Partial<UnpackLimits>;
  /** Give executable bits to a single file (gz). */
  readonly executable?: boolean;
  readonly signal?: AbortSignal;
}

/** Unpacks in a thread. Rejects with ARCHIVE_UNSAFE, ARCHIVE_DAMAGED, ARCHIVE_BOMB, DISK_FULL or INPUT_MISSING. */
export async function unpackArchive(request: UnpackRequest): Promise<Unpacked> {
  const { archive, format, into, executable = false } = request;
  const limits: UnpackLimits = {
    entries: LIMITS.archiveEntries,
    bytes: LIMITS.archiveBytes,
    ratio: LIMITS.archiveRatio,
    ...request.limits,
  };
  return withCancelFlag(request.signal, (flag) =>
    inThread("unpack", { archive, format, into, limits, executable, flag }),
  );
}
