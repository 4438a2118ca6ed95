import { Result } from "../../manager/api/result.js";
import type { StreamFiles } from "../../manager/content/arrivals/streams.js";
import type { VineError } from "../../model/errors.js";
import type { CallOutcome, StreamOutcome, TaskResult } from "../../tasks/result.js";
import type { TaskSpec } from "../../tasks/task.js";
import type { Finished, FinishedStream } from "../gateway-message.js";
import { troubleOf } from "./outgoing.js";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const NO_OUTPUTS = new Map<never, never>();

/** The value of a call about which there is nothing else to tell: one of many, it returned at the first attempt, and printed nothing. */
export function plainValue(spec: TaskSpec, record: TaskResult): Uint8Array | undefined {
  const { outcome, state, attempts } = record;
  // Who gave it a file submitted it by itself, and may ask what it used.
  if (spec.outputs.length > 0) return undefined;
  if (state !== "done" || outcome?.call === undefined || attempts.length > 1) return undefined;
  if (outcome.stdout.size > 0 || outcome.stderr.size > 0) return undefined;
  return valueOf(spec, outcome.call, record);
}

/** Everything about a task that has ended. */
export function finishedMessage(
  number: number,
  spec: TaskSpec,
  record: TaskResult,
  files: StreamFiles,
): Finished {
  const { state, code, outcome } = record;
  const finished: Mutable<Finished> = {
    type: "finished",
    task: number,
    state,
    code,
    exhausted: outcome?.exhausted ?? [],
    requested: record.requested,
    attempts: record.attempts.map((attempt) => ({
      attempt: attempt.attempt,
      worker: attempt.worker,
      workerName: attempt.workerName,
      host: attempt.host,
      assignedAtMs: attempt.assignedAtMs,
      endedAtMs: attempt.endedAtMs,
      ended: attempt.ended,
      allocation: attempt.allocation,
    })),
    submittedAtMs: record.submittedAtMs,
    finishedAtMs: record.finishedAtMs,
  };
  const { error } = new Result(record, { spec, outputs: NO_OUTPUTS, value: undefined, files });
  if (error !== undefined) finished.trouble = troubleOf(error);
  if (outcome === undefined) return finished;
  if (outcome.exitCode !== undefined) finished.exitCode = outcome.exitCode;
  if (outcome.signal !== undefined) finished.signal = outcome.signal;
  finished.stdout = streamOf(outcome.stdout, files.stdoutFile);
  finished.stderr = streamOf(outcome.stderr, files.stderrFile);
  finished.measured = outcome.measured;
  if (outcome.call !== undefined) addCall(finished, spec, outcome.call, record);
  return finished;
}

/** A task that was refused: nothing of it ran. */
export function refusedTask(number: number, error: VineError, nowMs: number): Finished {
  return {
    type: "finished",
    task: number,
    state: "failed",
    code: "unknown",
    trouble: troubleOf(error),
    exhausted: [],
    requested: {},
    attempts: [],
    submittedAtMs: nowMs,
    finishedAtMs: nowMs,
  };
}

function addCall(finished: Mutable<Finished>, spec: TaskSpec, call: CallOutcome, record: TaskResult): void {
  finished.encoding = call.encoding;
  if (call.failure !== undefined) finished.failure = call.failure;
  const value = record.state === "done" ? valueOf(spec, call, record) : undefined;
  if (value !== undefined) finished.value = value;
}

/** What came with the news: by itself, or as the content of the file that it goes to. */
function valueOf(spec: TaskSpec, call: CallOutcome, record: TaskResult): Uint8Array | undefined {
  if (call.spilled !== undefined || call.failure !== undefined) return undefined;
  const place = spec.outputs.length === 0 ? undefined : spec.outputs.find(({ use }) => use === "value");
  if (place === undefined) return call.value;
  return record.outcome?.outputs.find(({ file }) => file === place.file)?.bytes;
}

function streamOf(stream: StreamOutcome, path = ""): FinishedStream {
  return { tail: stream.tail, size: stream.size, path };
}
