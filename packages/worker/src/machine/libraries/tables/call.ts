import type { Attempt, CacheName, TaskId } from "@taskvine/core/model";
import type { Call } from "@taskvine/core/protocol";
import type { AttemptKey } from "../../tables/order.js";
import type { FunctionPace } from "./pace.js";

/** What the machine must know of a call. */
export interface CallOrder {
  readonly call: Call;
  /** Each name once. */
  readonly inputs: readonly CacheName[];
  /** It has a folder of its own: mounted inputs, or files as outputs. */
  readonly needsSandbox: boolean;
  /** A value of more bytes becomes a file here; -1: any value does. */
  readonly inlineBytes: number;
  /** What is told of a function's speed counts for this name. */
  readonly pace: string;
}

/** What a library said of a call that it has answered. */
export interface Answer {
  /** The call's number on its connection. */
  readonly id: number;
  /** Why there is no value. */
  readonly failure: AnswerFailure | undefined;
  readonly value: Uint8Array;
  /** The value is in the file that the call named. */
  readonly inFile: boolean;
  /** As far as the library measured. */
  readonly wallUs: number | undefined;
  readonly cpuUs: number | undefined;
  /** Peak, bytes. */
  readonly memory: number | undefined;
  /** What the function printed. */
  readonly stdout: string;
  readonly stderr: string;
  /** Bytes of it in all, where the text is only its end. */
  readonly stdoutBytes: number;
  readonly stderrBytes: number;
}

export const FAILURE_KINDS = [
  "exception",
  "crash",
  "timeout",
  "memory",
  "cancelled",
  "unknown-function",
  "bad-arguments",
  "bad-result",
  "disk",
] as const;
export type FailureKind = (typeof FAILURE_KINDS)[number];

export interface AnswerFailure {
  readonly kind: FailureKind;
  readonly message: string;
  readonly traceback: string;
  /** Written in the call's encoding; empty: none. */
  readonly exception: Uint8Array;
  readonly exitCode: number | undefined;
  readonly signal: string | undefined;
}

/**
 * `waiting`: an input is not here; `queued`: waits for its library; `placed`: on a connection; `collecting`: answered, and
 * what it left is being put into the cache; `gone`: nobody is to be told of it any more.
 */
export type CallState =
  | { readonly name: "waiting"; readonly missing: number }
  | { readonly name: "queued" }
  | { readonly name: "placed"; readonly flight: Flight }
  | { readonly name: "collecting" }
  | { readonly name: "gone" };

/** Every move of a call at a worker. docs/STATES.md is drawn from it. */
export const CALL_MOVES = {
  waiting: ["queued", "gone"],
  queued: ["placed", "gone"],
  placed: ["queued", "collecting", "gone"],
  collecting: ["gone"],
  gone: [],
} as const satisfies Record<CallState["name"], readonly CallState["name"][]>;

/**
 * It was on a connection that ended, and may be what ended it: it is sent again, alone. `first`: it was the oldest there,
 * and is to blame when nobody can be asked any more.
 */
export type Suspicion = "first" | "other";

export interface CallEntry {
  /** Written by the call table only. */
  order: CallOrder;
  readonly task: TaskId;
  readonly attempt: Attempt;
  readonly instance: AttemptKey;
  readonly pace: FunctionPace;
  readonly arrivedMs: number;
  /** Since when an input is neither here nor coming. */
  patienceFromMs: number;
  suspicion: Suspicion | undefined;
  /** Written by the call table only. */
  state: CallState;
}

/** A call on a connection. It stays there until it is answered or the connection ends, whether it is still wanted or not. */
export interface Flight {
  readonly call: CallEntry;
  /** Id of the connection. */
  readonly connection: number;
  /** Its number in the conversation with the library. */
  readonly id: number;
  /** What it is thought to take, microseconds. */
  readonly expectedUs: number;
  readonly placedMs: number;
  /** False while its sandbox is being made. */
  sent: boolean;
  /** When its turn had come there; undefined: it waits behind others. */
  begunMs: number | undefined;
  /** The library said itself that it has begun. */
  announced: boolean;
  /** The library has been told to give it up unless it has begun it. */
  askedBack: boolean;
  /** The manager knows that it runs. */
  told: boolean;
  /** When the process is ended that does not stop it. */
  killAtMs: number | undefined;
}

export function newCall(
  order: CallOrder,
  instance: AttemptKey,
  pace: FunctionPace,
  nowMs: number,
): CallEntry {
  const { task, attempt } = order.call;
  return {
    order,
    task,
    attempt,
    instance,
    pace,
    arrivedMs: nowMs,
    patienceFromMs: nowMs,
    suspicion: undefined,
    state: { name: "queued" },
  };
}

export function moveCall(call: CallEntry, to: CallState): void {
  const legal: readonly string[] = CALL_MOVES[call.state.name];
  if (!legal.includes(to.name)) {
    throw new Error(`call ${call.task}-${call.attempt} cannot go from ${call.state.name} to ${to.name}`);
  }
  call.state = to;
}

/** Somebody waits for its answer. */
export function isWanted(flight: Flight): boolean {
  const { state } = flight.call;
  return state.name === "placed" && state.flight === flight;
}
