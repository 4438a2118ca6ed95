import type { CacheName, ResultCode, TransferId } from "@taskvine/core/model";
import type { LibraryEffect, LibraryEvent } from "./libraries/library-event.js";
import type { Stored } from "./tables/entry.js";
import type { Assignment, AttemptKey, TransferFault, TransferOrder } from "./tables/order.js";

export type LostPolicy = "finish" | "keep" | "drop";

/** Everything that can happen at a worker. News of unknown keys, names or transfers changes nothing. */
export type WorkerEvent =
  | LibraryEvent
  | { readonly type: "task-assigned"; readonly assignment: Assignment }
  /** Give it back if it has not started. */
  | { readonly type: "task-retracted"; readonly key: AttemptKey }
  /** The manager wants no answer. */
  | { readonly type: "task-killed"; readonly key: AttemptKey }
  /** Its process and everything that it started are gone, its outputs are in the cache. */
  | {
      readonly type: "task-ended";
      readonly key: AttemptKey;
      readonly outputs: readonly Stored[];
      /** Inputs that can be changed now, but were not. */
      readonly loosened: readonly CacheName[];
    }
  /** Somebody changed inputs that it had, so that it does not count. `damaged`: those that are still in the cache like that. */
  | {
      readonly type: "task-spoiled";
      readonly key: AttemptKey;
      readonly damaged: readonly CacheName[];
      readonly message: string;
    }
  /** It could not be started for reasons that are not its own: no space, no process. */
  | { readonly type: "task-unstarted"; readonly key: AttemptKey; readonly message: string }
  | { readonly type: "transfer-asked"; readonly order: TransferOrder }
  | { readonly type: "transfer-arrived"; readonly transfer: TransferId; readonly stored: Stored }
  | { readonly type: "transfer-failed"; readonly transfer: TransferId; readonly fault: TransferFault }
  | { readonly type: "drop-asked"; readonly cacheName: CacheName }
  /** The data server begins or ends to send an entry. */
  | { readonly type: "hold-taken"; readonly cacheName: CacheName }
  | { readonly type: "hold-released"; readonly cacheName: CacheName }
  /** Content on disk is not what it was. */
  | { readonly type: "entry-damaged"; readonly cacheName: CacheName; readonly reason: string }
  /** Content that is not the output of a task: a spilled stream. */
  | { readonly type: "entry-stored"; readonly stored: Stored }
  /** No new work; what has not started goes back; what runs is ended where `kill` says so. */
  | { readonly type: "leave"; readonly kill: boolean; readonly message: string }
  /** The link ended: nobody can be told anything. */
  | { readonly type: "manager-lost"; readonly policy: LostPolicy }
  /** A manager was found, and it is not the one whose work this is. */
  | { readonly type: "manager-changed" }
  /** Time has passed. */
  | { readonly type: "tick" };

export type ReturnReason = "retracted" | "input-missing" | "input-damaged" | "leaving" | "no-room";

/** Everything that the machine can ask of the outside. Performed in order. */
export type WorkerEffect =
  | LibraryEffect
  | { readonly type: "start-task"; readonly key: AttemptKey }
  | {
      readonly type: "kill-task";
      readonly key: AttemptKey;
      readonly code: ResultCode;
      readonly message: string;
      /** Before it is insisted, milliseconds. */
      readonly graceMs?: number;
    }
  /** Tell the manager that it will not run here. */
  | {
      readonly type: "return-task";
      readonly key: AttemptKey;
      readonly reason: ReturnReason;
      readonly message: string;
    }
  /** Tell the manager how it ended. */
  | { readonly type: "report-end"; readonly key: AttemptKey }
  /** Nobody wants to know of it any more. */
  | { readonly type: "forget-task"; readonly key: AttemptKey }
  /** At most `sizeLimit` bytes may arrive. */
  | { readonly type: "start-transfer"; readonly transfer: TransferId; readonly sizeLimit: number }
  | { readonly type: "abort-transfer"; readonly transfer: TransferId }
  | { readonly type: "report-ready"; readonly transfer: TransferId; readonly stored: Stored }
  | { readonly type: "report-failed"; readonly transfer: TransferId; readonly fault: TransferFault }
  | { readonly type: "report-gone"; readonly cacheName: CacheName; readonly reason: string }
  /** Delete it from disk. */
  | { readonly type: "remove-entry"; readonly cacheName: CacheName };
