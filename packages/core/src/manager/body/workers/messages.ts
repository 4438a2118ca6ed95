import type { AssignedOutput, Effect } from "../../../coordinator/effect.js";
import type { FileIdentity, FileSpec } from "../../../files/file.js";
import type { LibrarySpec } from "../../../libraries/library.js";
import { VineError } from "../../../model/errors.js";
import type { FileId, TaskId } from "../../../model/ids.js";
import { never } from "../../../model/never.js";
import type {
  Assign,
  AssignInput,
  AssignOutput,
  Call,
  CallInput,
  Deploy,
  Fetch,
  FetchSource,
  Make,
  MakeRecipe,
} from "../../../protocol/index.js";
import type { InputMount, OutputMount, TaskSpec } from "../../../tasks/task.js";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type EffectOf<T extends Effect["type"]> = Extract<Effect, { type: T }>;

const NONE: never[] = [];

/** What messages say of files and tasks. */
export interface Facts {
  /** Also of a task that has ended: what it made may be made again. */
  task(task: TaskId): TaskSpec | undefined;
  spec(file: FileId): FileSpec;
  /** Undefined: not named yet. */
  identity(file: FileId): FileIdentity | undefined;
  /** What a call returned, where it is here. */
  value(file: FileId): Uint8Array | undefined;
}

export function assignMessage(
  effect: EffectOf<"assign">,
  task: TaskSpec,
  files: Facts,
  nowMs: number,
): Assign {
  return {
    type: "assign",
    task: effect.task,
    attempt: effect.attempt,
    command: task.command,
    inputs: inputsOf(task.inputs, files),
    outputs: task.outputs.map((mount, at) => outputOf(mount, effect.outputs[at], files)),
    env: task.env,
    allocation: effect.allocation,
    ...timesOf(task, nowMs),
    ...(effect.copyInputs === true ? { copyInputs: true } : {}),
  };
}

export function deployMessage(effect: EffectOf<"deploy">, library: LibrarySpec, files: Facts): Deploy {
  return {
    type: "deploy",
    task: effect.task,
    attempt: effect.attempt,
    library: library.name,
    command: library.command,
    inputs: inputsOf(library.inputs, files),
    env: library.env,
    allocation: effect.allocation,
    slots: library.slots,
    startWithinMs: library.startWithinMs,
  };
}

/** Small values that are here go with it. Nearly all calls have no files: nothing is made for what they do not have. */
export function callMessage(effect: EffectOf<"call">, task: TaskSpec, files: Facts, nowMs: number): Call {
  const { call, inputs, outputs, wallTimeMs, endByMs, resources } = task;
  if (call === undefined) throw new VineError("INTERNAL", `task ${task.id} is no call`);
  const message: Mutable<Call> = {
    type: "call",
    task: effect.task,
    attempt: effect.attempt,
    instance: effect.instance,
    function: call.function,
    args: call.args,
    encoding: call.encoding,
    inputs: inputs.length === 0 ? NONE : inputs.map((mount) => callInputOf(mount, files)),
    outputs: NONE,
    keep: call.keep,
  };
  if (outputs.length > 0) sortOutputs(message, effect, outputs, files);
  if (wallTimeMs !== undefined || endByMs !== undefined) Object.assign(message, timesOf(task, nowMs));
  if (resources.memory !== undefined) message.memory = Math.ceil(resources.memory);
  if (effect.linked === true) message.linked = true;
  return message;
}

export function fetchMessage(
  effect: EffectOf<"fetch">,
  files: Facts,
  from: { readonly source: FetchSource; readonly executable: boolean },
): Fetch {
  const { cacheName, kind, size, digest } = identityOf(effect.file, files);
  const spec = files.spec(effect.file);
  return {
    type: "fetch",
    transfer: effect.transfer,
    cacheName,
    lifetime: spec.lifetime,
    kind,
    ...(size === undefined ? {} : { size }),
    ...(digest === undefined ? {} : { digest }),
    executable: spec.executable || from.executable,
    source: from.source,
  };
}

export function makeMessage(effect: EffectOf<"make">, files: Facts): Make {
  const spec = files.spec(effect.file);
  const { cacheName } = identityOf(effect.file, files);
  return {
    type: "make",
    transfer: effect.transfer,
    cacheName,
    lifetime: spec.lifetime,
    recipe: recipeOf(spec, files),
  };
}

function recipeOf(spec: FileSpec, files: Facts): MakeRecipe {
  const { origin } = spec;
  switch (origin.type) {
    case "unpack":
      return { type: "unpack", archive: nameOf(origin.archive, files), format: origin.format };
    case "mini-task": {
      const { command, inputs, env } = origin.command;
      return { type: "mini-task", command, inputs: inputsOf(inputs, files), env, output: origin.output };
    }
    case "local":
    case "buffer":
    case "url":
    case "temp":
      throw new VineError("INTERNAL", `${spec.label} (${origin.type}) has no recipe`);
    default:
      return never(origin);
  }
}

function inputsOf(mounts: readonly InputMount[], files: Facts): AssignInput[] {
  return mounts.map(({ file, name }) => ({ cacheName: nameOf(file, files), name }));
}

/** Outputs in the sandbox, and where the value goes. */
function sortOutputs(
  message: Mutable<Call>,
  effect: EffectOf<"call">,
  outputs: readonly OutputMount[],
  files: Facts,
): void {
  const mounted: AssignOutput[] = [];
  outputs.forEach((mount, at) => {
    const output = outputOf(mount, effect.outputs[at], files);
    if (mount.use === "value") message.value = output;
    else mounted.push(output);
  });
  message.outputs = mounted;
}

function callInputOf({ file, name, use }: InputMount, files: Facts): CallInput {
  const value = use === "value" ? files.value(file) : undefined;
  const from = value === undefined ? { cacheName: nameOf(file, files) } : { value };
  return use === undefined ? { name, from } : { name, use, from };
}

function outputOf(mount: OutputMount, assigned: AssignedOutput | undefined, files: Facts): AssignOutput {
  return {
    file: mount.file,
    cacheName: assigned?.cacheName ?? nameOf(mount.file, files),
    name: mount.name,
    when: mount.when,
    lifetime: files.spec(mount.file).lifetime,
    watch: mount.watch,
  };
}

/** Limits in time, relative: clocks need not agree. */
function timesOf(
  { wallTimeMs, endByMs }: TaskSpec,
  nowMs: number,
): { readonly wallTimeMs?: number; readonly endWithinMs?: number } {
  return {
    ...(wallTimeMs === undefined ? {} : { wallTimeMs: Math.ceil(wallTimeMs) }),
    ...(endByMs === undefined ? {} : { endWithinMs: Math.max(1, Math.ceil(endByMs - nowMs)) }),
  };
}

function nameOf(file: FileId, files: Facts): FileIdentity["cacheName"] {
  return identityOf(file, files).cacheName;
}

function identityOf(file: FileId, files: Facts): FileIdentity {
  const identity = files.identity(file);
  if (identity === undefined) throw new VineError("INTERNAL", `${files.spec(file).label} has no name yet`);
  return identity;
}
