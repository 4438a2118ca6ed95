import { VineError } from "../../model/errors.js";
import type { FileId, LibraryId, TaskId } from "../../model/ids.js";
import { LIMITS } from "../../model/limits.js";
import type { Encoding, InputMount, OutputMount, TaskSpec } from "../../tasks/task.js";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** What calls of one batch have in common. */
export interface BulkCalls {
  readonly library: LibraryId;
  readonly function: string;
  readonly encoding: Encoding;
  readonly inputs: readonly InputMount[];
  readonly resources: TaskSpec["resources"];
  readonly tag: string;
  readonly category: string;
  readonly priority: number;
  readonly retries: number;
  readonly wallTimeMs: number | undefined;
  /** What they return stays in the cluster. */
  readonly keep: boolean;
}

/** What one of them has of its own. */
export interface OwnOfCall {
  readonly id: TaskId;
  /** Default: the id. */
  readonly number?: number | undefined;
  readonly args: Uint8Array;
  /** Default: those of the batch. */
  readonly inputs?: readonly InputMount[] | undefined;
  /** Default: none. */
  readonly outputs?: readonly OutputMount[] | undefined;
  /** Default: that of the batch. */
  readonly tag?: string | undefined;
}

export const DEFAULT_RETRIES = 5;
export const DEFAULT_CATEGORY = "default";
/** What people call the function that comes with its calls. */
const FUNCTION_INPUT = "function";
const NONE: never[] = [];
const NO_ENV = {};
const NO_OUTPUTS: readonly OutputMount[] = NONE;

/** Inputs of calls that bring their function in this file. */
export function functionInputs(file: FileId | undefined): readonly InputMount[] {
  return file === undefined ? NONE : [{ file, name: FUNCTION_INPUT, use: "function" }];
}

const argumentNames: string[] = [];

/** What stands in the arguments of a call for the n-th input that they name. */
export function argumentName(n: number): string {
  return (argumentNames[n] ??= `vine.arg.${n}`);
}

/** What a call returns goes to this file. */
export function valueOutput(file: FileId): readonly OutputMount[] {
  return [{ file, name: "", when: "success", watch: false, use: "value" }];
}

/** One of them. Millions are made: all of one shape, that of the API's calls. */
export function bulkCall(
  shared: BulkCalls,
  { id, number = id, args, inputs = shared.inputs, outputs = NO_OUTPUTS, tag = shared.tag }: OwnOfCall,
): TaskSpec {
  const spec: Mutable<TaskSpec> = {
    id,
    number,
    command: "",
    env: NO_ENV,
    inputs,
    outputs,
    resources: shared.resources,
    features: NONE,
    tag,
    category: shared.category,
    priority: shared.priority,
    retries: shared.retries,
    call: {
      library: shared.library,
      function: shared.function,
      args,
      encoding: shared.encoding,
      keep: shared.keep,
    },
  };
  if (shared.wallTimeMs !== undefined) spec.wallTimeMs = shared.wallTimeMs;
  return spec;
}

/** Why arguments of this size cannot travel with a call. */
export function argumentsFault(bytes: number): VineError | undefined {
  if (bytes <= LIMITS.argsBytes) return undefined;
  return new VineError(
    "TOO_LARGE",
    `arguments of ${bytes} bytes, more than argsBytes (${LIMITS.argsBytes})`,
    {
      hint: "Declare what is large as a file, and name that in the arguments.",
    },
  );
}
