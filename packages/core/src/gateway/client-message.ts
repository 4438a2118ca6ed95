import type { Lifetime } from "../files/file.js";
import type { ResourceRequest } from "../model/resources.js";
import type { Encoding, InputUse, OutputCondition } from "../tasks/task.js";

/** Files, libraries, tasks and requests have the numbers that the client gave them. */
export interface ClientInput {
  readonly file: number;
  readonly name: string;
  /** Absent: mounted in the sandbox. */
  readonly use?: InputUse;
}

export interface ClientOutput {
  readonly file: number;
  readonly name: string;
  readonly when: OutputCondition;
  readonly watch: boolean;
  readonly use?: "value";
}

export type ClientEnv = Readonly<Record<string, string | null>>;

export type DeclaredOrigin =
  | { readonly type: "path"; readonly path: string }
  | { readonly type: "buffer"; readonly bytes: Uint8Array }
  | { readonly type: "url"; readonly url: string }
  | { readonly type: "temp" }
  | {
      readonly type: "mini-task";
      readonly command: string;
      readonly inputs: readonly ClientInput[];
      readonly env: ClientEnv;
      readonly output: string;
    }
  /** `format` "": by the archive's name. */
  | { readonly type: "unpack"; readonly archive: number; readonly format: string };

export interface Declare {
  readonly type: "declare";
  readonly file: number;
  readonly origin: DeclaredOrigin;
  readonly lifetime?: Lifetime;
  readonly peerTransfer: boolean;
  readonly unlinkWhenDone: boolean;
  readonly executable: boolean;
  /** For people; "": what the origin says. */
  readonly label: string;
}

export interface DeclareLibrary {
  readonly type: "library";
  readonly library: number;
  readonly name: string;
  readonly command: string;
  readonly inputs: readonly ClientInput[];
  readonly env: ClientEnv;
  readonly resources: ResourceRequest;
  readonly features: readonly string[];
  readonly slots: number;
  readonly functions: readonly string[];
  readonly maxInstances?: number;
  readonly startTries?: number;
  readonly startWithinMs?: number;
}

export interface CallPart {
  readonly library: number;
  readonly function: string;
  readonly args: Uint8Array;
  readonly encoding: Encoding;
  readonly keep: boolean;
}

/** A task: a command, or a call. */
export interface Submit {
  readonly type: "submit";
  readonly task: number;
  readonly command: string;
  readonly call?: CallPart;
  readonly inputs: readonly ClientInput[];
  readonly outputs: readonly ClientOutput[];
  readonly env: ClientEnv;
  readonly resources: ResourceRequest;
  readonly features: readonly string[];
  readonly tag: string;
  readonly category: string;
  readonly priority: number;
  readonly retries?: number;
  readonly wallTimeMs?: number;
  readonly endByMs?: number;
  readonly startAfterMs?: number;
  readonly policy: string;
}

/** What calls that travel together may have in common. */
export interface CallKind {
  readonly library: number;
  readonly function: string;
  /** 0: the library's own function. */
  readonly functionFile: number;
  readonly encoding: Encoding;
  readonly tag: string;
  readonly category: string;
  readonly priority: number;
  readonly retries?: number;
  readonly wallTimeMs?: number;
  readonly memory?: number;
  /** What they return stays in the cluster. */
  readonly keep: boolean;
}

/** Many calls that differ in little but their arguments: tasks `firstTask` and on, in the order of `args`. */
export interface Calls extends CallKind {
  readonly type: "calls";
  readonly firstTask: number;
  readonly args: readonly Uint8Array[];
  /** None, or one for each: files for what they return, declared hereby. */
  readonly valueFiles: readonly number[];
  /** None, or one for each call, instead of `tag`. */
  readonly tags: readonly string[];
  /** None, or a list for each: what its arguments name, in the order of these names. */
  readonly inputs: readonly (readonly CallInput[])[];
  /** None, or one for each: 0 for those of the kind of the message itself, n for those of `others[n - 1]`. */
  readonly kinds: readonly number[];
  readonly others: readonly CallKind[];
}

/** Stands behind a placeholder in the arguments of a call. */
export interface CallInput {
  readonly file: number;
  readonly use: "value" | "path";
}

export interface Cancel {
  readonly type: "cancel";
  readonly which:
    | "all"
    | { readonly tasks: readonly number[] }
    | { readonly tag: string }
    | { readonly category: string };
}

/** The content of a file, or with `task` what that call returned; to `path` at the manager's machine where that is not "". */
export interface FetchContent {
  readonly type: "fetch";
  readonly request: number;
  readonly file: number;
  readonly task: number;
  readonly path: string;
}

export interface Query {
  readonly type: "query";
  readonly request: number;
  readonly what: string;
  readonly task: number;
  readonly file: number;
}

/** For an executor of the manager's. */
export interface Execute {
  readonly type: "execute";
  readonly request: number;
  /** "": the only one. */
  readonly executor: string;
  readonly requestJson: string;
  readonly attachments: readonly Uint8Array[];
  readonly files: readonly number[];
}

/** Client → manager. */
export type ClientMessage =
  | Declare
  | DeclareLibrary
  | { readonly type: "remove-library"; readonly library: number }
  | Submit
  | Calls
  | Cancel
  | { readonly type: "prune"; readonly files: readonly number[] }
  | { readonly type: "undeclare"; readonly files: readonly number[] }
  | FetchContent
  | Query
  | Execute
  | { readonly type: "abandon"; readonly request: number }
  | { readonly type: "bye" };
