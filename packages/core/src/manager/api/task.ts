import { VineError } from "../../model/errors.js";
import { LIMITS } from "../../model/limits.js";
import { parseBytes } from "../../model/units.js";
import { type Bytes, bad, isText, ownRecord, positive, text, wholeFrom } from "./draft.js";
import { Work } from "./work.js";

/**
 * A command line for /bin/sh in a private folder, and all it needs. Setters can be chained; a mistake throws where it is made.
 * Submitted once: the outputs of a second run would be other files.
 */
export class Task extends Work {
  constructor(command: string) {
    if (typeof command !== "string" || command.trim() === "") throw bad("a task needs a command");
    if (!isText(command)) throw bad("a command cannot hold a NUL character, or half of one of two parts");
    if (Buffer.byteLength(command) > LIMITS.commandBytes) {
      throw new VineError("TOO_LARGE", `the command is longer than commandBytes (${LIMITS.commandBytes})`);
    }
    super(command);
  }

  get label(): string {
    const { command } = this.draft();
    return `the task ${command.length > 80 ? `${command.slice(0, 79)}…` : command}`;
  }

  /** Sets an environment variable; null unsets one that the worker has. */
  env(name: string, value: string | null): this {
    const fits = name !== "" && !name.includes("=") && isText(name) && (value === null || isText(value));
    if (!fits) {
      throw bad(`${JSON.stringify(name)} cannot be set as an environment variable`);
    }
    const draft = this.open();
    draft.env = ownRecord(draft.env);
    Object.defineProperty(draft.env, name, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
    return this;
  }

  /** Cores, also parts of one. Left out: the task's share of the worker (one core when nothing at all is said). */
  cores(count: number): this {
    this.ask("cores", positive("cores", count));
    return this;
  }

  /** Disk for the task's folder, e.g. "10 GB". A task that takes more is ended. */
  disk(amount: Bytes): this {
    this.ask("disk", positive("disk", parseBytes(amount, "disk")));
    return this;
  }

  /** Whole gpus; their numbers are in CUDA_VISIBLE_DEVICES. */
  gpus(count: number): this {
    this.ask("gpus", wholeFrom(0, "gpus", count));
    return this;
  }

  /** A label that a worker must offer. */
  feature(label: string): this {
    const draft = this.open();
    draft.features = [...draft.features, text("feature", label)];
    return this;
  }

  /** The placement policy for this task, where it is not to be the manager's. */
  policy(name: string): this {
    this.open().policy = text("policy", name);
    return this;
  }
}
