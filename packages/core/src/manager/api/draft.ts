import { VineError } from "../../model/errors.js";
import type { InputUse, OutputCondition } from "../../tasks/task.js";
import type { VineFile } from "./vine-file.js";

/** Milliseconds, or text such as "90s", "10m", "2h". */
export type Duration = number | string;
/** Bytes, or text such as "500 MB", "2 GiB". */
export type Bytes = number | string;

/** Takes what is appended to a watched output while the task runs: bytes, and where in the output they stand. */
export type Watcher = (appended: Uint8Array, offset: number) => void;

export interface OutputOptions {
  /** Collect it when the command exits with 0 (the default), when it does not, or always. */
  readonly when?: OutputCondition;
  /** Send what is appended to it while the task runs: to this function, or with `true` to the file's path and the event `watched`. */
  readonly watch?: boolean | Watcher;
}

export type DraftInput =
  | { readonly type: "file"; readonly file: VineFile; readonly name: string; readonly use?: InputUse }
  | { readonly type: "buffer"; readonly bytes: Uint8Array; readonly name: string };

export interface DraftOutput {
  readonly file: VineFile;
  readonly name: string;
  readonly when: OutputCondition;
  readonly watch: boolean;
  readonly watcher?: Watcher;
  /** It is what a function returned: `name` is "". */
  readonly use?: "value";
}

/** What a task says so far; the manager makes a TaskSpec of it. */
export interface TaskDraft {
  readonly command: string;
  inputs: DraftInput[];
  outputs: DraftOutput[];
  env: Record<string, string | null>;
  features: string[];
  resources: { cores?: number; memory?: number; disk?: number; gpus?: number };
  tag: string;
  category: string;
  priority: number;
  retries: number;
  wallTimeMs?: number;
  endByMs?: number;
  startAfterMs?: number;
  policy?: string;
}

const DEFAULT_RETRIES = 5;
const MOST = 1_000_000;
const LONGEST_LABEL = 1_024;
const LONE_SURROGATE = /\p{Surrogate}/u;

/** Of these there are millions, and most stay empty: nothing is made for that. */
const NONE: never[] = [];
const NOTHING = {};

/** Before something is put into what `emptyDraft` left shared. */
export function ownList<T>(list: T[]): T[] {
  return list === NONE ? [] : list;
}

export function ownRecord<T extends object>(record: T): T {
  return (record as object) === NOTHING ? ({} as T) : record;
}

export function emptyDraft(command: string): TaskDraft {
  return {
    command,
    inputs: NONE,
    outputs: NONE,
    env: NOTHING,
    features: NONE,
    resources: NOTHING,
    tag: "",
    category: "default",
    priority: 0,
    retries: DEFAULT_RETRIES,
  };
}

export function bad(sentence: string, hint?: string): VineError {
  return new VineError("BAD_ARGUMENT", sentence, hint === undefined ? {} : { hint });
}

export function checkFile(file: VineFile | undefined, name: string): void {
  if (typeof file?.id !== "number")
    throw bad(`${name}: the file must come from one of the manager's declare methods`);
}

/** Can it be given to a program, and written in UTF-8 so that it comes back the same? */
export function isText(value: string): boolean {
  return typeof value === "string" && !value.includes("\0") && !LONE_SURROGATE.test(value);
}

export function text(what: string, value: string): string {
  if (isText(value) && value !== "" && value.length <= LONGEST_LABEL) return value;
  throw bad(`${what} must be a text that is not empty, not ${JSON.stringify(value)}`);
}

export function positive(what: string, value: number): number {
  if (Number.isFinite(value) && value > 0) return value;
  throw bad(`${what} must be more than 0, not ${String(value)}`);
}

export function wholeFrom(least: number, what: string, value: number): number {
  if (Number.isInteger(value) && value >= least && value <= MOST) return value;
  throw bad(`${what} must be a whole number from ${least} to ${MOST}, not ${String(value)}`);
}

export function instant(what: string, time: Date | number): number {
  const ms = typeof time === "number" ? time : time.getTime();
  if (Number.isFinite(ms) && ms >= 0) return ms;
  throw bad(`${what} must be a Date, or milliseconds since 1970, not ${String(time)}`);
}
