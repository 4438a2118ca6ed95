import type { FileKind } from "../files/file.js";
import type { Attempt, CacheName, FileId, TaskId, TransferId } from "../model/ids.js";
import type { Allocation } from "../model/resources.js";
import type { AttemptOutcome } from "../tasks/result.js";
import type { HeldReplica } from "../workers/worker.js";

export interface RunningAttempt {
  readonly task: TaskId;
  readonly attempt: Attempt;
}

/** First message of the worker. */
export interface Introduce {
  readonly type: "introduce";
  readonly name: string;
  readonly host: string;
  /** Same for workers that can link each other's files: machine, boot and user. */
  readonly hostId: string;
  readonly resources: Allocation;
  readonly features: readonly string[];
  /** Absent: stays. */
  readonly endsWithinMs?: number;
  readonly holds: readonly HeldReplica[];
  /** Addresses under which its data server may be reached. */
  readonly dataHosts: readonly string[];
  readonly dataPort: number;
  /** SHA-256 of its certificate; empty when insecure. */
  readonly dataFingerprint: Uint8Array;
  /** Where its cache lies, for links between workers of one user on one host; "": no links. */
  readonly cachePath: string;
  readonly software: string;
  /** Attempts that still run from an earlier connection to the same manager instance. */
  readonly running: readonly RunningAttempt[];
  /** It understands linked calls. */
  readonly linksCalls?: true;
  /** SHA-256 of the ticket key of its earlier connection to the same manager instance: proves whose `running` is. */
  readonly resumes?: Uint8Array;
}

export interface Started {
  readonly type: "started";
  readonly task: TaskId;
  readonly attempt: Attempt;
}

export interface Ended {
  readonly type: "ended";
  readonly task: TaskId;
  readonly attempt: Attempt;
  readonly outcome: AttemptOutcome;
}

export type ReturnReason =
  | "retracted"
  | "input-missing"
  | "input-damaged"
  | "leaving"
  | "no-room"
  | "library-gone";

/** An attempt that has not started is given back. */
export interface Returned {
  readonly type: "returned";
  readonly task: TaskId;
  readonly attempt: Attempt;
  readonly reason: ReturnReason;
  readonly message: string;
}

export interface ReplicaReady {
  readonly type: "replica-ready";
  readonly transfer: TransferId;
  readonly size: number;
  /** Hex. */
  readonly digest?: string;
  readonly kind: FileKind;
}

export interface ReplicaGone {
  readonly type: "replica-gone";
  readonly cacheName: CacheName;
  readonly reason: string;
}

export type Fault = "source" | "destination" | "file";

export interface TransferFailed {
  readonly type: "transfer-failed";
  readonly transfer: TransferId;
  readonly failure: { readonly error: string; readonly message: string; readonly fault: Fault };
}

/** Bytes appended to a watched output while the task runs. */
export interface Watched {
  readonly type: "watched";
  readonly task: TaskId;
  readonly attempt: Attempt;
  readonly file: FileId;
  readonly offset: number;
  readonly data: Uint8Array;
}

/** The worker takes no new work and waits for its release. */
export interface Leaving {
  readonly type: "leaving";
  readonly reason: string;
}

/** A library instance is ready for calls, or offers something else than before. */
export interface LibraryReady {
  readonly type: "library-ready";
  readonly task: TaskId;
  readonly attempt: Attempt;
  readonly slots: number;
  /** Absent: any name. */
  readonly functions?: readonly string[];
}

/** Worker → manager. The end of a call is an `ended` whose outcome has a `call`; it has a message of its own on the wire. */
export type WorkerMessage =
  | Introduce
  | Started
  | Ended
  | Returned
  | ReplicaReady
  | ReplicaGone
  | TransferFailed
  | Watched
  | Leaving
  | LibraryReady;
