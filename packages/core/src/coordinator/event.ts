import type { FileIdentity, FileSpec } from "../files/file.js";
import type { LibrarySpec } from "../libraries/library.js";
import type { Attempt, CacheName, FileId, LibraryId, TaskId, TransferId, WorkerId } from "../model/ids.js";
import type { AttemptOutcome } from "../tasks/result.js";
import type { TaskSpec } from "../tasks/task.js";
import type { WorkerSpec } from "../workers/worker.js";

/** One attempt of a task. */
export interface AttemptName {
  readonly task: TaskId;
  readonly attempt: Attempt;
}

/** Why a copy did not arrive. */
export interface TransferFailure {
  /** Stable error code (model/errors.ts). */
  readonly error: string;
  readonly message: string;
  /** Who is to blame: `source` is avoided for a while, `destination` likewise, `file`: no source will do better (URL 404, hostile archive). */
  readonly fault: "source" | "destination" | "file";
}

/** Everything that can happen, as the coordinator sees it. News of unknown ids or past attempts changes nothing. */
export type Event =
  | { readonly type: "file-declared"; readonly file: FileSpec }
  /** Answer to `name`. Buffers are named by the manager at once. */
  | { readonly type: "file-named"; readonly file: FileId; readonly identity: FileIdentity }
  /** Answer to `name`: a local file is missing or unreadable, a URL is not to be had. */
  | {
      readonly type: "file-unusable";
      readonly file: FileId;
      readonly error: string;
      readonly message: string;
    }
  /**
   * The application (or an adapter) wants the content at the manager: answered by `retrieve`, or by `file-unobtainable`; by
   * nothing when the manager has it, or gets it with the news of a call (OutputReport.bytes).
   */
  | { readonly type: "file-wanted"; readonly file: FileId }
  /** Drop all replicas now; the recipe stays, so the file can be made again. */
  | { readonly type: "file-pruned"; readonly file: FileId }
  /** The application will not name it again. Goes once no submitted task needs it. */
  | { readonly type: "file-undeclared"; readonly file: FileId }
  /** In any order that the application likes: an input may be the output of a task that comes later in the list. */
  | { readonly type: "tasks-submitted"; readonly tasks: readonly TaskSpec[] }
  | { readonly type: "task-cancelled"; readonly task: TaskId }
  /** Before any call that names it. */
  | { readonly type: "library-declared"; readonly library: LibrarySpec }
  /** No call will name it again: its instances end once its calls have. One may be deployed again to make a lost value anew. */
  | { readonly type: "library-removed"; readonly library: LibraryId }
  /** An instance (the task of a `deploy`) has loaded what it needs. It may say so again, with other slots or functions. */
  | {
      readonly type: "library-ready";
      readonly worker: WorkerId;
      readonly task: TaskId;
      readonly attempt: Attempt;
      /** Calls that it runs at the same time. */
      readonly slots: number;
      /** What it offers; absent: functions that are inputs of their calls, or any name. */
      readonly functions?: readonly string[];
    }
  /** `running`: attempts of an earlier connection that go on there, and those that ended meanwhile and are about to be told of. */
  | {
      readonly type: "worker-joined";
      readonly worker: WorkerSpec;
      readonly running?: readonly AttemptName[];
    }
  /** No news will come from this connection any more. */
  | { readonly type: "worker-lost"; readonly worker: WorkerId; readonly reason: string }
  /** It asked to leave, or the operator wants it gone: no new work; `release` once it is empty. */
  | { readonly type: "worker-draining"; readonly worker: WorkerId }
  | {
      readonly type: "task-started";
      readonly worker: WorkerId;
      readonly task: TaskId;
      readonly attempt: Attempt;
    }
  | {
      readonly type: "task-ended";
      readonly worker: WorkerId;
      readonly task: TaskId;
      readonly attempt: Attempt;
      readonly outcome: AttemptOutcome;
    }
  /**
   * The worker gives a task back that it has not started, or (`input-damaged`) the end of which does not count, because
   * an input was changed in the cache while the task used it; a call also when its library instance ended before it
   * began (`library-gone`).
   */
  | {
      readonly type: "task-returned";
      readonly worker: WorkerId;
      readonly task: TaskId;
      readonly attempt: Attempt;
      readonly reason:
        | "retracted"
        | "input-missing"
        | "input-damaged"
        | "leaving"
        | "no-room"
        | "library-gone";
      readonly message: string;
    }
  /** A fetch or make arrived and was verified. */
  | {
      readonly type: "replica-ready";
      readonly worker: WorkerId;
      readonly transfer: TransferId;
      readonly size: number;
      readonly digest?: string;
      readonly kind: "file" | "tree";
    }
  /** A cache entry is gone: evicted, or found damaged. */
  | {
      readonly type: "replica-gone";
      readonly worker: WorkerId;
      readonly cacheName: CacheName;
      readonly reason: string;
    }
  /** A fetch or make at a worker failed. */
  | {
      readonly type: "transfer-failed";
      readonly worker: WorkerId;
      readonly transfer: TransferId;
      readonly failure: TransferFailure;
    }
  /** A `retrieve` is complete: the manager has the content. */
  | { readonly type: "retrieved"; readonly transfer: TransferId }
  | { readonly type: "retrieval-failed"; readonly transfer: TransferId; readonly failure: TransferFailure }
  /** A `retrieve-value` is complete: the manager has what the call returned. */
  | { readonly type: "value-retrieved"; readonly task: TaskId; readonly attempt: Attempt }
  | {
      readonly type: "value-lost";
      readonly task: TaskId;
      readonly attempt: Attempt;
      readonly failure: TransferFailure;
    }
  /** The manager's own copy of a local file is not what was named any more (changed or vanished), or a value is lost there. */
  | {
      readonly type: "source-changed";
      readonly file: FileId;
      readonly error: string;
      readonly message: string;
    }
  /** Time has passed; see `Coordinator.nextDeadlineMs`. */
  | { readonly type: "tick" };
