import type { FileKind } from "../files/file.js";
import type { Attempt, CacheName, FileId, TaskId, WorkerId } from "../model/ids.js";
import type { Allocation, Measured, ResourceRequest } from "../model/resources.js";
import type { Encoding } from "./task.js";

/**
 * How a task ended. `success` says that the command ran to its end by itself: look at the exit code for what it thinks of it.
 * `fixed-location-missing`: a local file has vanished or changed since it was named, and no worker has it as it was.
 * `unschedulable`: no worker that has joined could ever run the task, for longer than `unschedulableAfter` allows.
 * Of function calls: `success` (it returned), `exception` (it raised, or its result could not be written), `library-exit`
 * (the process that ran it ended first, or cannot be started), `missing-library` (no such library or function, or an input
 * of the library cannot be had).
 */
export const RESULT_CODES = [
  "success",
  "input-missing",
  "output-missing",
  "signal",
  "resource-exhaustion",
  "max-end-time",
  "max-wall-time",
  "forsaken",
  "max-retries",
  "output-transfer-error",
  "fixed-location-missing",
  "cancelled",
  "exception",
  "library-exit",
  "sandbox-exhaustion",
  "missing-library",
  "unschedulable",
  "unknown",
] as const;
export type ResultCode = (typeof RESULT_CODES)[number];

/** One stream of a finished attempt: its last bytes inline, the whole of it as a file at the worker where that is more. */
export interface StreamOutcome {
  /** The last bytes, at most LIMITS.inlineBytes. */
  readonly tail: Uint8Array;
  /** Bytes written in all. */
  readonly size: number;
  /** Where the worker keeps the full text, when it is more than `tail`. */
  readonly spilled?: CacheName;
  /** The text went past LIMITS.streamBytes and was cut there. */
  readonly truncated: boolean;
}

export interface OutputReport {
  readonly file: FileId;
  readonly cacheName: CacheName;
  readonly kind: FileKind;
  readonly size: number;
  readonly digest?: string;
  /** A small value that travelled with the news: the manager has it, the worker keeps no copy. */
  readonly bytes?: Uint8Array;
}

/** Why a call gave no value. */
export interface CallFailure {
  /** A sentence: for an exception its type and text. */
  readonly message: string;
  /** The remote traceback or stack as text; "": there is none. */
  readonly traceback: string;
  /** The exception itself, written like a value; empty when that cannot be done. */
  readonly exception: Uint8Array;
}

/** What a function call gave. */
export interface CallOutcome {
  readonly encoding: Encoding;
  /**
   * What it returned, unless that is an output of its own (TaskSpec.outputs, use `value`) or spilled: then what its library
   * says beside it, if anything. Empty after a failure.
   */
  readonly value: Uint8Array;
  /** Where the worker keeps it when it is too large to travel with the news. */
  readonly spilled?: { readonly cacheName: CacheName; readonly size: number };
  readonly failure?: CallFailure;
}

/** What the worker says of an attempt that ended there. */
export interface AttemptOutcome {
  readonly code: ResultCode;
  readonly exitCode?: number;
  /** Name of the signal, e.g. "SIGKILL". */
  readonly signal?: string;
  /** A sentence for people where `code` is not success: which output, which limit. */
  readonly message?: string;
  /** For resource-exhaustion: which. */
  readonly exhausted?: readonly string[];
  readonly stdout: StreamOutcome;
  readonly stderr: StreamOutcome;
  readonly outputs: readonly OutputReport[];
  /** Only of function calls. */
  readonly call?: CallOutcome;
  readonly measured: Measured;
  /** Milliseconds at the worker: waiting for inputs and room, making the sandbox, running, collecting outputs. */
  readonly phases: {
    readonly queuedMs: number;
    readonly stagedMs: number;
    readonly ranMs: number;
    readonly collectedMs: number;
  };
}

/** One attempt, for the timeline of a result. Times in milliseconds of the manager's clock (epoch). */
export interface AttemptRecord {
  readonly attempt: Attempt;
  readonly worker: WorkerId;
  /** The worker's name and host, for people. */
  readonly workerName: string;
  readonly host: string;
  readonly assignedAtMs: number;
  readonly endedAtMs: number;
  readonly allocation: Allocation;
  /** How the attempt ended: a result code, or why there is none (the worker was lost, it gave the task back, a task beside it changed an input). */
  readonly ended: ResultCode | "worker-lost" | "returned" | "retracted" | "input-damaged";
  readonly outcome?: AttemptOutcome;
}

export type FinalState = "done" | "failed" | "cancelled";

/** Everything about a task that has come to its end. */
export interface TaskResult {
  readonly task: TaskId;
  /** `done`: code is success (whatever the exit code); `cancelled`; else `failed`. */
  readonly state: FinalState;
  readonly code: ResultCode;
  /** A sentence for people when state is not done. */
  readonly message?: string;
  /** Stable error code (model/errors.ts) when state is failed. */
  readonly error?: string;
  /** Of the last attempt that ran to an end. */
  readonly outcome?: AttemptOutcome;
  readonly requested: ResourceRequest;
  readonly submittedAtMs: number;
  readonly finishedAtMs: number;
  readonly attempts: readonly AttemptRecord[];
}
