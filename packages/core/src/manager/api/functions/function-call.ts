import { VineError } from "../../../model/errors.js";
import { LIMITS } from "../../../model/limits.js";
import { bad } from "../draft.js";
import { Work } from "../work.js";
import { isSimple } from "./arguments.js";
import type { CallValue } from "./call-value.js";
import { LibraryHandle } from "./library-handle.js";

/**
 * A call of a library's function. Arguments may hold, at any depth of arrays and plain objects: declared files (the function
 * gets a path), other calls or their values (it gets the value), and what JSON or, for JavaScript, structured clone can hold.
 * Setters can be chained. Submitted once; its value is in the result, unless it is to stay in the cluster.
 */
export class FunctionCall extends Work {
  /** Its handle, or its name. */
  readonly library: LibraryHandle | string;
  readonly function: string;
  readonly args: readonly unknown[];
  readonly kwargs: Readonly<Record<string, unknown>>;
  #keep = false;
  #value: CallValue | undefined;

  /** `kwargs`: arguments by name, where the library's language has them. */
  constructor(
    library: LibraryHandle | string,
    fn: string,
    args: readonly unknown[] = [],
    kwargs: Readonly<Record<string, unknown>> = {},
  ) {
    super("");
    checkCall(library, fn, args, kwargs);
    this.library = library;
    this.function = fn;
    this.args = args;
    this.kwargs = kwargs;
    if (!isSimple(args, kwargs)) claimValues([args, kwargs], new Set());
  }

  get label(): string {
    const library = typeof this.library === "string" ? this.library : this.library.name;
    return `the call ${library}.${this.function}`;
  }

  /** The value stays in the cluster even when it is small: `result.value` brings it when it is asked for. */
  keepInCluster(): this {
    this.open();
    this.#keep = true;
    return this;
  }

  get isKept(): boolean {
    return this.#keep;
  }

  /**
   * The file of what it will return: an argument of other calls, an input of tasks. It belongs to the library's manager, and
   * is to be asked for before the call is submitted. It is there until it is undeclared.
   */
  get value(): CallValue {
    return this.#value ?? this.#declareValue();
  }

  /** There will be a file for its value, if there still can be. */
  claimValue(): void {
    if (!this.submitted) this.#value ??= this.#declareValue();
  }

  #declareValue(): CallValue {
    if (typeof this.library === "string")
      throw bad(
        `${this.label} names its library by a text, and has no file for its value before it is submitted`,
        "Give the call what declareLibrary returned.",
      );
    if (this.submitted)
      throw bad(
        `${this.label} was submitted without a file for its value`,
        "Ask for call.value before submit.",
      );
    this.#value = this.library.declareValue(this.label);
    return this.#value;
  }

  /** The value's file where it needs one. Called by the manager. */
  valueFile(library: LibraryHandle): CallValue | undefined {
    if (this.#keep) this.#value ??= library.declareValue(this.label);
    return this.#value;
  }
}

function checkCall(library: LibraryHandle | string, fn: string, args: unknown, kwargs: unknown): void {
  const isNamed = typeof library === "string" && library !== "";
  if (!isNamed && !(library instanceof LibraryHandle))
    throw bad("a call names its library by its name, or by what declareLibrary returned");
  if (typeof fn !== "string" || fn === "") throw bad("a call needs the name of a function");
  if (fn.length > LIMITS.nameBytes)
    throw new VineError("TOO_LARGE", "a function's name is longer than nameBytes");
  if (!Array.isArray(args)) throw bad(`the arguments of ${fn} must be an array`);
  if (typeof kwargs !== "object" || kwargs === null || Array.isArray(kwargs))
    throw bad(`the arguments of ${fn} by name must be an object`);
}

/** A call that is an argument of another has a file for its value from now on, whichever of them is submitted first. */
function claimValues(given: object, met: Set<object>): void {
  if (given instanceof FunctionCall) {
    given.claimValue();
    return;
  }
  const prototype: unknown = Object.getPrototypeOf(given);
  const isPlain = Array.isArray(given) || prototype === Object.prototype || prototype === null;
  if (!isPlain || met.has(given)) return;
  met.add(given);
  for (const value of Object.values(given) as unknown[])
    if (typeof value === "object" && value !== null) claimValues(value, met);
}
