import { VineError } from "../../model/errors.js";
import { parseBytes, parseDuration } from "../../model/units.js";
import {
  type Bytes,
  bad,
  checkFile,
  type Duration,
  emptyDraft,
  instant,
  type OutputOptions,
  ownList,
  ownRecord,
  positive,
  type TaskDraft,
  text,
  wholeFrom,
} from "./draft.js";
import { NameSet } from "./name-set.js";
import type { VineFile } from "./vine-file.js";

const ONCE = "Make another one for another run: its outputs are other files.";
/** The draft of all calls of which nothing but function and arguments was said. */
const NOTHING_SAID: TaskDraft = emptyDraft("");

/** What can be submitted: a Task or a FunctionCall. Setters can be chained; a mistake throws where it is made. */
export abstract class Work {
  #draft: TaskDraft;
  #names: NameSet | undefined;
  #submitted = false;

  protected constructor(command: string) {
    this.#draft = command === "" ? NOTHING_SAID : emptyDraft(command);
  }

  /** What people know it by: its command, or its function. */
  abstract get label(): string;

  /** Puts a declared file, or directory tree, at a name in the task's folder. It is read-only there. */
  input(file: VineFile, name: string): this {
    this.open();
    checkFile(file, name);
    this.#takeName(name);
    this.#put("inputs", { type: "file", file, name });
    return this;
  }

  /** Puts a text or bytes at a name in the task's folder. */
  inputBuffer(content: string | Uint8Array, name: string): this {
    this.open();
    const bytes = typeof content === "string" ? Buffer.from(content) : Uint8Array.from(content);
    this.#takeName(name);
    this.#put("inputs", { type: "buffer", bytes, name });
    return this;
  }

  /** Collects what the command leaves at a name: into a temp, which stays in the cluster, or a local file, which is brought home. */
  output(file: VineFile, name: string, options: OutputOptions = {}): this {
    this.open();
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
    this.#put("outputs", { file, name, when, watch: watch !== false, ...watcher });
    return this;
  }

  /** Memory, e.g. "2 GB". A task that takes more is ended. */
  memory(amount: Bytes): this {
    this.ask("memory", positive("memory", parseBytes(amount, "memory")));
    return this;
  }

  /** A free label, for waitForTag and cancel. */
  tag(label: string): this {
    this.open().tag = text("tag", label);
    return this;
  }

  /** Tasks of one category are alike: counted and looked at together. */
  category(name: string): this {
    this.open().category = text("category", name);
    return this;
  }

  /** Larger goes first. Default 0. */
  priority(value: number): this {
    if (!Number.isFinite(value)) throw bad(`priority must be a number, not ${value}`);
    this.open().priority = value;
    return this;
  }

  /** Further attempts after a lost worker or an exhausted resource. Default 5. */
  retries(count: number): this {
    this.open().retries = wholeFrom(0, "retries", count);
    return this;
  }

  /** Longest run of one attempt. */
  maxWallTime(duration: Duration): this {
    this.open().wallTimeMs = positive("maxWallTime", parseDuration(duration, "maxWallTime"));
    return this;
  }

  /** Latest end. */
  endBy(time: Date | number): this {
    this.open().endByMs = instant("endBy", time);
    return this;
  }

  /** Earliest start. */
  startAfter(time: Date | number): this {
    this.open().startAfterMs = instant("startAfter", time);
    return this;
  }

  /** What it says. From `submit` on it cannot be changed or submitted again. */
  draft(): Readonly<TaskDraft> {
    return this.#draft;
  }

  get submitted(): boolean {
    return this.#submitted;
  }

  /** Called by the manager. Throws when it was submitted before. */
  markSubmitted(): void {
    if (this.#submitted) throw bad(`${this.label} was submitted twice`, ONCE);
    this.#submitted = true;
  }

  /** Called by the manager: it could not be submitted after all. */
  unmarkSubmitted(): void {
    this.#submitted = false;
  }

  /** The draft, to be changed. */
  protected open(): TaskDraft {
    if (this.#submitted) throw bad(`${this.label} was submitted already`, ONCE);
    if (this.#draft === NOTHING_SAID) this.#draft = emptyDraft("");
    return this.#draft;
  }

  protected ask(kind: keyof TaskDraft["resources"], amount: number): void {
    const draft = this.open();
    draft.resources = ownRecord(draft.resources);
    draft.resources[kind] = amount;
  }

  #put<Kind extends "inputs" | "outputs">(kind: Kind, mount: TaskDraft[Kind][number]): void {
    const mounts = ownList<TaskDraft[Kind][number]>(this.#draft[kind]);
    mounts.push(mount);
    this.#draft[kind] = mounts as TaskDraft[Kind];
  }

  #takeName(name: string): void {
    this.#names ??= new NameSet();
    this.#names.add(name);
  }
}
