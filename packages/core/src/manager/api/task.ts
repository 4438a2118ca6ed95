import { VineError } from "../../model/errors.js";
import { LIMITS } from "../../model/limits.js";
import { parseBytes, parseDuration } from "../../model/units.js";
import type { OutputCondition } from "../../tasks/task.js";
import { NameSet } from "./name-set.js";
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
  | { readonly type: "file"; readonly file: VineFile; readonly name: string }
  | { readonly type: "buffer"; readonly bytes: Uint8Array; readonly name: string };

export interface DraftOutput {
  readonly file: VineFile;
  readonly name: string;
  readonly when: OutputCondition;
  readonly watch: boolean;
  readonly watcher?: Watcher;
}

/** What a task says so far; the manager makes a TaskSpec of it. */
export interface TaskDraft {
  readonly command: string;
  readonly inputs: DraftInput[];
  readonly outputs: DraftOutput[];
  readonly env: Record<string, string | null>;
  readonly features: string[];
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

/**
 * A command line for /bin/sh in a private folder, and all it needs. Setters can be chained; a mistake throws where it is made.
 * Submitted once: the outputs of a second run would be other files.
 */
export class Task {
  readonly #draft: TaskDraft;
  #names: NameSet | undefined;
  #submitted = false;

  constructor(command: string) {
    if (typeof command !== "string" || command.trim() === "") throw bad("a task needs a command");
    if (!isText(command)) throw bad("a command cannot hold a NUL character, or half of one of two parts");
    if (Buffer.byteLength(command) > LIMITS.commandBytes) {
      throw new VineError("TOO_LARGE", `the command is longer than commandBytes (${LIMITS.commandBytes})`);
    }
    this.#draft = {
      command,
      inputs: [],
      outputs: [],
      env: {},
      features: [],
      resources: {},
      tag: "",
      category: "default",
      priority: 0,
      retries: DEFAULT_RETRIES,
    };
  }

  /** Puts a declared file, or directory tree, at a name in the task's folder. It is read-only there. */
  input(file: VineFile, name: string): this {
    this.#open();
    checkFile(file, name);
    this.#takeName(name);
    this.#draft.inputs.push({ type: "file", file, name });
    return this;
  }

  /** Puts a text or bytes at a name in the task's folder. */
  inputBuffer(content: string | Uint8Array, name: string): this {
    this.#open();
    const bytes = typeof content === "string" ? Buffer.from(content) : Uint8Array.from(content);
    this.#takeName(name);
    this.#draft.inputs.push({ type: "buffer", bytes, name });
    return this;
  }

  /** Collects what the command leaves at a name: into a temp, which stays in the cluster, or a local file, which is brought home. */
  output(file: VineFile, name: string, options: OutputOptions = {}): this {
    this.#open();
    checkFile(file, name);
    if (file.type !== "temp" && file.type !== "local") {
      throw new VineError(
        "BAD_OUTPUT",
        `${file.label} is of type ${file.type} and cannot be the output ${name} of a task`,
      );
    }
    const { when = "success", watch = false } = options;
    if (!["success", "failure", "always"].includes(when))
      throw bad(`the output ${name}: when is success, failure or always`);
    this.#takeName(name);
    const watcher = typeof watch === "function" ? { watcher: watch } : {};
    this.#draft.outputs.push({ file, name, when, watch: watch !== false, ...watcher });
    return this;
  }

  /** Sets an environment variable; null unsets one that the worker has. */
  env(name: string, value: string | null): this {
    const fits = name !== "" && !name.includes("=") && isText(name) && (value === null || isText(value));
    if (!fits) {
      throw bad(`${JSON.stringify(name)} cannot be set as an environment variable`);
    }
    Object.defineProperty(this.#open().env, name, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
    return this;
  }

  /** Cores, also parts of one. Left out: the task's share of the worker (one core when nothing at all is said). */
  cores(count: number): this {
    this.#open().resources.cores = positive("cores", count);
    return this;
  }

  /** Memory, e.g. "2 GB". A task that takes more is ended. */
  memory(amount: Bytes): this {
    this.#open().resources.memory = positive("memory", parseBytes(amount, "memory"));
    return this;
  }

  /** Disk for the task's folder, e.g. "10 GB". A task that takes more is ended. */
  disk(amount: Bytes): this {
    this.#open().resources.disk = positive("disk", parseBytes(amount, "disk"));
    return this;
  }

  /** Whole gpus; their numbers are in CUDA_VISIBLE_DEVICES. */
  gpus(count: number): this {
    this.#open().resources.gpus = wholeFrom(0, "gpus", count);
    return this;
  }

  /** A label that a worker must offer. */
  feature(label: string): this {
    this.#open().features.push(text("feature", label));
    return this;
  }

  /** A free label, for waitForTag and cancel. */
  tag(label: string): this {
    this.#open().tag = text("tag", label);
    return this;
  }

  /** Tasks of one category are alike: counted and looked at together. */
  category(name: string): this {
    this.#open().category = text("category", name);
    return this;
  }

  /** Larger goes first. Default 0. */
  priority(value: number): this {
    if (!Number.isFinite(value)) throw bad(`priority must be a number, not ${value}`);
    this.#open().priority = value;
    return this;
  }

  /** Further attempts after a lost worker or an exhausted resource. Default 5. */
  retries(count: number): this {
    this.#open().retries = wholeFrom(0, "retries", count);
    return this;
  }

  /** Longest run of one attempt. */
  maxWallTime(duration: Duration): this {
    this.#open().wallTimeMs = positive("maxWallTime", parseDuration(duration, "maxWallTime"));
    return this;
  }

  /** Latest end. */
  endBy(time: Date | number): this {
    this.#open().endByMs = instant("endBy", time);
    return this;
  }

  /** Earliest start. */
  startAfter(time: Date | number): this {
    this.#open().startAfterMs = instant("startAfter", time);
    return this;
  }

  /** The placement policy for this task, where it is not to be the manager's. */
  policy(name: string): this {
    this.#open().policy = text("policy", name);
    return this;
  }

  /** What it says. From `submit` on it cannot be changed or submitted again. */
  draft(): Readonly<TaskDraft> {
    return this.#draft;
  }

  get submitted(): boolean {
    return this.#submitted;
  }

  /** Called by the manager. */
  markSubmitted(): void {
    this.#open();
    this.#submitted = true;
    this.#names = undefined;
  }

  #takeName(name: string): void {
    this.#names ??= new NameSet();
    this.#names.add(name);
  }

  #open(): TaskDraft {
    if (this.#submitted) throw bad("this task was submitted already: make another Task for another run");
    return this.#draft;
  }
}

function bad(sentence: string): VineError {
  return new VineError("BAD_ARGUMENT", sentence);
}

function checkFile(file: VineFile | undefined, name: string): void {
  if (typeof file?.id !== "number")
    throw bad(`${name}: the file must come from one of the manager's declare methods`);
}

/** Can it be given to a program, and written in UTF-8 so that it comes back the same? */
function isText(value: string): boolean {
  return typeof value === "string" && !value.includes("\0") && !LONE_SURROGATE.test(value);
}

function text(what: string, value: string): string {
  if (isText(value) && value !== "" && value.length <= LONGEST_LABEL) return value;
  throw bad(`${what} must be a text that is not empty, not ${JSON.stringify(value)}`);
}

function positive(what: string, value: number): number {
  if (Number.isFinite(value) && value > 0) return value;
  throw bad(`${what} must be more than 0, not ${String(value)}`);
}

function wholeFrom(least: number, what: string, value: number): number {
  if (Number.isInteger(value) && value >= least && value <= MOST) return value;
  throw bad(`${what} must be a whole number from ${least} to ${MOST}, not ${String(value)}`);
}

function instant(what: string, time: Date | number): number {
  const ms = typeof time === "number" ? time : time.getTime();
  if (Number.isFinite(ms) && ms >= 0) return ms;
  throw bad(`${what} must be a Date, or milliseconds since 1970, not ${String(time)}`);
}
