import { serialize } from "node:v8";
import { VineError } from "../../../model/errors.js";
import { LIMITS } from "../../../model/limits.js";
import { bad } from "../draft.js";
import { VineFile } from "../vine-file.js";

/** What stands in arguments for something that is brought to the call: `{"$vine": "<name of the input>"}`. */
const PLACEHOLDER = "$vine";

export interface ArgumentsOptions {
  readonly encoding: "json" | "v8";
  /** The name under which the call gets this file. `where`: its place in the arguments, for people. */
  nameOf(file: VineFile, where: string): string;
  /** The file of something that stands for one, such as another call; undefined: it is what it is. */
  fileOf(value: object): VineFile | undefined;
}

/** Writes `[args, kwargs]`. Throws BAD_ARGUMENT with the place of what cannot be written, TOO_LARGE for too much of it. */
export function encodeArguments(
  args: readonly unknown[],
  kwargs: Readonly<Record<string, unknown>>,
  options: ArgumentsOptions,
): Uint8Array {
  const bytes = encode(args, kwargs, options);
  if (bytes.length <= LIMITS.argsBytes) return bytes;
  throw new VineError(
    "TOO_LARGE",
    `arguments of ${bytes.length} bytes are more than argsBytes (${LIMITS.argsBytes})`,
    {
      hint: "Declare large things as files, and give those as arguments.",
    },
  );
}

function encode(
  args: readonly unknown[],
  kwargs: Readonly<Record<string, unknown>>,
  options: ArgumentsOptions,
): Buffer {
  const both = isSimple(args, kwargs) ? [args, kwargs] : walked(args, kwargs, options);
  try {
    return options.encoding === "json" ? Buffer.from(JSON.stringify(both)) : serialize(both);
  } catch (cause) {
    throw bad(`the arguments cannot be copied: ${VineError.from(cause).message}`);
  }
}

/** Numbers, texts and the like need no walk. */
export function isSimple(args: readonly unknown[], kwargs: object): boolean {
  for (const value of args) {
    if (value === null || typeof value === "string" || typeof value === "boolean") continue;
    if (typeof value !== "number" || !Number.isFinite(value)) return false;
  }
  return Object.keys(kwargs).length === 0;
}

function walked(args: readonly unknown[], kwargs: object, options: ArgumentsOptions): readonly unknown[] {
  const writer = new Writer(options);
  return [writer.list(args, "args"), writer.record(kwargs, "kwargs")];
}

/** Walks arrays and plain objects: finds what cannot be written, and puts placeholders where files stand. */
class Writer {
  readonly #options: ArgumentsOptions;
  /** JSON: what encloses the place that is looked at. V8: copies of all that was met, for what is met again. */
  readonly #met = new Map<object, unknown>();

  constructor(options: ArgumentsOptions) {
    this.#options = options;
  }

  list(values: readonly unknown[], where: string): unknown {
    const copy: unknown[] = [];
    return this.#within(values, copy, where, () => {
      for (let at = 0; at < values.length; at++) copy.push(this.#value(values[at], where, at));
    });
  }

  record(given: object, where: string): unknown {
    const copy: Record<string, unknown> = {};
    return this.#within(given, copy, where, () => {
      for (const [key, value] of Object.entries(given)) {
        if (key === PLACEHOLDER) throw bad(`${where} has a key ${PLACEHOLDER}, which is ours`);
        if (value === undefined && this.#options.encoding === "json") continue;
        define(copy, key, this.#value(value, where, key));
      }
    });
  }

  #value(value: unknown, within: string, key: string | number): unknown {
    switch (typeof value) {
      case "string":
      case "boolean":
        return value;
      case "number":
        return Number.isFinite(value) ? value : this.#special(value, String(value), within, key);
      case "object":
        return value === null ? null : this.#object(value, at(within, key));
      case "function":
      case "symbol":
        throw refused(value, at(within, key), this.#options.encoding);
      default:
        return this.#special(value, typeof value, within, key);
    }
  }

  /** Structured clone has them, JSON has not. */
  #special(value: unknown, what: string, within: string, key: string | number): unknown {
    if (this.#options.encoding === "v8") return value;
    throw bad(`${at(within, key)} is ${what}, which JSON cannot hold`);
  }

  #object(value: object, where: string): unknown {
    if (Array.isArray(value)) return this.list(value, where);
    const file = value instanceof VineFile ? value : this.#options.fileOf(value);
    if (file !== undefined) return { [PLACEHOLDER]: this.#options.nameOf(file, where) };
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype === Object.prototype || prototype === null) return this.record(value, where);
    if (this.#options.encoding === "json") throw refused(value, where, this.#options.encoding);
    return value;
  }

  #within(given: object, copy: unknown, where: string, fill: () => void): unknown {
    const isJson = this.#options.encoding === "json";
    const met = this.#met.get(given);
    if (met !== undefined) {
      if (isJson) throw bad(`${where} holds itself, which JSON cannot`);
      return met;
    }
    this.#met.set(given, copy);
    fill();
    if (isJson) this.#met.delete(given);
    return copy;
  }
}

/** Also a key named __proto__ is a key. */
function define(record: Record<string, unknown>, key: string, value: unknown): void {
  if (key === "__proto__")
    Object.defineProperty(record, key, { value, enumerable: true, configurable: true, writable: true });
  else record[key] = value;
}

function at(within: string, key: string | number): string {
  if (typeof key === "number") return `${within}[${key}]`;
  return /^[A-Za-z_]\w*$/.test(key) ? `${within}.${key}` : `${within}[${JSON.stringify(key)}]`;
}

function refused(value: unknown, where: string, encoding: "json" | "v8"): VineError {
  const what = typeof value === "object" ? `a ${value?.constructor.name ?? "thing"}` : `a ${typeof value}`;
  const why = encoding === "json" ? "which JSON cannot hold" : "which cannot be copied";
  return bad(`${where} is ${what}, ${why}`);
}
