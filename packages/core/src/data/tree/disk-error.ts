import { VineError, type ErrorCode } from "../../model/errors.js";

const CODES: Readonly<Record<string, ErrorCode>> = {
  ENOSPC: "DISK_FULL",
  EDQUOT: "DISK_FULL",
  EFBIG: "DISK_FULL",
};

/** A file system's error as ours: DISK_FULL where it says so, otherwise `fallback`. Ours stay as they are. */
export function diskError(thrown: unknown, fallback: ErrorCode): VineError {
  const code = (thrown as NodeJS.ErrnoException | null)?.code;
  return VineError.from(thrown, (code === undefined ? undefined : CODES[code]) ?? fallback);
}

export function isDiskFull(thrown: unknown): boolean {
  return diskError(thrown, "INTERNAL").code === "DISK_FULL";
}
