import type { ArchiveFormat, FileKind, Lifetime } from "../files/file.js";
import type { Attempt, CacheName, FileId, TaskId, TransferId } from "../model/ids.js";
import type { Allocation } from "../model/resources.js";
import type { Encoding, InputUse, OutputCondition } from "../tasks/task.js";

/** A data server that holds what is wanted, and the right to ask it. */
export interface DataSource {
  readonly url: string;
  readonly ticket: Uint8Array;
  /** SHA-256 of the server's certificate, DER; empty when insecure. */
  readonly fingerprint: Uint8Array;
  /** The same file on this host, to be linked instead; "": none. */
  readonly localPath: string;
}

/** First message of the manager. */
export interface Setup {
  readonly type: "setup";
  /** With which the worker checks tickets shown to its data server, 32 bytes. */
  readonly ticketKey: Uint8Array;
  /** The worker's name as the receiver of tickets. */
  readonly workerName: string;
  /** Where to hold a connection whose end tells the manager of the worker's. */
  readonly lifeline?: DataSource;
}

/** A cache entry at a name in the sandbox. */
export interface AssignInput {
  readonly cacheName: CacheName;
  readonly name: string;
}

export interface AssignOutput {
  readonly file: FileId;
  readonly cacheName: CacheName;
  readonly name: string;
  readonly when: OutputCondition;
  readonly lifetime: Lifetime;
  readonly watch: boolean;
}

/** Run this attempt once its inputs are in the cache and there is room. */
export interface Assign {
  readonly type: "assign";
  readonly task: TaskId;
  readonly attempt: Attempt;
  readonly command: string;
  readonly inputs: readonly AssignInput[];
  readonly outputs: readonly AssignOutput[];
  /** null unsets. Decoded ones have no prototype. */
  readonly env: Readonly<Record<string, string | null>>;
  readonly allocation: Allocation;
  readonly wallTimeMs?: number;
  /** From its arrival. */
  readonly endWithinMs?: number;
  /** Inputs are to be copied into the sandbox: an earlier attempt had one that was changed while it was in use. */
  readonly copyInputs?: true;
}

/** Run an instance of a library: a task that answers calls over a socket. */
export interface Deploy {
  readonly type: "deploy";
  readonly task: TaskId;
  readonly attempt: Attempt;
  /** The library's name, for people. */
  readonly library: string;
  readonly command: string;
  readonly inputs: readonly AssignInput[];
  readonly env: Readonly<Record<string, string | null>>;
  readonly allocation: Allocation;
  readonly slots: number;
  /** From the start of the process until it is ready. */
  readonly startWithinMs: number;
}

/** What a call reads: a cache entry there, or a value that comes with it. */
export interface CallInput {
  readonly name: string;
  /** Absent: mounted in the call's sandbox. */
  readonly use?: InputUse;
  readonly from: { readonly cacheName: CacheName } | { readonly value: Uint8Array };
}

/** Hand this call to an instance that was deployed here. */
export interface Call {
  readonly type: "call";
  readonly task: TaskId;
  readonly attempt: Attempt;
  readonly instance: TaskId;
  readonly function: string;
  readonly args: Uint8Array;
  readonly encoding: Encoding;
  readonly inputs: readonly CallInput[];
  readonly outputs: readonly AssignOutput[];
  /** Where what it returns goes; absent: with the news, or spilled when it is large. */
  readonly value?: AssignOutput;
  readonly keep: boolean;
  readonly wallTimeMs?: number;
  /** From its arrival. */
  readonly endWithinMs?: number;
  /** Bytes. */
  readonly memory?: number;
  /** One of its inputs is what a call that is here returns: it begins then, or is given back where no value comes of it. */
  readonly linked?: true;
}

/** Give it back if it has not started. */
export interface Retract {
  readonly type: "retract";
  readonly task: TaskId;
  readonly attempt: Attempt;
}

export interface Kill {
  readonly type: "kill";
  readonly task: TaskId;
  readonly attempt: Attempt;
}

export type FetchSource =
  | ({ readonly type: "peer" } & DataSource)
  /** Validators are "" where the URL has none. */
  | { readonly type: "url"; readonly url: string; readonly etag: string; readonly lastModified: string }
  | { readonly type: "inline"; readonly bytes: Uint8Array };

export interface Fetch {
  readonly type: "fetch";
  readonly transfer: TransferId;
  readonly cacheName: CacheName;
  readonly lifetime: Lifetime;
  readonly kind: FileKind;
  readonly size?: number;
  /** Hex. */
  readonly digest?: string;
  readonly executable: boolean;
  readonly source: FetchSource;
}

export type MakeRecipe =
  | { readonly type: "unpack"; readonly archive: CacheName; readonly format: ArchiveFormat }
  | {
      readonly type: "mini-task";
      readonly command: string;
      readonly inputs: readonly AssignInput[];
      readonly env: Readonly<Record<string, string | null>>;
      /** Name in the sandbox of what the command leaves. */
      readonly output: string;
    };

/** Make a cache entry out of others that are there. */
export interface Make {
  readonly type: "make";
  readonly transfer: TransferId;
  readonly cacheName: CacheName;
  readonly lifetime: Lifetime;
  readonly recipe: MakeRecipe;
}

/** Forget a cache entry, once nothing that runs uses it. */
export interface Drop {
  readonly type: "drop";
  readonly cacheName: CacheName;
}

/** The worker may go: nothing of it is needed. */
export interface Release {
  readonly type: "release";
  readonly reason: string;
}

/** Manager → worker. */
export type ManagerMessage = Setup | Assign | Deploy | Call | Retract | Kill | Fetch | Make | Drop | Release;

export interface ManagerBatch {
  readonly messages: readonly ManagerMessage[];
  /** The manager's monotonic clock when it sent them, milliseconds. */
  readonly clockMs: number;
}
