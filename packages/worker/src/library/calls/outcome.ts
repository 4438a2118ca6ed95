import {
  type AttemptOutcome,
  type CallFailure,
  type CallOutcome,
  type Encoding,
  LIMITS,
  type Measured,
  type OutputReport,
  type ResultCode,
  type StreamOutcome,
} from "@taskvine/core/model";
import type { AssignOutput } from "@taskvine/core/protocol";
import type { Answered, CallVerdict } from "../../machine/libraries/library-event.js";
import type { Answer, AnswerFailure, CallEntry, FailureKind } from "../../machine/libraries/tables/call.js";

const NOTHING = new Uint8Array(0);
const NO_TEXT: StreamOutcome = { tail: NOTHING, size: 0, truncated: false };
const NO_OUTPUTS: readonly OutputReport[] = [];

const CODES: Readonly<Record<FailureKind, ResultCode>> = {
  exception: "exception",
  crash: "library-exit",
  timeout: "max-wall-time",
  memory: "resource-exhaustion",
  cancelled: "cancelled",
  "unknown-function": "missing-library",
  "bad-arguments": "exception",
  "bad-result": "exception",
  // Another worker may have room for the value.
  disk: "unknown",
};

/** Where the value and the outputs of a call are now. */
export interface CallHarvest {
  readonly outputs: readonly OutputReport[];
  /** The value, unless it is an output or spilled. */
  readonly value: Uint8Array;
  readonly spilled: CallOutcome["spilled"];
  /** The function returned, but something could not be kept. */
  readonly fault: { readonly code: ResultCode; readonly message: string } | undefined;
  readonly collectedMs: number;
}

const NO_HARVEST: CallHarvest = {
  outputs: NO_OUTPUTS,
  value: NOTHING,
  spilled: undefined,
  fault: undefined,
  collectedMs: 0,
};

/** What the manager is told of a call whose value travels with the news: most calls, so it makes no more objects than it must. */
export function answeredOutcome(answered: Answered): AttemptOutcome {
  const { call, answer, queuedMs, ranMs } = answered;
  const { value, failure } = answer;
  if (failure !== undefined) return outcomeOf(answered, NO_HARVEST);
  const { value: place, encoding } = call.order.call;
  return {
    code: "success",
    stdout: printed(answer.stdout, answer.stdoutBytes),
    stderr: printed(answer.stderr, answer.stderrBytes),
    outputs: place === undefined ? NO_OUTPUTS : [inlineReport(place, value)],
    call: { encoding, value: place === undefined ? value : NOTHING },
    measured: measuredOf(answer, ranMs),
    phases: { queuedMs, stagedMs: 0, ranMs, collectedMs: 0 },
  };
}

/** A small value on its way to the manager, which holds it. */
export function inlineReport({ file, cacheName }: AssignOutput, value: Uint8Array): OutputReport {
  return { file, cacheName, kind: "file", size: value.length, bytes: value };
}

export function outcomeOf({ call, answer, queuedMs, ranMs }: Answered, harvest: CallHarvest): AttemptOutcome {
  const { failure } = answer;
  const { outputs, value, spilled, fault, collectedMs } = harvest;
  const { encoding } = call.order.call;
  const common = {
    stdout: printed(answer.stdout, answer.stdoutBytes),
    stderr: printed(answer.stderr, answer.stderrBytes),
    outputs,
    measured: measuredOf(answer, ranMs),
    phases: { queuedMs, stagedMs: 0, ranMs, collectedMs },
  };
  if (failure !== undefined) return { ...common, ...failed(failure, encoding) };
  if (fault !== undefined) {
    return { ...common, ...fault, call: { encoding, value: NOTHING, failure: withoutTrace(fault.message) } };
  }
  const place = spilled === undefined ? undefined : { spilled };
  return { ...common, code: "success", call: { encoding, value, ...place } };
}

function measuredOf({ cpuUs, memory }: Answer, wallMs: number): Measured {
  if (cpuUs === undefined) return memory === undefined ? { wallMs } : { wallMs, memory };
  const cpuMs = cpuUs / 1000;
  return memory === undefined ? { wallMs, cpuMs } : { wallMs, cpuMs, memory };
}

function failed(
  { kind, message, traceback, exception, exitCode, signal }: AnswerFailure,
  encoding: Encoding,
): Pick<AttemptOutcome, "code" | "call"> & Partial<AttemptOutcome> {
  return {
    code: CODES[kind],
    message,
    ...(exitCode === undefined ? undefined : { exitCode }),
    ...(signal === undefined ? undefined : { signal }),
    ...(kind === "memory" ? { exhausted: ["memory"] } : undefined),
    call: { encoding, value: NOTHING, failure: { message, traceback, exception } },
  };
}

/** Of a call that was never answered. */
export function verdictOutcome(call: CallEntry, verdict: CallVerdict, nowMs: number): AttemptOutcome {
  const { code, message, exit } = verdict;
  const spentMs = Math.max(0, nowMs - call.arrivedMs);
  return {
    code,
    message,
    ...(exit?.exitCode === undefined ? undefined : { exitCode: exit.exitCode }),
    ...(exit?.signal === undefined ? undefined : { signal: exit.signal }),
    ...(exit?.exhausted === undefined ? undefined : { exhausted: exit.exhausted }),
    stdout: NO_TEXT,
    stderr: NO_TEXT,
    outputs: NO_OUTPUTS,
    call: { encoding: call.order.call.encoding, value: NOTHING, failure: withoutTrace(message) },
    measured: { wallMs: 0 },
    phases: { queuedMs: spentMs, stagedMs: 0, ranMs: 0, collectedMs: 0 },
  };
}

function withoutTrace(message: string): CallFailure {
  return { message, traceback: "", exception: NOTHING };
}

function printed(text: string, bytesInAll: number): StreamOutcome {
  if (text === "") return NO_TEXT;
  const bytes = Buffer.from(text);
  return {
    tail: bytes.subarray(-LIMITS.inlineBytes),
    size: Math.max(bytes.length, bytesInAll),
    truncated: false,
  };
}
