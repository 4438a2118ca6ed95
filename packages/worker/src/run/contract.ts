import type {
  Allocation,
  ErrorCode,
  FileKind,
  Measured,
  OutputCondition,
  ResultCode,
} from "@taskvine/core/model";
import type { Stamp } from "../sandbox/stamp.js";

/** A cache entry at a name in the sandbox. */
export interface Mount {
  readonly name: string;
  /** Absolute path of the read-only cache entry. */
  readonly path: string;
  readonly kind: FileKind;
  /** The task gets a copy of its own, not a link. */
  readonly copy?: boolean;
  /** What the entry looked like when it came into the cache; as it is now where absent. */
  readonly stamp?: Stamp;
}

export interface WantedOutput {
  readonly name: string;
  readonly when: OutputCondition;
  readonly watch: boolean;
}

/** One attempt, ready to run: all inputs are in the cache and stay there until it has ended. */
export interface RunRequest {
  /** Unique on this worker, e.g. "12-1" (task, attempt) or "make-7". */
  readonly key: string;
  readonly command: string;
  readonly env: Readonly<Record<string, string | null>>;
  readonly mounts: readonly Mount[];
  readonly outputs: readonly WantedOutput[];
  readonly allocation: Allocation;
  /** What it writes on its way into the cache counts as its disk, too, as far as the cache has no room for it. */
  readonly alsoFills?: { readonly folder: string; readonly roomInCache: () => number };
  readonly wallTimeMs?: number;
  /** From now. */
  readonly endWithinMs?: number;
}

/** An output still in the sandbox: the cache moves it (rename; same file system) before it calls `dispose`. */
export interface CollectedOutput {
  readonly name: string;
  readonly path: string;
  readonly kind: FileKind;
  readonly size: number;
}

export interface StreamEnd {
  readonly tail: Uint8Array;
  readonly size: number;
  /** File with the full text when it is more than `tail`; to be moved like an output. */
  readonly path?: string;
  readonly truncated: boolean;
}

export interface RunEnd {
  readonly code: ResultCode;
  readonly exitCode?: number;
  readonly signal?: string;
  readonly message?: string;
  /** Stable error code that goes with `message`, where there is one. */
  readonly error?: ErrorCode;
  /** The command was never started, for a reason of this worker's (no disk space, too many files or processes). */
  readonly notStarted?: true;
  readonly exhausted?: readonly string[];
  readonly stdout: StreamEnd;
  readonly stderr: StreamEnd;
  readonly outputs: readonly CollectedOutput[];
  /**
   * Cache entries among the inputs that somebody has changed in spite of everything (made writable first) since they
   * came: they must be dropped, and what the task made does not count. There are no outputs then.
   */
  readonly damagedInputs: readonly string[];
  /** Those that can be changed now, but were not: from now on they are to be mounted as copies. */
  readonly loosenedInputs: readonly string[];
  readonly measured: Measured;
  readonly phases: { readonly stagedMs: number; readonly ranMs: number; readonly collectedMs: number };
  /** Gives the sandbox up: removed off the critical path, or used again. Call once, after moving the outputs. */
  dispose(): void;
}

export interface RunHandle {
  /** Resolves when the process has been started; never rejects (a failed start is a RunEnd). */
  readonly started: Promise<void>;
  /** Never rejects. */
  readonly ended: Promise<RunEnd>;
  /** Number of its first process, which leads its session; undefined before there is one. */
  readonly pid: number | undefined;
  /** Ends the task and everything it started: SIGTERM, then SIGKILL after `graceMs`. `code` becomes that of the RunEnd. */
  kill(code: ResultCode, message: string, graceMs?: number): void;
}

/** What was left in the folder of a call. */
export interface FolderEnd {
  readonly outputs: readonly CollectedOutput[];
  readonly missing: readonly { readonly name: string; readonly reason: string }[];
  /** As for runs. */
  readonly damagedInputs: readonly string[];
  readonly loosenedInputs: readonly string[];
}

/** A sandbox for work in a process that goes on running. */
export interface StagedFolder {
  readonly path: string;
  /** Takes the outputs, and looks whether the inputs are what they were. */
  collect(wanted: readonly WantedOutput[], succeeded: boolean): Promise<FolderEnd>;
  dispose(): void;
}

export interface RunnerEvents {
  /** Bytes appended to a watched output. */
  onWatched(key: string, name: string, offset: number, data: Uint8Array): void;
}

/** Runs commands in sandboxes through the launcher process. */
export interface Runner {
  /** Ours alone, with a short path; gone after close, also after a kill. */
  readonly socketFolder: string;
  run(request: RunRequest): RunHandle;
  /**
   * Makes a sandbox for a call of a process that runs already; `otherNames` may be written below it too. What is written
   * there counts as disk of the run with the key `of`, which ends when it is too much.
   */
  stage(mounts: readonly Mount[], otherNames: readonly string[], of: string): Promise<StagedFolder>;
  /** Ends everything that runs, the launcher too; leaves no process and no sandbox. */
  close(): Promise<void>;
}
