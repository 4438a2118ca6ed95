import type {
  Allocation,
  ErrorCode,
  FileKind,
  Measured,
  OutputCondition,
  ResultCode,
} from "@taskvine/core/model";

/** A cache entry at a name in the sandbox. */
export interface Mount {
  readonly name: string;
  /** Absolute path of the read-only cache entry. */
  readonly path: string;
  readonly kind: FileKind;
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
  /** Inputs that the task changed in spite of everything (it made them writable first): their cache entries must be dropped. */
  readonly damagedInputs: readonly string[];
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
  /** Ends the task and everything it started: SIGTERM, then SIGKILL after `graceMs`. `code` becomes that of the RunEnd. */
  kill(code: ResultCode, message: string, graceMs?: number): void;
}

export interface RunnerEvents {
  /** Bytes appended to a watched output. */
  onWatched(key: string, name: string, offset: number, data: Uint8Array): void;
  /** The cache entry of a large tree was found changed after the runs that mounted it were told: it must be dropped. */
  onDamaged?(path: string): void;
}

/** Runs commands in sandboxes through the launcher process. */
export interface Runner {
  run(request: RunRequest): RunHandle;
  /** Ends everything that runs, the launcher too; leaves no process and no sandbox. */
  close(): Promise<void>;
}
