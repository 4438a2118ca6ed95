import { VineError } from "../../model/errors.js";
import type { FileId, TaskId } from "../../model/ids.js";
import { LIMITS } from "../../model/limits.js";
import type { InputMount, OutputMount, TaskCommand, TaskSpec } from "../../tasks/task.js";
import type { DraftInput, DraftOutput, TaskDraft } from "./draft.js";
import type { Task } from "./task.js";
import type { FileOwner } from "./vine-file.js";

/** What a draft needs of the manager it is submitted to. */
export interface SpecSource {
  readonly owner: FileOwner;
  /** Declares the bytes of an inputBuffer. */
  declareBytes(bytes: Uint8Array, label: string): FileId;
  isDeclared(file: FileId): boolean;
}

/** The frozen description of a task. Throws when it names files of another manager, or that were undeclared. */
export function taskSpec(task: Task, id: TaskId, source: SpecSource): TaskSpec {
  const draft = task.draft();
  return {
    ...commandOf(draft, source),
    id,
    outputs: draft.outputs.map((output) => mountOutput(output, source)),
    resources: draft.resources,
    features: draft.features,
    tag: draft.tag,
    category: draft.category,
    priority: draft.priority,
    retries: draft.retries,
    ...(draft.wallTimeMs === undefined ? {} : { wallTimeMs: draft.wallTimeMs }),
    ...(draft.endByMs === undefined ? {} : { endByMs: draft.endByMs }),
    ...(draft.startAfterMs === undefined ? {} : { startAfterMs: draft.startAfterMs }),
    ...(draft.policy === undefined ? {} : { policy: draft.policy }),
  };
}

/** The part of a task that a mini-task has too. */
export function commandOf(draft: Readonly<TaskDraft>, source: SpecSource): TaskCommand {
  checkEnv(draft.env);
  return {
    command: draft.command,
    inputs: draft.inputs.map((input) => mountInput(input, source)),
    env: draft.env,
  };
}

/** A mini-task makes one file wherever it is needed: it has no outputs, labels or limits of its own. */
export function checkMiniTask(draft: TaskDraft): void {
  const settings = {
    outputs: draft.outputs.length > 0,
    tag: draft.tag !== "",
    gpus: (draft.resources.gpus ?? 0) > 0,
  };
  for (const [setting, used] of Object.entries(settings)) {
    if (used) throw new VineError("BAD_ARGUMENT", `the task of a mini-task cannot have ${setting}`);
  }
}

export function mountOutput({ file, name, when, watch }: DraftOutput, source: SpecSource): OutputMount {
  checkOwner(file, name, source);
  return { file: file.id, name, when, watch };
}

export function mountInput(input: DraftInput, source: SpecSource): InputMount {
  if (input.type === "buffer")
    return { file: source.declareBytes(input.bytes, input.name), name: input.name };
  checkOwner(input.file, input.name, source);
  return { file: input.file.id, name: input.name };
}

function checkOwner(
  file: { readonly owner: FileOwner; readonly id: FileId },
  name: string,
  source: SpecSource,
): void {
  if (file.owner !== source.owner)
    throw new VineError("UNKNOWN_FILE", `${name} was declared on another manager`);
  if (!source.isDeclared(file.id)) throw new VineError("UNKNOWN_FILE", `${name} was undeclared`);
}

function checkEnv(env: Readonly<Record<string, string | null>>): void {
  let bytes = 0;
  for (const [name, value] of Object.entries(env))
    bytes += Buffer.byteLength(name) + Buffer.byteLength(value ?? "");
  if (bytes > LIMITS.envBytes)
    throw new VineError(
      "TOO_LARGE",
      `the task's env is ${bytes} bytes, more than envBytes (${LIMITS.envBytes})`,
    );
}
