import { ERRORS, type ErrorCode, VineError } from "../../model/errors.js";
import type { TaskId } from "../../model/ids.js";
import type { Allocation, Measured, ResourceRequest } from "../../model/resources.js";
import type { AttemptRecord, FinalState, ResultCode, StreamOutcome, TaskResult } from "../../tasks/result.js";
import type { TaskSpec } from "../../tasks/task.js";
import { exitHint } from "./functions/exit-hint.js";
import { RemoteError, type ValueContext, valueOf } from "./functions/value.js";
import type { VineFile } from "./vine-file.js";

/** What the manager knows of a finished task beside the coordinator's record. */
export interface ResultContext extends ValueContext {
  readonly spec: Pick<TaskSpec, "tag" | "category" | "call" | "number">;
  /** Outputs that were really made, by name in the sandbox. */
  readonly outputs: ReadonlyMap<string, VineFile>;
}

const ERROR_OF: Partial<Record<ResultCode, ErrorCode>> = {
  "input-missing": "INPUT_MISSING",
  "output-missing": "OUTPUT_MISSING",
  "resource-exhaustion": "RESOURCE_EXHAUSTED",
  "sandbox-exhaustion": "SANDBOX_EXHAUSTED",
  "max-end-time": "END_TIME",
  "max-wall-time": "WALL_TIME",
  "max-retries": "MAX_RETRIES",
  "output-transfer-error": "OUTPUT_TRANSFER",
  "fixed-location-missing": "INPUT_CHANGED",
  cancelled: "CANCELLED",
  exception: "FUNCTION_RAISED",
  "library-exit": "LIBRARY_EXIT",
  "missing-library": "UNKNOWN_FUNCTION",
  unschedulable: "UNSCHEDULABLE",
};

/** How a task ended. */
export class Result {
  readonly #record: TaskResult;
  readonly #context: ResultContext;

  constructor(record: TaskResult, context: ResultContext) {
    this.#record = record;
    this.#context = context;
  }

  get id(): TaskId {
    return this.#record.task;
  }

  get tag(): string {
    return this.#context.spec.tag;
  }

  get category(): string {
    return this.#context.spec.category;
  }

  get isCall(): boolean {
    return this.#context.spec.call !== undefined;
  }

  /** `done`: the command ran to its end, whatever its exit code; else `failed` or `cancelled`. */
  get state(): FinalState {
    return this.#record.state;
  }

  get code(): ResultCode {
    return this.#record.code;
  }

  /** Of the command; absent when a signal ended it, or it never ran to an end. */
  get exitCode(): number | undefined {
    return this.#record.outcome?.exitCode;
  }

  /** Name of the signal that ended it, e.g. "SIGKILL". */
  get signal(): string | undefined {
    return this.#record.outcome?.signal;
  }

  /** Did the command run to its end and exit with 0? */
  get successful(): boolean {
    const { state, outcome } = this.#record;
    return state === "done" && (outcome === undefined || (outcome.exitCode ?? 0) === 0);
  }

  /** A sentence where the state is not done, or the worker had something to say. */
  get message(): string | undefined {
    return this.#record.message ?? this.#record.outcome?.message;
  }

  /** What it wrote: all of it, or its last part when there is a `stdoutFile`. */
  get stdout(): string {
    return decode(this.#record.outcome?.stdout);
  }

  get stderr(): string {
    return decode(this.#record.outcome?.stderr);
  }

  /** The same as stdout. */
  get output(): string {
    return this.stdout;
  }

  /** File in the run directory with the whole text, when that is more than `stdout` shows. */
  get stdoutFile(): string | undefined {
    return this.#context.files?.stdoutFile;
  }

  get stderrFile(): string | undefined {
    return this.#context.files?.stderrFile;
  }

  /** Bytes written in all, also where the text was cut. */
  get stdoutSize(): number {
    return this.#record.outcome?.stdout.size ?? 0;
  }

  get stderrSize(): number {
    return this.#record.outcome?.stderr.size ?? 0;
  }

  get requested(): ResourceRequest {
    return this.#record.requested;
  }

  get allocated(): Allocation | undefined {
    return this.#record.attempts.at(-1)?.allocation;
  }

  get measured(): Measured | undefined {
    return this.#record.outcome?.measured;
  }

  /** Name and host of the worker of the last attempt. */
  get worker(): { readonly name: string; readonly host: string } | undefined {
    const last = this.#record.attempts.at(-1);
    return last === undefined ? undefined : { name: last.workerName, host: last.host };
  }

  /** Every attempt: where, when, how it ended. */
  get attempts(): readonly AttemptRecord[] {
    return this.#record.attempts;
  }

  get submittedAt(): Date {
    return new Date(this.#record.submittedAtMs);
  }

  get finishedAt(): Date {
    return new Date(this.#record.finishedAtMs);
  }

  /** Outputs that were made, by their names in the sandbox. */
  get outputs(): ReadonlyMap<string, VineFile> {
    return this.#context.outputs;
  }

  /** Why it failed or was cancelled; undefined for a task that is done. */
  get error(): VineError | undefined {
    if (this.#record.state === "done") return undefined;
    const sentence = `${this.#label}: ${this.message ?? this.code}`;
    const failure = this.#record.outcome?.call?.failure;
    return new VineError(
      this.#errorCode(),
      this.signal === undefined || sentence.includes(this.signal) ? sentence : `${sentence} (${this.signal})`,
      {
        ...this.#hint,
        ...(failure === undefined
          ? {}
          : { cause: new RemoteError(failure.message, failure.traceback, failure.exception) }),
      },
    );
  }

  /** Of a call that failed: the traceback or stack where it did, as text. */
  get remoteTraceback(): string | undefined {
    const traceback = this.#record.outcome?.call?.failure?.traceback;
    return traceback === "" ? undefined : traceback;
  }

  /**
   * Of a function call: what it returned. One that is large, or was kept in the cluster, is brought here when this is asked
   * for. Rejects with `error` where the call failed, and with VALUE_UNREADABLE for what only Python can read.
   */
  get value(): Promise<unknown> {
    return valueOf(this, this.#record, this.#context);
  }

  /** The result itself when the command exited with 0; else throws why not. */
  check(): this {
    const error = this.error;
    if (error !== undefined) throw error;
    if (this.successful) return this;
    const lastLine = this.stderr.trimEnd().split("\n").at(-1) ?? "";
    throw new VineError(
      this.#isNotFound ? "COMMAND_NOT_FOUND" : "COMMAND_FAILED",
      `task ${this.id}: the command exited with ${this.exitCode}: ${lastLine}`,
    );
  }

  get #label(): string {
    const { call } = this.#context.spec;
    const number = this.#context.spec.number ?? this.id;
    return call === undefined ? `task ${number}` : `call ${call.function} (task ${number})`;
  }

  /** Of what is done, the worker has something to say only where the shell found no such command. */
  get #isNotFound(): boolean {
    return this.exitCode === NOT_FOUND && this.#record.outcome?.message !== undefined;
  }

  /** Where more is known than its code tells. */
  get #hint(): { readonly hint?: string } {
    const { exitCode, signal, message = "" } = this;
    const hint = this.code === "library-exit" ? exitHint({ exitCode, signal, message }) : undefined;
    return hint === undefined ? {} : { hint };
  }

  #errorCode(): ErrorCode {
    const { error, code } = this.#record;
    if (error !== undefined && Object.hasOwn(ERRORS, error)) return error as ErrorCode;
    return ERROR_OF[code] ?? (code === "signal" ? "COMMAND_FAILED" : "INTERNAL");
  }
}

/** What shells exit with then. */
const NOT_FOUND = 127;
const UTF8 = new TextDecoder();

function decode(stream: StreamOutcome | undefined): string {
  return stream === undefined ? "" : UTF8.decode(stream.tail);
}
