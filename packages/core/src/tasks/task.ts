import type { FileId, TaskId } from "../model/ids.js";
import type { ResourceRequest } from "../model/resources.js";

/** A file at a name in a sandbox. */
export interface InputMount {
  readonly file: FileId;
  /** Relative path in the sandbox, checked (files/sandbox-name.ts). */
  readonly name: string;
}

/** When an output is collected. */
export type OutputCondition = "success" | "failure" | "always";

export interface OutputMount {
  readonly file: FileId;
  readonly name: string;
  readonly when: OutputCondition;
  /** Send what is appended to the file to the manager while the task runs. */
  readonly watch: boolean;
}

/** What runs: a line for /bin/sh in a private sandbox. */
export interface TaskCommand {
  readonly command: string;
  readonly inputs: readonly InputMount[];
  /** null unsets a variable that the worker has. */
  readonly env: Readonly<Record<string, string | null>>;
}

/** A task as submitted. Never changes. */
export interface TaskSpec extends TaskCommand {
  readonly id: TaskId;
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
}
