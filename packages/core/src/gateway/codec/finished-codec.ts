import type { taskvine } from "#wire";
import { LIMITS } from "../../model/limits.js";
import type { Measured } from "../../model/resources.js";
import { badFrame, present, readBytes, readCount, readList, readText, whole } from "../../protocol/checks.js";
import type { FinalState } from "../../tasks/result.js";
import type { Finished, FinishedAttempt, FinishedStream, Trouble } from "../gateway-message.js";
import { readFinite, readName, readNames, readNumber, readRequest, writeRequest } from "./parts.js";
import { encodings, NO_ENCODING } from "./words.js";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type WireFinished = taskvine.gateway.Finished;
type FinishedFields = taskvine.gateway.Finished.$Properties;

const SUCCESS = "success";
const STATES: readonly FinalState[] = ["done", "failed", "cancelled"];
const MOST_ATTEMPTS = 100_000;

export function writeFinished(finished: Finished): FinishedFields {
  const wire: FinishedFields = {
    task: finished.task,
    state: finished.state,
    code: finished.code === SUCCESS ? "" : finished.code,
    exitCode: finished.exitCode ?? null,
    signal: finished.signal ?? "",
    exhausted: [...finished.exhausted],
    requested: writeRequest(finished.requested),
    attempts: finished.attempts.map(writeAttempt),
    submittedAtMs: finished.submittedAtMs,
    finishedAtMs: finished.finishedAtMs,
    value: finished.value ?? null,
  };
  if (finished.trouble !== undefined) wire.trouble = finished.trouble;
  if (finished.stdout !== undefined) wire.stdout = writeStream(finished.stdout);
  if (finished.stderr !== undefined) wire.stderr = writeStream(finished.stderr);
  if (finished.measured !== undefined) wire.measured = writeMeasured(finished.measured);
  if (finished.encoding !== undefined) wire.encoding = encodings.toWire(finished.encoding);
  if (finished.failure !== undefined) wire.failure = finished.failure;
  return wire;
}

export function readFinished(wire: WireFinished): Finished {
  const finished: Mutable<Finished> = {
    type: "finished",
    task: readNumber(wire.task, "a task"),
    state: readState(wire.state),
    code: wire.code === "" ? SUCCESS : readName(wire.code, "a result code"),
    exhausted: readNames(wire.exhausted, LIMITS.mountsPerTask, "exhausted resources"),
    requested: readRequest(wire.requested),
    attempts: readList(wire.attempts, MOST_ATTEMPTS, "attempts").map(readAttempt),
    submittedAtMs: readFinite(wire.submittedAtMs, "a time"),
    finishedAtMs: readFinite(wire.finishedAtMs, "a time"),
  };
  readEnd(wire, finished);
  readCallEnd(wire, finished);
  return finished;
}

/** Sub-messages are null where they are absent, whatever the generated types say. */
interface Absent {
  readonly trouble: taskvine.gateway.Trouble | null;
  readonly stdout: taskvine.gateway.Stream | null;
  readonly stderr: taskvine.gateway.Stream | null;
  readonly measured: taskvine.gateway.Measured | null;
  readonly failure: taskvine.gateway.CallFailure | null;
}

function readEnd(wire: WireFinished, finished: Mutable<Finished>): void {
  const { trouble, stdout, stderr, measured } = wire as Absent;
  if (trouble !== null) finished.trouble = readTrouble(trouble);
  if (wire.exitCode !== null) finished.exitCode = wire.exitCode;
  if (wire.signal !== "") finished.signal = readName(wire.signal, "a signal");
  if (stdout !== null) finished.stdout = readStream(stdout);
  if (stderr !== null) finished.stderr = readStream(stderr);
  if (measured !== null) finished.measured = readMeasured(measured);
}

function readCallEnd(wire: WireFinished, finished: Mutable<Finished>): void {
  const { failure } = wire as Absent;
  if (wire.encoding !== NO_ENCODING) finished.encoding = encodings.fromWire(wire.encoding);
  if (wire.value !== null) finished.value = readBytes(wire.value, LIMITS.messageBytes, "a value");
  if (failure === null) return;
  finished.failure = {
    message: readText(failure.message, LIMITS.messageBytes, "a sentence"),
    traceback: readText(failure.traceback, LIMITS.messageBytes, "a traceback"),
    exception: readBytes(failure.exception, LIMITS.messageBytes, "an exception"),
  };
}

function readState(state: string): FinalState {
  const known = STATES.find((word) => word === state);
  if (known !== undefined) return known;
  throw badFrame(`${JSON.stringify(state.slice(0, 40))} is no end of a task`);
}

export function readTrouble(wire: taskvine.gateway.Trouble | null): Trouble {
  const { code, message, hint } = present(wire, "what is wrong");
  return {
    code: readName(code, "a code"),
    message: readText(message, LIMITS.messageBytes, "a sentence"),
    hint: readText(hint, LIMITS.messageBytes, "a hint"),
  };
}

function writeStream(stream: FinishedStream): taskvine.gateway.Stream.$Properties {
  return { tail: stream.tail, size: whole(stream.size), path: stream.path };
}

function readStream(wire: taskvine.gateway.Stream): FinishedStream {
  return {
    tail: readBytes(wire.tail, LIMITS.messageBytes, "the end of a stream"),
    size: readCount(wire.size, "a size"),
    path: readName(wire.path, "a path"),
  };
}

function writeMeasured(measured: Measured): taskvine.gateway.Measured.$Properties {
  return {
    wallMs: measured.wallMs,
    cpuMs: measured.cpuMs ?? null,
    memory: measured.memory === undefined ? null : whole(measured.memory),
    disk: measured.disk === undefined ? null : whole(measured.disk),
    processes: measured.processes ?? null,
  };
}

function readMeasured(wire: taskvine.gateway.Measured): Measured {
  const measured: Mutable<Measured> = { wallMs: readFinite(wire.wallMs, "wall time") };
  if (wire.cpuMs !== null) measured.cpuMs = readFinite(wire.cpuMs, "processor time");
  if (wire.memory !== null) measured.memory = readCount(wire.memory, "memory");
  if (wire.disk !== null) measured.disk = readCount(wire.disk, "disk");
  if (wire.processes !== null) measured.processes = wire.processes;
  return measured;
}

export function writeAttempt(attempt: FinishedAttempt): taskvine.gateway.AttemptRecord.$Properties {
  const { worker, workerName, host, assignedAtMs, endedAtMs, ended, allocation } = attempt;
  return {
    attempt: attempt.attempt,
    worker,
    workerName,
    host,
    assignedAtMs,
    endedAtMs,
    ended,
    allocation: writeRequest(allocation),
  };
}

export function readAttempt(wire: taskvine.gateway.AttemptRecord): FinishedAttempt {
  return {
    attempt: wire.attempt,
    worker: wire.worker,
    workerName: readName(wire.workerName, "a worker's name"),
    host: readName(wire.host, "a host"),
    assignedAtMs: readFinite(wire.assignedAtMs, "a time"),
    endedAtMs: readFinite(wire.endedAtMs, "a time"),
    ended: readName(wire.ended, "an end"),
    allocation: readRequest(wire.allocation),
  };
}
