import type { Attempt, CacheName, FileId, LibraryId, TaskId, TransferId, WorkerId } from "../model/ids.js";
import type { Allocation } from "../model/resources.js";
import type { TaskResult } from "../tasks/result.js";

/** Where a worker is to fetch a file from. */
export type TransferSource =
  /** The manager's data server (local files, buffers, retrieved files). */
  | { readonly type: "manager" }
  /** The file's own URL. */
  | { readonly type: "url" }
  | { readonly type: "worker"; readonly worker: WorkerId };

/** An output as the worker is told of it. */
export interface AssignedOutput {
  readonly file: FileId;
  readonly cacheName: CacheName;
}

/** Everything the coordinator can ask of the outside. Performed in order. */
export type Effect =
  /** Find out a local file's digest or a URL's validators: answered by file-named or file-unusable. Asked at most once at a time per file. */
  | { readonly type: "name"; readonly file: FileId }
  /** Run this attempt. The worker queues it, and starts it when its inputs (sent by fetch/make before or after) are in its cache and it has room. */
  | {
      readonly type: "assign";
      readonly worker: WorkerId;
      readonly task: TaskId;
      readonly attempt: Attempt;
      readonly allocation: Allocation;
      /** In the order of the spec's outputs. */
      readonly outputs: readonly AssignedOutput[];
      /** Its inputs are to be copies: an earlier attempt had one that was changed while it was in use. */
      readonly copyInputs?: true;
    }
  /**
   * Run an instance of a library, as if it were a task: its inputs are fetched like a task's, task-started and task-ended
   * tell of its process (of calls that it ran or had, news comes for each, best before that of its end), kill ends it. `task` is the coordinator's own number for it (FIRST_INSTANCE_ID and up).
   */
  | {
      readonly type: "deploy";
      readonly worker: WorkerId;
      readonly task: TaskId;
      readonly attempt: Attempt;
      readonly library: LibraryId;
      readonly allocation: Allocation;
    }
  /**
   * Hand this call to an instance there, which may still be busy with others. Small values that the manager has
   * (OutputReport.bytes) go with it. Answered by task-ended or task-returned; task-started comes only when it runs for long.
   */
  | {
      readonly type: "call";
      readonly worker: WorkerId;
      readonly task: TaskId;
      readonly attempt: Attempt;
      /** The task of its deploy. */
      readonly instance: TaskId;
      readonly outputs: readonly AssignedOutput[];
      /**
       * Sent ahead: the worker begins it when the call there that makes one of its inputs returns a value that travels with the
       * news, and nobody tells it so. In any other case it answers with task-returned.
       */
      readonly linked?: true;
    }
  /** Give it back if it has not started: answered by task-returned, or by nothing when it has. */
  | { readonly type: "retract"; readonly worker: WorkerId; readonly task: TaskId; readonly attempt: Attempt }
  /** Stop it: no answer is waited for. */
  | { readonly type: "kill"; readonly worker: WorkerId; readonly task: TaskId; readonly attempt: Attempt }
  | {
      readonly type: "fetch";
      readonly worker: WorkerId;
      readonly transfer: TransferId;
      readonly file: FileId;
      readonly source: TransferSource;
    }
  /** Unpack the archive, or run the mini-task, at this worker; its inputs are there. */
  | { readonly type: "make"; readonly worker: WorkerId; readonly transfer: TransferId; readonly file: FileId }
  /** Forget a cache entry (once no running task uses it). */
  | { readonly type: "drop"; readonly worker: WorkerId; readonly cacheName: CacheName }
  /** Bring a file from a worker to the manager: to its path (local) or to whoever wanted it. */
  | {
      readonly type: "retrieve";
      readonly transfer: TransferId;
      readonly file: FileId;
      readonly source: WorkerId;
    }
  /**
   * Bring what a call returned to the manager: it was too large to come with the news, and has no file of its own. Answered
   * by value-retrieved or value-lost; nobody waits for it any more when the task ends before.
   */
  | {
      readonly type: "retrieve-value";
      readonly worker: WorkerId;
      readonly task: TaskId;
      readonly attempt: Attempt;
      readonly cacheName: CacheName;
      readonly size: number;
    }
  /** A wanted file cannot be had. */
  | {
      readonly type: "file-unobtainable";
      readonly file: FileId;
      readonly error: string;
      readonly message: string;
    }
  /** Nothing needs the manager's copy any more: close, and unlink where the user said so. A value may come again, with a later call. */
  | { readonly type: "forget-file"; readonly file: FileId }
  /** A task came to its end: tell the application. Exactly once for every submitted task. */
  | { readonly type: "task-finished"; readonly result: TaskResult }
  /** The worker is empty and may go. */
  | { readonly type: "release"; readonly worker: WorkerId }
  /** Something worth a line in the log, e.g. a lost temp being made again. `task`: the one that it names, if any. */
  | {
      readonly type: "note";
      readonly level: "info" | "warn";
      readonly message: string;
      readonly task?: TaskId;
    };
