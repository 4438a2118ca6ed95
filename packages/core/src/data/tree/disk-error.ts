import { type ErrorCode, VineError } from "../../model/errors.js";

const CODES: Readonly<Record<string, ErrorCode>> = {
  ENOSPC: "DISK_FULL",
  EDQUOT: "DISK_FULL",
  EFBIG: "DISK_FULL",
  ENOENT: "INPUT_MISSING",
  ENOTDIR: "INPUT_MISSING",
  EISDIR: "INPUT_MISSING",
  ELOOP: "INPUT_MISSING",
  EACCES: "INPUT_MISSING",
  EPERM: "INPUT_MISSING",
  EIO: "INPUT_MISSING",
  ENAMETOOLONG: "BAD_NAME",
};

/** A file system's error as ours: DISK_FULL, INPUT_MISSING, BAD_NAME, else `fallback`. Ours stay as they are. */
export function diskError(thrown: unknown, fallback: ErrorCode): VineError {
  const code = (thrown as NodeJS.ErrnoException | null)?.code;
  return VineError.from(thrown, (code === undefined ? undefined : CODES[code]) ?? fallback);
}

export function isDiskFull(thrown: unknown): boolean {
  return diskError(thrown, "INTERNAL").code === "DISK_FULL";
}
