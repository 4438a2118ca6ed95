import type { ErrorCode } from "@taskvine/core/model";

/** What the exit code of `vine` means. Shown by --help. */
export const EXIT = {
  ok: 0,
  failed: 1,
  usage: 2,
  noManager: 3,
  refused: 4,
  workdir: 5,
} as const;

export const EXIT_HELP = `Exit codes:
  0  ended in good order: told to, released, idle or out of time
  1  failed for another reason
  2  a wrong argument or option
  3  no manager was found in time
  4  the manager refused this worker: wrong keys or version
  5  the directory cannot be used, or another worker uses it`;

export const MANAGER_EXIT_HELP = `Exit codes:
  0  ended in good order: told to
  1  failed for another reason, such as a port that is taken
  2  a wrong argument or option`;

export function exitCodeOf(code: ErrorCode): number {
  switch (code) {
    case "BAD_ARGUMENT":
      return EXIT.usage;
    case "NO_MANAGER":
      return EXIT.noManager;
    case "NOT_AUTHORISED":
    case "VERSION_MISMATCH":
    case "CONNECTION_FILE":
      return EXIT.refused;
    case "WORKDIR_IN_USE":
    case "WORKDIR_UNUSABLE":
      return EXIT.workdir;
    default:
      return EXIT.failed;
  }
}
