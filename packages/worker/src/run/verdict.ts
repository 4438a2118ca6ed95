import { ERRORS, type ErrorCode, type ResultCode } from "@taskvine/core/model";
import type { Ended, ProcessLimit } from "../launcher/messages.js";
import type { RunRequest } from "./contract.js";

/** How an attempt ended, in the words of a result. */
export interface Verdict {
  readonly code: ResultCode;
  readonly message?: string;
  readonly error?: ErrorCode;
  readonly exhausted?: readonly string[];
}

/** Why somebody here ended a task before it ended itself. */
export interface Killed {
  readonly code: ResultCode;
  readonly message: string;
}

const NOT_FOUND = 127;

/** The verdict before outputs are looked at. */
export function judge(
  request: RunRequest,
  ended: Ended,
  killed: Killed | undefined,
  stderr: Uint8Array,
): Verdict {
  if (killed !== undefined) return killed;
  if (ended.limit !== undefined) return judgeLimit(ended.limit, request, ended);
  if (ended.signal !== undefined) {
    return { code: "signal", message: `the command was ended by ${ended.signal}${andStderr(stderr)}` };
  }
  if (ended.exitCode !== NOT_FOUND || !saysNotFound(stderr)) return { code: "success" };
  const message = `${lastLine(stderr)}. ${ERRORS.COMMAND_NOT_FOUND.hint}`;
  return { code: "success", message, error: "COMMAND_NOT_FOUND" };
}

function judgeLimit(limit: ProcessLimit, request: RunRequest, ended: Ended): Verdict {
  switch (limit) {
    case "memory": {
      const used = `used ${ended.usage.memory} bytes of memory, ${request.allocation.memory} were allocated`;
      return {
        code: "resource-exhaustion",
        message: used,
        error: "RESOURCE_EXHAUSTED",
        exhausted: ["memory"],
      };
    }
    case "wall-time":
      return {
        code: "max-wall-time",
        message: `ran longer than ${request.wallTimeMs} ms`,
        error: "WALL_TIME",
      };
    case "end-time":
      return { code: "max-end-time", message: "was not done by its end-by time", error: "END_TIME" };
  }
}

/** Too much on disk is told even where the command came to an end. */
export function withDisk(
  verdict: Verdict,
  what: string,
  { used, allocated }: { readonly used: number; readonly allocated: number },
): Verdict {
  if (!["success", "signal", "sandbox-exhaustion"].includes(verdict.code)) return verdict;
  const message = `${what} grew to ${used} bytes, ${allocated} were allocated`;
  return { code: "sandbox-exhaustion", message, error: "SANDBOX_EXHAUSTED", exhausted: ["disk"] };
}

type Missing = readonly { readonly name: string; readonly reason: string }[];

/** A missing output counts where the command came to its end by itself; else there is a better reason already. */
export function withMissing(verdict: Verdict, missing: Missing, stderr: Uint8Array): Verdict {
  const [first, ...others] = missing;
  if (first === undefined || verdict.code !== "success") return verdict;
  const more = others.length === 0 ? "" : `, and ${others.length} more`;
  const hint = verdict.message === undefined ? andStderr(stderr) : `; ${verdict.message}`;
  const error = verdict.error ?? "OUTPUT_MISSING";
  return { code: "output-missing", message: `output "${first.name}" ${first.reason}${more}${hint}`, error };
}

function saysNotFound(stderr: Uint8Array): boolean {
  // The last is what some shells say of a name that they looked for in a folder that they may not enter.
  return /not found|no such file|permission denied/i.test(lastLine(stderr));
}

function andStderr(stderr: Uint8Array): string {
  const line = lastLine(stderr);
  return line === "" ? "" : `; its standard error ends with: ${line}`;
}

const LINE_BYTES = 500;

function lastLine(stderr: Uint8Array): string {
  const end = stderr.subarray(Math.max(0, stderr.byteLength - 2 * LINE_BYTES));
  const line = new TextDecoder().decode(end).trimEnd().split("\n").at(-1) ?? "";
  return line.slice(0, LINE_BYTES);
}
