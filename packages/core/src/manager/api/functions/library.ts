import type { Places } from "../../../libraries/library.js";
import { VineError } from "../../../model/errors.js";
import { LIMITS } from "../../../model/limits.js";
import { parseDuration } from "../../../model/units.js";
import { checkedPath } from "../declare.js";
import { type Bytes, bad, type Duration, positive, type TaskDraft, text, wholeFrom } from "../draft.js";
import { NameSet } from "../name-set.js";
import { Task } from "../task.js";
import type { VineFile } from "../vine-file.js";

/** What a library says so far; the manager makes a LibrarySpec of it. */
export interface LibraryDraft {
  readonly name: string;
  /** Its command, inputs, environment, resources and features. */
  readonly task: Readonly<TaskDraft>;
  /** Files of this machine that become inputs when it is declared. */
  readonly paths: { readonly path: string; readonly name: string }[];
  grows: boolean;
  slots: number;
  functions: readonly string[];
  places?: Places;
  maxInstances?: number;
  startTries: number;
  startWithinMs: number;
  encoding: "json" | "v8";
}

const DEFAULT_START_TRIES = 3;
const DEFAULT_START_WITHIN_MS = 300_000;
const MOST_TRIES = 1_000;

/**
 * A program that starts once on a worker, loads what is expensive, and then answers function calls (docs/LIBRARY-PROTOCOL.md).
 * Its instances are started where calls need them, as tasks with these inputs, environment and resources.
 * Setters can be chained; a mistake throws where it is made. It is declared once, with `manager.declareLibrary`.
 */
export class Library {
  readonly name: string;
  readonly #task: Task;
  readonly #names = new NameSet();
  readonly #draft: LibraryDraft;

  /** `command`: a line for /bin/sh that starts the program, and lasts as long as it. */
  constructor(name: string, command: string) {
    this.name = text("a library's name", name);
    this.#task = new Task(command);
    this.#draft = {
      name,
      task: this.#task.draft(),
      paths: [],
      grows: true,
      slots: 1,
      functions: [],
      startTries: DEFAULT_START_TRIES,
      startWithinMs: DEFAULT_START_WITHIN_MS,
      encoding: "json",
    };
  }

  /** Puts a declared file, or directory tree, at a name in the library's folder: also one that a task is yet to make. */
  input(file: VineFile, name: string): this {
    this.#names.add(name);
    this.#task.input(file, name);
    return this;
  }

  /** Puts a text or bytes at a name in the library's folder. */
  inputBuffer(content: string | Uint8Array, name: string): this {
    this.#names.add(name);
    this.#task.inputBuffer(content, name);
    return this;
  }

  /** Puts a file or directory tree of this machine at a name in the library's folder. */
  inputPath(path: string, name: string): this {
    this.#open();
    this.#names.add(name);
    this.#draft.paths.push({ path: checkedPath(path), name });
    return this;
  }

  /** Sets an environment variable; null unsets one that the worker has. */
  env(name: string, value: string | null): this {
    this.#task.env(name, value);
    return this;
  }

  /** Cores of one instance, also parts of one. Left out: its share of the worker (one core when nothing at all is said). */
  cores(count: number): this {
    this.#task.cores(count);
    return this;
  }

  /** Memory of one instance, e.g. "2 GB". One that takes more is ended. */
  memory(amount: Bytes): this {
    this.#task.memory(amount);
    return this;
  }

  /**
   * Whether instances get twice as much memory after one that took more than it had (the default). Else calls that had too
   * little fail with RESOURCE_EXHAUSTED, without further tries.
   */
  grows(mayGrow: boolean): this {
    this.#open().grows = mayGrow;
    return this;
  }

  /** Disk for the folder of one instance, e.g. "10 GB". */
  disk(amount: Bytes): this {
    this.#task.disk(amount);
    return this;
  }

  /** Whole gpus of one instance. */
  gpus(count: number): this {
    this.#task.gpus(count);
    return this;
  }

  /** A label that a worker must offer. */
  feature(label: string): this {
    this.#task.feature(label);
    return this;
  }

  /**
   * Workers, by name or by host, at one of which it is to run. `elsewhere`: at others, too, while none of these is connected.
   * Default: anywhere.
   */
  workers(names: readonly string[], { elsewhere = false }: { readonly elsewhere?: boolean } = {}): this {
    if (names.length === 0) throw bad("workers: an empty list, which leaves the library no place");
    this.#open().places = { workers: names.map((name) => text("a worker's name", name)), elsewhere };
    return this;
  }

  /** The placement policy for its instances, where it is not to be the manager's. */
  policy(name: string): this {
    this.#task.policy(name);
    return this;
  }

  /** Calls that one instance runs at the same time. Default 1. */
  slots(count: number): this {
    this.#open().slots = wholeFrom(1, "slots", count);
    if (count > LIMITS.librarySlots)
      throw new VineError("TOO_LARGE", `slots: ${count}, more than librarySlots (${LIMITS.librarySlots})`);
    return this;
  }

  /** What can be called, so that a wrong name is refused at once. Left out: what the program says when it has started. */
  functions(...names: readonly string[]): this {
    if (names.length > LIMITS.libraryFunctions)
      throw new VineError("TOO_LARGE", `more functions than libraryFunctions (${LIMITS.libraryFunctions})`);
    this.#open().functions = names.map((name) => text("a function's name", name));
    return this;
  }

  /** Instances that may exist at once. Default: as many as the calls can use. */
  maxInstances(count: number): this {
    this.#open().maxInstances = wholeFrom(1, "maxInstances", count);
    return this;
  }

  /** Starts that may fail in a row before its calls fail. Default 3. */
  startTries(count: number): this {
    this.#open().startTries = wholeFrom(1, "startTries", count);
    if (count > MOST_TRIES) throw bad(`startTries must be at most ${MOST_TRIES}`);
    return this;
  }

  /** Longest time from the start of the program until it is ready. Default "5m". */
  startTimeout(duration: Duration): this {
    this.#open().startWithinMs = positive("startTimeout", parseDuration(duration, "startTimeout"));
    return this;
  }

  /** How arguments and results of its calls are written: `json` (the default), or `v8` for hosts in JavaScript. */
  encoding(encoding: "json" | "v8"): this {
    if (!["json", "v8"].includes(encoding))
      throw bad(`an encoding is json or v8, not ${JSON.stringify(encoding)}`);
    this.#open().encoding = encoding;
    return this;
  }

  /** What it says. From `declareLibrary` on it cannot be changed. */
  draft(): Readonly<LibraryDraft> {
    return this.#draft;
  }

  /** Called by the manager. */
  markDeclared(): void {
    this.#open();
    this.#task.markSubmitted();
  }

  #open(): LibraryDraft {
    if (this.#task.submitted)
      throw bad(`the library ${this.name} was declared already`, "Make another Library for another manager.");
    return this.#draft;
  }
}
