import type { Effect } from "../../../coordinator/effect.js";
import type { FileIdentity, FileSpec } from "../../../files/file.js";
import { VineError } from "../../../model/errors.js";
import type { FileId, TaskId } from "../../../model/ids.js";
import { never } from "../../../model/never.js";
import type { Assign, AssignInput, Fetch, FetchSource, Make, MakeRecipe } from "../../../protocol/index.js";
import type { InputMount, TaskSpec } from "../../../tasks/task.js";

type EffectOf<T extends Effect["type"]> = Extract<Effect, { type: T }>;

/** What messages say of files and tasks. */
export interface Facts {
  /** Also of a task that has ended: what it made may be made again. */
  task(task: TaskId): TaskSpec | undefined;
  spec(file: FileId): FileSpec;
  /** Undefined: not named yet. */
  identity(file: FileId): FileIdentity | undefined;
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
    outputs: task.outputs.map((mount, at) => ({
      file: mount.file,
      cacheName: effect.outputs[at]?.cacheName ?? nameOf(mount.file, files),
      name: mount.name,
      when: mount.when,
      lifetime: files.spec(mount.file).lifetime,
      watch: mount.watch,
    })),
    env: task.env,
    allocation: effect.allocation,
    ...(task.wallTimeMs === undefined ? {} : { wallTimeMs: Math.ceil(task.wallTimeMs) }),
    ...(task.endByMs === undefined ? {} : { endWithinMs: Math.max(1, Math.ceil(task.endByMs - nowMs)) }),
    ...(effect.copyInputs === true ? { copyInputs: true } : {}),
  };
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

function nameOf(file: FileId, files: Facts): FileIdentity["cacheName"] {
  return identityOf(file, files).cacheName;
}

function identityOf(file: FileId, files: Facts): FileIdentity {
  const identity = files.identity(file);
  if (identity === undefined) throw new VineError("INTERNAL", `${files.spec(file).label} has no name yet`);
  return identity;
}
