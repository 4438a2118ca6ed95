import type { FileId, LibraryId, TaskId } from "../model/ids.js";
import type { ResourceRequest } from "../model/resources.js";

/**
 * What a function call does with an input that is not mounted in its sandbox:
 * - `value`: the host reads it as an argument; small ones travel with the call.
 * - `path`: the function gets the path of the read-only copy in the worker's cache.
 * - `function`: the function itself, read once by each host.
 */
export type InputUse = "value" | "path" | "function";

/** A file at a name in a sandbox. */
export interface InputMount {
  readonly file: FileId;
  /** Relative path in the sandbox, checked (files/sandbox-name.ts); with `use`, what the arguments call it. */
  readonly name: string;
  /** Only of function calls. */
  readonly use?: InputUse;
}

/** When an output is collected. */
export type OutputCondition = "success" | "failure" | "always";

export interface OutputMount {
  readonly file: FileId;
  readonly name: string;
  readonly when: OutputCondition;
  /** Send what is appended to the file to the manager while the task runs. */
  readonly watch: boolean;
  /** Only of function calls: it is what the function returned; `name` is "". */
  readonly use?: "value";
}

/** How arguments and results are written. A value says by its first byte which it is. */
export type Encoding = "json" | "pickle" | "v8";

/** A function call: what a task is when it has no command. */
export interface CallSpec {
  readonly library: LibraryId;
  /** The function's name; with an input of use `function`, only what people call it. */
  readonly function: string;
  /** Opaque to everyone but the hosts. The result is written the same way. */
  readonly args: Uint8Array;
  readonly encoding: Encoding;
  /** The result stays in the cluster even when it is small. */
  readonly keep: boolean;
}

/** What runs: a line for /bin/sh in a private sandbox. */
export interface TaskCommand {
  readonly command: string;
  readonly inputs: readonly InputMount[];
  /** null unsets a variable that the worker has. */
  readonly env: Readonly<Record<string, string | null>>;
}

/** A task as submitted. Never changes. */
/** How sentences name a task. */
export function taskNumber({ id, number }: Pick<TaskSpec, "id" | "number">): number {
  return number ?? id;
}

export interface TaskSpec extends TaskCommand {
  readonly id: TaskId;
  /** Under which the program that submitted it knows it, where that is not its id: for sentences. */
  readonly number?: number;
  readonly outputs: readonly OutputMount[];
  readonly resources: ResourceRequest;
  /** Labels that a worker must offer. */
  readonly features: readonly string[];
  readonly tag: string;
  readonly category: string;
  /** Larger goes first; equal priorities in order of submission. */
  readonly priority: number;
  /** Further attempts after a lost worker or an exhausted resource. */
  readonly retries: number;
  /** Longest run of one attempt, milliseconds. */
  readonly wallTimeMs?: number;
  /** Latest end, milliseconds since the epoch. */
  readonly endByMs?: number;
  /** Earliest start, milliseconds since the epoch. */
  readonly startAfterMs?: number;
  /** Name of the placement policy; the manager's own where absent. */
  readonly policy?: string;
  /** It is a function call: `command` is "", `env` empty; of `resources` only memory is looked at, as the call's limit. */
  readonly call?: CallSpec;
}
