import { Result } from "../../manager/api/result.js";
import type { StreamFiles } from "../../manager/content/arrivals/streams.js";
import type { VineError } from "../../model/errors.js";
import type { Measured } from "../../model/resources.js";
import type { CallOutcome, StreamOutcome, TaskResult } from "../../tasks/result.js";
import type { TaskSpec } from "../../tasks/task.js";
import type { Finished, FinishedStream } from "../gateway-message.js";
import { type CallRun, troubleOf } from "./outgoing.js";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const NO_OUTPUTS = new Map<never, never>();

/** The value of a call about which there is nothing else to tell: it returned at the first attempt, and printed nothing. */
export function plainValue(spec: TaskSpec, record: TaskResult): Uint8Array | undefined {
  const call = record.outcome?.call;
  return call === undefined || !isPlain(spec, record) ? undefined : valueOf(spec, call, record);
}

function isPlain(spec: TaskSpec, { outcome, state, attempts }: TaskResult): boolean {
  if (spec.outputs.length > (hasValueFile(spec) ? 1 : 0)) return false;
  if (state !== "done" || outcome?.call === undefined || attempts.length > 1) return false;
  if (outcome.stdout.size > 0 || outcome.stderr.size > 0) return false;
  return spec.outputs.length === 0 || !isMeasured(outcome.measured);
}

/** Did it return in the same way, with a value that stayed in the cluster? */
export function isKept(spec: TaskSpec, record: TaskResult): boolean {
  const call = record.outcome?.call;
  if (!isPlain(spec, record) || call === undefined || !hasValueFile(spec)) return false;
  return (
    call.spilled === undefined && call.failure === undefined && valueOf(spec, call, record) === undefined
  );
}

/** How a call ran about which there is nothing else to tell: only of one whose value has a file, which somebody may ask about. */
export function runOf(spec: TaskSpec, { outcome, attempts }: TaskResult, kept = false): CallRun | undefined {
  const [attempt] = attempts;
  if (spec.outputs.length === 0 || attempt === undefined || outcome === undefined) return undefined;
  const { wallMs, cpuMs } = outcome.measured;
  return { attempt, wallMs, cpuMs, kept };
}

function hasValueFile({ outputs }: TaskSpec): boolean {
  return outputs.length === 1 && outputs[0]?.use === "value";
}

/** Was more measured than its times? */
function isMeasured({ memory, disk, processes }: Measured): boolean {
  return memory !== undefined || disk !== undefined || processes !== undefined;
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
    attempts: record.attempts,
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
