import type { ArchiveOptions, FileOptions, LocalFileOptions } from "../manager/api/declare.js";
import type { FunctionCall } from "../manager/api/functions/function-call.js";
import type { Library } from "../manager/api/functions/library.js";
import type { LibraryHandle } from "../manager/api/functions/library-handle.js";
import type { Result } from "../manager/api/result.js";
import type { Task } from "../manager/api/task.js";
import type { VineFile } from "../manager/api/vine-file.js";
import type { VineError } from "../model/errors.js";
import type { Encoding } from "../tasks/task.js";
import type { WorkerSpec } from "../workers/worker.js";

/** Calls that differ in nothing but their arguments. */
export interface CallBatch {
  readonly library: LibraryHandle;
  readonly function: string;
  /** Of each call, written in the encoding: `[args, kwargs]`. */
  readonly args: readonly Uint8Array[];
  /** Default: the library's. */
  readonly encoding?: Encoding;
  /** A function that comes with its calls (a pickle); `function` is then only what people call it. */
  readonly functionFile?: VineFile;
  readonly tag?: string;
  readonly category?: string;
  /** Larger goes first. Default 0. */
  readonly priority?: number;
  /** Default 5. */
  readonly retries?: number;
  /** Longest run of one attempt, milliseconds. */
  readonly wallTimeMs?: number;
}

/** How one call of a batch ended: its value as it was written, or why there is none. */
export type CallEnd =
  | { readonly type: "returned"; readonly value: Uint8Array }
  | { readonly type: "failed"; readonly error: VineError };

/** What a call reads that does not come with it. */
export interface LinkedInput {
  readonly file: VineFile;
  /** What the arguments call it. */
  readonly name: string;
  /** `value`: the host reads it as an argument; `path`: the function gets the path of a copy that it must not change. */
  readonly use: "value" | "path";
}

/** A call that takes part in passing values on. */
export interface LinkedCall {
  readonly library: LibraryHandle;
  readonly function: string;
  /** Written in the encoding: `[args, kwargs]`. */
  readonly args: Uint8Array;
  /** Default: the library's. */
  readonly encoding?: Encoding;
  readonly inputs?: readonly LinkedInput[];
  /** A temp that its value goes to, unless that is small: then it travels with the news. */
  readonly value?: VineFile;
  readonly tag?: string;
  readonly category?: string;
  /** Larger goes first. Default 0. */
  readonly priority?: number;
  /** Default 5. */
  readonly retries?: number;
  /** Longest run of one attempt, milliseconds. */
  readonly wallTimeMs?: number;
  /** Most that the call may take, bytes; only hosts that run each call in a process of its own see to it. */
  readonly memory?: number;
}

/**
 * How such a call ended. `value`: what it returned, as it was written; where `bytes` says that its value is a file of that
 * size, what its library told beside it. `exception`: as it was written, where there is one. `worker`: the name of the one
 * that ran it last.
 */
export type LinkedEnd =
  | {
      readonly type: "returned";
      readonly value: Uint8Array;
      readonly bytes: number | undefined;
      readonly worker: string;
    }
  | {
      readonly type: "failed";
      readonly error: VineError;
      readonly exception: Uint8Array;
      readonly worker: string;
    };

/** Calls on their way. */
export interface CallRun {
  /** Ends one call of the batch, or all that have not ended: each is told as failed, with CANCELLED. */
  cancel(index?: number): void;
}

/**
 * What an executor has of the manager that runs it. What it declares and submits is its own: the application and other
 * executors do not see it, and it ends with the executor.
 */
export interface ExecutorHost {
  /** The manager's name, and the folder of its run. */
  readonly managerName: string;
  readonly runDirectory: string;
  /** A file or directory tree at the manager's machine: as an input, or as the place where an output is brought to. */
  declareFile(path: string, options?: LocalFileOptions): VineFile;
  declareBuffer(content: string | Uint8Array, options?: FileOptions): VineFile;
  declareUrl(url: string, options?: FileOptions): VineFile;
  /** An output that stays in the cluster: it is kept until `undeclare`, and made again where it is lost. */
  declareTemp(options?: FileOptions): VineFile;
  declareMiniTask(task: Task, output: string, options?: FileOptions): VineFile;
  declareUntar(archive: VineFile, options?: ArchiveOptions): VineFile;
  /** It will not be named again: it goes once nothing that was submitted needs it. */
  undeclare(file: VineFile): void;
  /** Drops all copies in the cluster now; it is made again when a task needs it. */
  prune(file: VineFile): void;
  /** Its name is the executor's own: others may have a library of the same name. */
  declareLibrary(library: Library): LibraryHandle;
  /** Hands over a task or call. Throws at what cannot be right; never rejects for one that failed. */
  submit(work: Task | FunctionCall, options?: { readonly signal?: AbortSignal }): Promise<Result>;
  /** A whole graph, in any order: inputs may be outputs of tasks that come later in the list. All of it, or nothing. */
  submitAll(
    graph: Iterable<Task | FunctionCall>,
    options?: { readonly signal?: AbortSignal },
  ): Promise<Result>[];
  /**
   * Hands over many calls at a few microseconds each: `onEnd` is called once for each, in any order, with its place in `args`.
   */
  call(batch: CallBatch, onEnd: (index: number, end: CallEnd) => void): CallRun;
  /**
   * The same for calls that each have inputs, and a file for their value. `onEnd` is told where that is; the file is kept
   * until `undeclare`, and made again where it is lost.
   */
  callEach(calls: readonly LinkedCall[], onEnd: (index: number, end: LinkedEnd) => void): CallRun;
  /** The workers that are connected now. */
  workers(): readonly WorkerSpec[];
  /** Calls whenever a worker has joined, until what it returns is called, or the executor ends. */
  onWorkerJoined(listener: () => void): () => void;
  /** How many more tasks it would be useful to submit now. */
  hungry(): number;
  /** A line in the manager's log, and for people who look on. */
  note(level: "info" | "warn" | "error", message: string): void;
}
