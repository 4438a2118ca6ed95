import { VineError } from "../../../model/errors.js";
import type { FileId, TaskId } from "../../../model/ids.js";
import type { InputMount, OutputMount, TaskSpec } from "../../../tasks/task.js";
import type { DraftInput, DraftOutput } from "../draft.js";
import { mountInput, mountOutput, type SpecSource } from "../task-spec.js";
import type { VineFile } from "../vine-file.js";
import { encodeArguments } from "./arguments.js";
import { CallValue } from "./call-value.js";
import { FunctionCall } from "./function-call.js";
import type { LibraryHandle } from "./library-handle.js";

/** What a call needs of the manager it is submitted to. */
export interface CallSource extends SpecSource {
  /** Throws UNKNOWN_LIBRARY. */
  library(named: LibraryHandle | string): LibraryHandle;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const NO_INPUTS: readonly InputMount[] = [];
const NO_OUTPUTS: readonly OutputMount[] = [];
const NO_ENV = {};

/** The frozen description of a call, and the file of its value where it has one. Throws at what cannot be right. */
export function callSpec(
  call: FunctionCall,
  id: TaskId,
  source: CallSource,
): { readonly spec: TaskSpec; readonly value: CallValue | undefined } {
  const library = source.library(call.library);
  checkFunction(library, call.function);
  const mounts = new ArgumentFiles(call, library, source);
  const args = encodeArguments(call.args, call.kwargs, mounts);
  const value = call.valueFile(library);
  const draft = call.draft();
  const spec: Mutable<TaskSpec> = {
    id,
    command: "",
    env: NO_ENV,
    inputs: mounts.with(draft.inputs, source),
    outputs: outputsOf(draft.outputs, value, source),
    resources: draft.resources,
    features: draft.features,
    tag: draft.tag,
    category: draft.category,
    priority: draft.priority,
    retries: draft.retries,
    call: {
      library: library.id,
      function: call.function,
      args,
      encoding: library.encoding,
      keep: call.isKept,
    },
  };
  if (draft.wallTimeMs !== undefined) spec.wallTimeMs = draft.wallTimeMs;
  if (draft.endByMs !== undefined) spec.endByMs = draft.endByMs;
  if (draft.startAfterMs !== undefined) spec.startAfterMs = draft.startAfterMs;
  return { spec, value };
}

function checkFunction({ name, functions }: LibraryHandle, called: string): void {
  if (functions.length === 0 || functions.includes(called)) return;
  throw new VineError(
    "UNKNOWN_FUNCTION",
    `the library ${name} has no function ${called}; it has ${functions.slice(0, 20).join(", ")}`,
  );
}

function outputsOf(
  drafts: readonly DraftOutput[],
  value: CallValue | undefined,
  source: SpecSource,
): readonly OutputMount[] {
  if (value === undefined && drafts.length === 0) return NO_OUTPUTS;
  const outputs = drafts.map((output) => mountOutput(output, source));
  if (value !== undefined)
    outputs.push({ file: value.id, name: "", when: "success", watch: false, use: "value" });
  return outputs;
}

/** Files that stand in the arguments of one call: inputs that are not in its sandbox. */
class ArgumentFiles {
  readonly encoding: "json" | "v8";
  readonly #label: string;
  readonly #source: CallSource;
  readonly #library: LibraryHandle;
  #mounts: Map<FileId, InputMount> | undefined;

  constructor(call: FunctionCall, library: LibraryHandle, source: CallSource) {
    this.encoding = library.encoding;
    this.#label = call.label;
    this.#library = library;
    this.#source = source;
  }

  fileOf(given: object): VineFile | undefined {
    return given instanceof FunctionCall ? given.value : undefined;
  }

  nameOf(file: VineFile, where: string): string {
    this.#mounts ??= new Map();
    const known = this.#mounts.get(file.id);
    if (known !== undefined) return known.name;
    this.#check(file, where);
    const use = file instanceof CallValue ? "value" : "path";
    const mount = { file: file.id, name: `argument-${this.#mounts.size}`, use } as const;
    this.#mounts.set(file.id, mount);
    return mount.name;
  }

  with(drafts: readonly DraftInput[], source: SpecSource): readonly InputMount[] {
    if (this.#mounts === undefined && drafts.length === 0) return NO_INPUTS;
    const mounted = drafts.map((input) => mountInput(input, source));
    return [...mounted, ...(this.#mounts?.values() ?? [])];
  }

  #check(file: VineFile, where: string): void {
    if (file.owner !== this.#source.owner)
      throw new VineError("UNKNOWN_FILE", `${where} of ${this.#label} was declared on another manager`);
    if (!this.#source.isDeclared(file.id))
      throw new VineError("UNKNOWN_FILE", `${where} of ${this.#label} was undeclared`);
    if (!(file instanceof CallValue) || file.encoding === "json" || file.encoding === this.encoding) return;
    throw new VineError(
      "BAD_ARGUMENT",
      `${where} of ${this.#label} is written in ${file.encoding}, which the library ${this.#library.name} does not read`,
      { hint: 'Declare the library that makes it with encoding("json").' },
    );
  }
}
