import type { taskvine } from "#wire";
import { fileId } from "../../model/ids.js";
import { LIMITS } from "../../model/limits.js";
import type { Measured } from "../../model/resources.js";
import {
  type AttemptOutcome,
  type OutputReport,
  RESULT_CODES,
  type ResultCode,
  type StreamOutcome,
} from "../../tasks/result.js";
import {
  digestBytes,
  present,
  readBytes,
  readCacheName,
  readCount,
  readDigest,
  readId,
  readLabel,
  readList,
  readText,
  whole,
} from "../checks.js";
import { fileKinds } from "./words.js";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type WireEnded = taskvine.worker.Ended;

const MICROSECONDS = 1_000; // in a millisecond
const MOST_EXHAUSTED = 16;
const KNOWN_CODES: ReadonlySet<string> = new Set(RESULT_CODES);

export function writeOutcome(
  outcome: AttemptOutcome,
): Omit<taskvine.worker.Ended.$Properties, "task" | "attempt"> {
  const { phases } = outcome;
  return {
    code: outcome.code,
    exitCode: outcome.exitCode ?? null,
    signal: outcome.signal ?? "",
    message: outcome.message ?? "",
    exhausted: (outcome.exhausted ?? []) as string[],
    stdout: writeStream(outcome.stdout),
    stderr: writeStream(outcome.stderr),
    outputs: outcome.outputs.map(writeOutputReport),
    measured: writeMeasured(outcome.measured),
    queuedUs: writeMs(phases.queuedMs),
    stagedUs: writeMs(phases.stagedMs),
    ranUs: writeMs(phases.ranMs),
    collectedUs: writeMs(phases.collectedMs),
  };
}

export function readOutcome(ended: WireEnded): AttemptOutcome {
  const outcome: Mutable<AttemptOutcome> = {
    code: readCode(ended.code),
    stdout: readStream(present(ended.stdout, "stdout")),
    stderr: readStream(present(ended.stderr, "stderr")),
    outputs: readOutputReports(ended.outputs),
    measured: readMeasured(present(ended.measured, "measured")),
    phases: {
      queuedMs: readMs(ended.queuedUs, "a phase"),
      stagedMs: readMs(ended.stagedUs, "a phase"),
      ranMs: readMs(ended.ranUs, "a phase"),
      collectedMs: readMs(ended.collectedUs, "a phase"),
    },
  };
  readReasons(ended, outcome);
  return outcome;
}

/** What an end may say of why it came; the rest of a message is read by others. */
export function readReasons(
  wire: Pick<WireEnded, "exitCode" | "signal" | "message" | "exhausted">,
  outcome: Mutable<AttemptOutcome>,
): void {
  if (wire.exitCode !== null) outcome.exitCode = wire.exitCode;
  if (wire.signal !== "") outcome.signal = readLabel(wire.signal, "a signal");
  if (wire.message !== "") outcome.message = readText(wire.message, LIMITS.inlineBytes, "a sentence");
  if (wire.exhausted.length > 0) {
    outcome.exhausted = readList(wire.exhausted, MOST_EXHAUSTED, "exhausted resources").map((name) =>
      readLabel(name, "a resource"),
    );
  }
}

/** A word of a newer version is "unknown": the attempt has ended all the same. */
export function readCode(code: string): ResultCode {
  return KNOWN_CODES.has(code) ? (code as ResultCode) : "unknown";
}

function writeStream(stream: StreamOutcome): taskvine.worker.Stream.$Properties {
  return {
    tail: stream.tail,
    size: whole(stream.size),
    spilled: stream.spilled ?? "",
    truncated: stream.truncated,
  };
}

function readStream(wire: taskvine.worker.Stream): StreamOutcome {
  const stream: Mutable<StreamOutcome> = {
    tail: readBytes(wire.tail, LIMITS.inlineBytes, "the end of a stream"),
    size: readCount(wire.size, "a size"),
    truncated: wire.truncated,
  };
  if (wire.spilled !== "") stream.spilled = readCacheName(wire.spilled);
  return stream;
}

export function writeOutputReport(output: OutputReport): taskvine.worker.OutputReport.$Properties {
  return {
    file: output.file,
    cacheName: output.cacheName,
    kind: fileKinds.toWire(output.kind),
    size: whole(output.size),
    digest: digestBytes(output.digest),
    bytes: output.bytes ?? null,
  };
}

export function readOutputReports(wire: readonly taskvine.worker.OutputReport[]): OutputReport[] {
  return readList(wire, LIMITS.mountsPerTask, "outputs").map(readOutput);
}

function readOutput(wire: taskvine.worker.OutputReport): OutputReport {
  const output: Mutable<OutputReport> = {
    file: readId(wire.file, fileId, "a file"),
    cacheName: readCacheName(wire.cacheName),
    kind: fileKinds.fromWire(wire.kind),
    size: readCount(wire.size, "a size"),
  };
  const digest = readDigest(wire.digest, "a digest");
  if (digest !== undefined) output.digest = digest;
  if (wire.bytes !== null) output.bytes = readBytes(wire.bytes, LIMITS.inlineBytes, "a value");
  return output;
}

function writeMeasured(measured: Measured): taskvine.worker.Measured.$Properties {
  return {
    wallUs: writeMs(measured.wallMs),
    cpuUs: measured.cpuMs === undefined ? null : writeMs(measured.cpuMs),
    memory: measured.memory === undefined ? null : whole(measured.memory),
    disk: measured.disk === undefined ? null : whole(measured.disk),
    processes: measured.processes ?? null,
  };
}

function readMeasured(wire: taskvine.worker.Measured): Measured {
  const measured: Mutable<Measured> = { wallMs: readMs(wire.wallUs, "wall time") };
  if (wire.cpuUs !== null) measured.cpuMs = readMs(wire.cpuUs, "processor time");
  if (wire.memory !== null) measured.memory = readCount(wire.memory, "memory");
  if (wire.disk !== null) measured.disk = readCount(wire.disk, "disk");
  if (wire.processes !== null) measured.processes = wire.processes;
  return measured;
}

export function writeMs(milliseconds: number): number {
  return whole(milliseconds * MICROSECONDS);
}

export function readMs(microseconds: Parameters<typeof readCount>[0], what: string): number {
  return readCount(microseconds, what) / MICROSECONDS;
}
