import type { Attempt, CacheName, ResultCode, TaskId } from "@taskvine/core/model";
import type { Stored } from "../tables/entry.js";
import type { AttemptKey } from "../tables/order.js";
import type { Answer, CallEntry, CallOrder, Flight } from "./tables/call.js";
import type { ConnectionFacts } from "./tables/connection.js";
import type { Offer, ProcessExit } from "./tables/instance.js";

/** What can happen to libraries and calls. News of what is not known changes nothing. */
export type LibraryEvent =
  /** Its process runs. */
  | { readonly type: "library-started"; readonly key: AttemptKey }
  /** Its process has ended. Goes before the task-ended of it. */
  | { readonly type: "library-exited"; readonly key: AttemptKey; readonly exit: ProcessExit }
  | { readonly type: "connection-opened"; readonly key: AttemptKey; readonly facts: ConnectionFacts }
  /** The library says that it begins nothing more there. */
  | { readonly type: "connection-ending"; readonly connection: number }
  | { readonly type: "connection-closed"; readonly connection: number }
  | { readonly type: "call-asked"; readonly order: CallOrder }
  | { readonly type: "call-retracted"; readonly task: TaskId; readonly attempt: Attempt }
  /** The manager wants no answer. */
  | { readonly type: "call-killed"; readonly task: TaskId; readonly attempt: Attempt }
  /** The sandbox is there. */
  | { readonly type: "call-staged"; readonly call: CallEntry }
  | { readonly type: "call-unstaged"; readonly call: CallEntry; readonly message: string }
  /** The library says that these have begun. */
  | { readonly type: "calls-begun"; readonly connection: number; readonly ids: readonly number[] }
  | { readonly type: "calls-answered"; readonly connection: number; readonly answers: readonly Answer[] }
  /** What it left is in the cache. */
  | {
      readonly type: "call-collected";
      readonly call: CallEntry;
      readonly stored: readonly Stored[];
      readonly loosened: readonly CacheName[];
    }
  /** Somebody changed inputs that it had, so that it does not count. */
  | { readonly type: "call-spoiled"; readonly call: CallEntry }
  /** Time has passed: limits are looked at. To come often while `isRestless`. */
  | { readonly type: "calls-due" };

/** A call that was answered, and how long it took here. */
export interface Answered {
  readonly call: CallEntry;
  readonly answer: Answer;
  readonly queuedMs: number;
  readonly ranMs: number;
  /** A call that was linked to it begins: the news of its end is in no hurry. */
  readonly isFollowed: boolean;
}

/** Why a call ended without an answer. */
export interface CallVerdict {
  readonly code: ResultCode;
  readonly message: string;
  readonly exit?: ProcessExit;
}

export type CallReturnReason =
  | "retracted"
  | "input-missing"
  | "input-damaged"
  | "leaving"
  | "library-gone"
  | "no-room";

/** What the machine asks of those who talk to libraries. */
export type LibraryEffect =
  | { readonly type: "library-ready"; readonly key: AttemptKey; readonly offer: Offer }
  /** Make its sandbox; answered by call-staged or call-unstaged. */
  | { readonly type: "stage-call"; readonly call: CallEntry }
  | { readonly type: "send-call"; readonly flight: Flight }
  | { readonly type: "cancel-call"; readonly flight: Flight }
  /** The library need not answer: one that does not know the word, or has begun the call, runs it. */
  | { readonly type: "withdraw-call"; readonly flight: Flight }
  /** Kill the process of this connection; where that cannot be done, the whole instance. */
  | {
      readonly type: "end-connection";
      readonly connection: number;
      readonly key: AttemptKey;
      readonly message: string;
    }
  /** Tell the manager that it runs. */
  | { readonly type: "call-runs"; readonly call: CallEntry }
  /** Tell the manager how it ended. */
  | { readonly type: "report-call"; readonly answered: Answered }
  | { readonly type: "fail-call"; readonly call: CallEntry; readonly verdict: CallVerdict }
  /** Put what it left into the cache; answered by call-collected. */
  | { readonly type: "collect-call"; readonly answered: Answered }
  /** Tell the manager what was collected. */
  | { readonly type: "report-collected"; readonly call: CallEntry }
  | {
      readonly type: "return-call";
      readonly call: CallEntry;
      readonly reason: CallReturnReason;
      readonly message: string;
    }
  /** Nobody wants to know of it any more. */
  | { readonly type: "forget-call"; readonly call: CallEntry }
  /** What may lie in the place of its value is of no use. */
  | { readonly type: "discard-value"; readonly flight: Flight };
