import type { Measured, ResourceRequest } from "../model/resources.js";
import type { FinalState } from "../tasks/result.js";
import type { Encoding } from "../tasks/task.js";

/** What is wrong: code of docs/ERRORS.md, sentence, hint. */
export interface Trouble {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

export interface Ready {
  readonly type: "ready";
  readonly name: string;
  readonly port: number;
  readonly connectionFile: string;
  readonly runDirectory: string;
  /** Results larger than this do not come with the news. */
  readonly inlineBytes: number;
  readonly executors: readonly string[];
}

export interface FinishedStream {
  readonly tail: Uint8Array;
  readonly size: number;
  /** At the manager's machine, when it is more than the tail. */
  readonly path: string;
}

export interface FinishedAttempt {
  readonly attempt: number;
  readonly worker: number;
  readonly workerName: string;
  readonly host: string;
  readonly assignedAtMs: number;
  readonly endedAtMs: number;
  readonly ended: string;
  readonly allocation: ResourceRequest;
}

/** The end of a task, or of a call about which there is more to tell than its value. */
export interface Finished {
  readonly type: "finished";
  readonly task: number;
  readonly state: FinalState;
  /** A result code. */
  readonly code: string;
  readonly trouble?: Trouble;
  readonly exitCode?: number;
  readonly signal?: string;
  readonly stdout?: FinishedStream;
  readonly stderr?: FinishedStream;
  readonly exhausted: readonly string[];
  readonly requested: ResourceRequest;
  readonly measured?: Measured;
  readonly attempts: readonly FinishedAttempt[];
  readonly submittedAtMs: number;
  readonly finishedAtMs: number;
  /** Of calls. */
  readonly encoding?: Encoding;
  readonly value?: Uint8Array;
  readonly failure?: { readonly message: string; readonly traceback: string; readonly exception: Uint8Array };
}

/** Calls that returned at their first attempt without anything else to tell: `values[i]` is that of `tasks[i]`. */
export interface Returned {
  readonly type: "returned";
  readonly encoding: Encoding;
  readonly tasks: readonly number[];
  readonly values: readonly Uint8Array[];
  /** Of calls whose values have files. */
  readonly ran?: Ran;
  /** The values stayed in the cluster, in their files; those here are empty. */
  readonly kept: boolean;
}

/** How calls ran that have the same to tell of it. */
export interface Ran {
  /** Its times are those of the first. */
  readonly attempt: FinishedAttempt;
  /** In the order of the calls. */
  readonly wallMs: readonly number[];
  /** The same; empty: not measured. */
  readonly cpuMs: readonly number[];
}

export interface Status {
  readonly type: "status";
  readonly workers: number;
  readonly cores: number;
  readonly waiting: number;
  readonly running: number;
  readonly done: number;
  readonly failed: number;
}

/** Of a request: JSON, and what is not JSON. */
export interface Told {
  readonly request: number;
  readonly json: string;
  readonly attachments: readonly Uint8Array[];
}

/** Manager → client. */
export type GatewayMessage =
  | Ready
  | Finished
  | Returned
  | { readonly type: "running"; readonly tasks: readonly number[] }
  | { readonly type: "content"; readonly request: number; readonly data: Uint8Array; readonly last: boolean }
  | ({ readonly type: "answer" } & Told)
  | ({ readonly type: "progress" } & Told)
  | { readonly type: "failed"; readonly request: number; readonly trouble: Trouble }
  | { readonly type: "refusal"; readonly file: number; readonly library: number; readonly trouble: Trouble }
  | Status
  | { readonly type: "note"; readonly level: string; readonly message: string };
