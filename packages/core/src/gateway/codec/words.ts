import { taskvine } from "#wire";
import type { Lifetime } from "../../files/file.js";
import { words } from "../../protocol/codec/words.js";
import type { Encoding, InputUse, OutputCondition } from "../../tasks/task.js";

const wire = taskvine.gateway;

export const lifetimes = words("lifetime", {
  task: wire.Lifetime.LIFETIME_TASK,
  workflow: wire.Lifetime.LIFETIME_WORKFLOW,
  worker: wire.Lifetime.LIFETIME_WORKER,
  forever: wire.Lifetime.LIFETIME_FOREVER,
} as const satisfies Record<Lifetime, number>);

export const outputConditions = words("output condition", {
  success: wire.OutputCondition.OUTPUT_CONDITION_SUCCESS,
  failure: wire.OutputCondition.OUTPUT_CONDITION_FAILURE,
  always: wire.OutputCondition.OUTPUT_CONDITION_ALWAYS,
} as const satisfies Record<OutputCondition, number>);

/** Numbers of words that were left out. */
export const NO_LIFETIME = wire.Lifetime.LIFETIME_UNSPECIFIED;
export const NO_CONDITION = wire.OutputCondition.OUTPUT_CONDITION_UNSPECIFIED;
export const NO_ENCODING = wire.Encoding.ENCODING_UNSPECIFIED;

/** The use of a file at a name in a sandbox: none of our words. */
export const SANDBOX = wire.MountUse.MOUNT_USE_SANDBOX;

export const mountUses = words("use of a file", {
  value: wire.MountUse.MOUNT_USE_VALUE,
  path: wire.MountUse.MOUNT_USE_PATH,
  function: wire.MountUse.MOUNT_USE_FUNCTION,
} as const satisfies Record<InputUse, number>);

export const encodings = words("encoding", {
  json: wire.Encoding.ENCODING_JSON,
  pickle: wire.Encoding.ENCODING_PICKLE,
  v8: wire.Encoding.ENCODING_V8,
} as const satisfies Record<Encoding, number>);
