import { VineError } from "@taskvine/core/model";

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "this user may not write there",
  EPERM: "this user may not write there",
  EROFS: "its file system is read-only",
  ENOSPC: "its disk is full",
  EDQUOT: "this user's disk quota is used up",
  EEXIST: "it is a file",
  ENOTDIR: "a part of its path is a file",
  ENOENT: "it cannot be made there",
  ENAMETOOLONG: "its name is too long",
  ELOOP: "its path is a circle of links",
};

/** What the system says against a worker's directory, in words: WORKDIR_UNUSABLE. Anything else stays what it is. */
export function asDirectoryError(error: unknown, directory: string): unknown {
  const reason = REASONS[(error as NodeJS.ErrnoException | undefined)?.code ?? ""];
  if (error instanceof VineError || reason === undefined) return error;
  return new VineError("WORKDIR_UNUSABLE", `a worker cannot work in ${directory}: ${reason}`, {
    cause: error,
  });
}
