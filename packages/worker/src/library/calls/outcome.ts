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

/** What the manager is told of a call whose value travels with the news. */
export function answeredOutcome({ call, answer, queuedMs, ranMs }: Answered): AttemptOutcome {
  const { value: output } = call.order.call;
  const { value, failure } = answer;
  if (output === undefined || failure !== undefined) {
    return outcomeOf({ call, answer, queuedMs, ranMs }, { ...inline(value), outputs: NO_OUTPUTS });
  }
  const { file, cacheName } = output;
  const outputs: OutputReport[] = [{ file, cacheName, kind: "file", size: value.length, bytes: value }];
  return outcomeOf({ call, answer, queuedMs, ranMs }, { ...inline(NOTHING), outputs });
}

function inline(value: Uint8Array): Omit<CallHarvest, "outputs"> {
  return { value, spilled: undefined, fault: undefined, collectedMs: 0 };
}

export function outcomeOf({ call, answer, queuedMs, ranMs }: Answered, harvest: CallHarvest): AttemptOutcome {
  const { failure, stdout, stderr } = answer;
  const { outputs, value, spilled, fault, collectedMs } = harvest;
  const { encoding } = call.order.call;
  const common = {
    stdout: stdout === "" ? NO_TEXT : printed(stdout),
    stderr: stderr === "" ? NO_TEXT : printed(stderr),
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
  if (cpuUs === undefined && memory === undefined) return { wallMs };
  return {
    wallMs,
    ...(cpuUs === undefined ? undefined : { cpuMs: cpuUs / 1000 }),
    ...(memory === undefined ? undefined : { memory }),
  };
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

function printed(text: string): StreamOutcome {
  const bytes = Buffer.from(text);
  return { tail: bytes.subarray(-LIMITS.inlineBytes), size: bytes.length, truncated: false };
}
