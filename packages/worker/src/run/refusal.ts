import { VineError } from "@taskvine/core/model";
import type { Failed } from "../launcher/messages.js";
import type { Verdict } from "./verdict.js";

/** The command was never started. */
export type Refusal = Verdict & { readonly notStarted: true };

/** What the system's word for it means to us, where a sandbox could not be made. */
const REFUSALS: Readonly<Record<string, Pick<Verdict, "code" | "error">>> = {
  ENOSPC: { code: "unknown", error: "DISK_FULL" },
  EDQUOT: { code: "unknown", error: "DISK_FULL" },
  ENOENT: { code: "input-missing", error: "INPUT_MISSING" },
};

/** Why there is no sandbox, or no launcher. */
export function refusedSandbox(error: unknown): Refusal {
  if (error instanceof VineError) {
    return { code: "unknown", message: error.message, error: error.code, notStarted: true };
  }
  const { code = "", message } = error as NodeJS.ErrnoException;
  const known = REFUSALS[code] ?? { code: "unknown", error: "SPAWN_FAILED" };
  return { ...known, message: `the sandbox could not be made: ${message}`, notStarted: true };
}

/** The operating system would not start the shell. */
export function refusedProcess({ message }: Failed): Refusal {
  const sentence = `the command could not be started: ${message}`;
  return { code: "unknown", message: sentence, error: "SPAWN_FAILED", notStarted: true };
}
