import type { Blobs } from "./frames.js";

/** First message to a launcher. */
export interface Setup {
  readonly type: "setup";
  /** Marks the processes of this launcher's tasks: `VINE_TASK=<nonce>:<key>` in their environment. */
  readonly nonce: string;
  /** Marks them as well, in a way that they keep whatever they do to themselves: see processes/lock-limit.ts. 0: not. */
  readonly lockLimit: number;
  /** Where all sandboxes are: removed by the launcher when the worker is gone. */
  readonly root: string;
  /** Where the sockets of libraries are: goes with the sandboxes. */
  readonly socketFolder: string;
  /** What every task's environment starts from. */
  readonly env: Readonly<Record<string, string>>;
  /** Bytes of a stream kept in memory, and in its file. */
  readonly tailBytes: number;
  readonly streamBytes: number;
  /** Where the count of ends begins: a launcher that replaces another goes on with its count. */
  readonly endsBefore: number;
}

export interface ProcessLimits {
  /** Resident bytes of all processes of the task together. */
  readonly memory?: number;
  readonly wallMs?: number;
  /** From now. */
  readonly endMs?: number;
}

export interface Start {
  readonly type: "start";
  readonly key: string;
  readonly command: string;
  readonly cwd: string;
  /** On top of the environment of the setup; null unsets. */
  readonly env: Readonly<Record<string, string | null>>;
  /** Files made only when a stream outgrows its tail. */
  readonly spill: { readonly stdout: string; readonly stderr: string };
  readonly limits: ProcessLimits;
  /** Say `ended` only when no process of the task is left that could still write: its sandbox is looked at then. */
  readonly settle: boolean;
}

export interface Kill {
  readonly type: "kill";
  readonly key: string;
  readonly graceMs: number;
}

export type ToLauncher = (Setup | Start | Kill) & Blobs;

/** The launcher is set up. */
export interface Ready {
  readonly type: "ready";
  /** Whether the mode bits of files bind the tasks: false for a superuser with all powers. */
  readonly modeBitsBind: boolean;
}

export interface Started {
  readonly type: "started";
  readonly key: string;
  readonly pid: number;
}

export interface CapturedStream {
  readonly size: number;
  readonly spilled: boolean;
  readonly truncated: boolean;
}

export type ProcessLimit = "memory" | "wall-time" | "end-time";

/** What was seen of a task's processes. */
export interface Usage {
  readonly wallMs: number;
  readonly cpuMs?: number;
  readonly memory?: number;
  readonly processes?: number;
}

/** Blobs: the tails of stdout and stderr. */
export interface Ended extends Blobs {
  readonly type: "ended";
  readonly key: string;
  /** Counts the ends; `swept` refers to it. */
  readonly seq: number;
  readonly exitCode?: number;
  readonly signal?: string;
  /** The limit for which the launcher killed it. */
  readonly limit?: ProcessLimit;
  readonly usage: Usage;
  readonly stdout: CapturedStream;
  readonly stderr: CapturedStream;
}

/** The process could not be started at all. */
export interface Failed {
  readonly type: "failed";
  readonly key: string;
  readonly errno: string;
  readonly message: string;
}

/** No process is left of the tasks whose end was counted up to `seq`. */
export interface Swept {
  readonly type: "swept";
  readonly seq: number;
}

export type FromLauncher = (Ready | Started | Ended | Failed | Swept) & Blobs;

/** Environment variable that marks the processes of a task. */
export const MARKER = "VINE_TASK";
