import type { taskvine } from "#wire";
import { LIMITS } from "../../model/limits.js";
import type { Measured } from "../../model/resources.js";
import type { AttemptOutcome, CallFailure, CallOutcome, StreamOutcome } from "../../tasks/result.js";
import { readBytes, readCacheName, readCount, readText, whole } from "../checks.js";
import type { Ended } from "../worker-message.js";
import {
  readCode,
  readMs,
  readOutputReports,
  readReasons,
  writeMs,
  writeOutputReport,
} from "./outcome-codec.js";
import { readAttempt } from "./parts.js";
import { encodings } from "./words.js";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type WireEnded = taskvine.worker.CallEnded;
type WireFields = taskvine.worker.CallEnded.$Properties;

const NONE: never[] = [];
const SUCCESS = "success";
const NO_TEXT: StreamOutcome = { tail: new Uint8Array(0), size: 0, truncated: false };

/** The end of a call: millions of them travel, so what most of them do not have takes no room. */
export function writeCallEnded(ended: Ended, call: CallOutcome): WireFields {
  const { outcome } = ended;
  const wire: WireFields = {
    task: ended.task,
    attempt: ended.attempt,
    encoding: encodings.toWire(call.encoding),
    value: call.value,
    wallUs: writeMs(outcome.measured.wallMs),
    queuedUs: writeMs(outcome.phases.queuedMs),
  };
  if (outcome.measured.cpuMs !== undefined) wire.cpuUs = writeMs(outcome.measured.cpuMs);
  if (outcome.measured.memory !== undefined) wire.memory = whole(outcome.measured.memory);
  if (outcome.outputs.length > 0) wire.outputs = outcome.outputs.map(writeOutputReport);
  if (call.spilled !== undefined) {
    wire.spilled = call.spilled.cacheName;
    wire.spilledSize = whole(call.spilled.size);
  }
  writePrinted(outcome, wire);
  if (outcome.code !== SUCCESS || call.failure !== undefined) writeFailure(outcome, call.failure, wire);
  return wire;
}

function writePrinted({ stdout, stderr }: AttemptOutcome, wire: WireFields): void {
  if (stdout.size > 0) {
    wire.stdout = stdout.tail;
    wire.stdoutSize = whole(stdout.size);
  }
  if (stderr.size > 0) {
    wire.stderr = stderr.tail;
    wire.stderrSize = whole(stderr.size);
  }
}

function writeFailure(outcome: AttemptOutcome, failure: CallFailure | undefined, wire: WireFields): void {
  wire.code = outcome.code;
  if (failure !== undefined) wire.failure = failure;
  wire.message = outcome.message ?? "";
  wire.exitCode = outcome.exitCode ?? null;
  wire.signal = outcome.signal ?? "";
  wire.exhausted = (outcome.exhausted ?? NONE) as string[];
}

export function readCallEnded(wire: WireEnded): Ended {
  const queuedMs = readMs(wire.queuedUs, "a phase");
  const measured = readMeasured(wire);
  const outcome: Mutable<AttemptOutcome> = {
    code: wire.code === "" ? SUCCESS : readCode(wire.code),
    stdout: readPrinted(wire.stdout, wire.stdoutSize),
    stderr: readPrinted(wire.stderr, wire.stderrSize),
    outputs: wire.outputs.length === 0 ? NONE : readOutputReports(wire.outputs),
    call: readCallOutcome(wire),
    measured,
    phases: { queuedMs, stagedMs: 0, ranMs: measured.wallMs, collectedMs: 0 },
  };
  readReasons(wire, outcome);
  return { type: "ended", ...readAttempt(wire), outcome };
}

function readCallOutcome(wire: WireEnded): CallOutcome {
  const call: Mutable<CallOutcome> = {
    encoding: encodings.fromWire(wire.encoding),
    value: readBytes(wire.value, LIMITS.inlineBytes, "a value"),
  };
  if (wire.spilled !== "") {
    const cacheName = readCacheName(wire.spilled);
    call.spilled = { cacheName, size: readCount(wire.spilledSize, "a size") };
  }
  const failure = readFailure(wire.failure);
  if (failure !== undefined) call.failure = failure;
  return call;
}

function readFailure(wire: taskvine.worker.CallFailure | null): CallFailure | undefined {
  if (wire === null) return undefined;
  return {
    message: readText(wire.message, LIMITS.inlineBytes, "a sentence"),
    traceback: readText(wire.traceback, LIMITS.inlineBytes, "a traceback"),
    exception: readBytes(wire.exception, LIMITS.inlineBytes, "an exception"),
  };
}

function readMeasured(wire: WireEnded): Measured {
  const measured: Mutable<Measured> = { wallMs: readMs(wire.wallUs, "wall time") };
  if (wire.cpuUs !== null) measured.cpuMs = readMs(wire.cpuUs, "processor time");
  if (wire.memory !== null) measured.memory = readCount(wire.memory, "memory");
  return measured;
}

function readPrinted(tail: Uint8Array, given: WireEnded["stdoutSize"]): StreamOutcome {
  const size = readCount(given, "a size");
  if (size === 0 && tail.length === 0) return NO_TEXT;
  return { tail: readBytes(tail, LIMITS.inlineBytes, "the end of a stream"), size, truncated: false };
}
