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
    outputs: outcome.outputs.map(writeOutput),
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
    outputs: readList(ended.outputs, LIMITS.mountsPerTask, "outputs").map(readOutput),
    measured: readMeasured(present(ended.measured, "measured")),
    phases: {
      queuedMs: readMs(ended.queuedUs, "a phase"),
      stagedMs: readMs(ended.stagedUs, "a phase"),
      ranMs: readMs(ended.ranUs, "a phase"),
      collectedMs: readMs(ended.collectedUs, "a phase"),
    },
  };
  if (ended.exitCode !== null) outcome.exitCode = ended.exitCode;
  if (ended.signal !== "") outcome.signal = readLabel(ended.signal, "a signal");
  if (ended.message !== "") outcome.message = readText(ended.message, LIMITS.inlineBytes, "a sentence");
  if (ended.exhausted.length > 0) {
    outcome.exhausted = readList(ended.exhausted, MOST_EXHAUSTED, "exhausted resources").map((name) =>
      readLabel(name, "a resource"),
    );
  }
  return outcome;
}

/** A word of a newer version is "unknown": the attempt has ended all the same. */
function readCode(code: string): ResultCode {
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

function writeOutput(output: OutputReport): taskvine.worker.OutputReport.$Properties {
  return {
    file: output.file,
    cacheName: output.cacheName,
    kind: fileKinds.toWire(output.kind),
    size: whole(output.size),
    digest: digestBytes(output.digest),
  };
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

function writeMs(milliseconds: number): number {
  return whole(milliseconds * MICROSECONDS);
}

function readMs(microseconds: Parameters<typeof readCount>[0], what: string): number {
  return readCount(microseconds, what) / MICROSECONDS;
}
