import { type CacheName, cacheName as toCacheName } from "@taskvine/core/model";
import type { Assign, AssignInput, Deploy, Fetch, Make } from "@taskvine/core/protocol";
import type { Assignment, AttemptKey, TransferOrder } from "../machine/tables/order.js";

/** Names an attempt. Another manager counts its tasks from 1 again, while those of the last one may still be dying. */
export function keyOf(
  named: { readonly task: number; readonly attempt: number },
  managers: number,
): AttemptKey {
  const key = `${named.task}-${named.attempt}`;
  return managers === 0 ? key : `${key}-m${managers}`;
}

/** What the machine must know of an attempt. */
export function assignmentOf(assign: Assign, key: AttemptKey): Assignment {
  return { key, inputs: namesOf(assign.inputs), allocation: assign.allocation };
}

/** An instance of a library as the task that it is. */
export function assignOf(deploy: Deploy): Assign {
  const { task, attempt, command, inputs, env, allocation } = deploy;
  return { type: "assign", task, attempt, command, inputs, env, allocation, outputs: [] };
}

/** What the machine must know of an instance. */
export function deploymentOf(deploy: Deploy, key: AttemptKey): Assignment {
  const { task, library, slots, startWithinMs } = deploy;
  return { ...assignmentOf(assignOf(deploy), key), library: { task, key, library, slots, startWithinMs } };
}

/** What the machine must know of a fetch or make. */
export function orderOf(message: Fetch | Make): TransferOrder {
  const { transfer, cacheName, lifetime } = message;
  const common = { transfer, cacheName, lifetime };
  if (message.type === "make")
    return { ...common, job: "make", kind: "file", inputs: ingredientsOf(message) };
  const { kind, digest, size = inlineSize(message) } = message;
  return {
    ...common,
    job: "fetch",
    kind,
    inputs: [],
    ...(size === undefined ? {} : { size }),
    ...(digest === undefined ? {} : { digest }),
  };
}

function inlineSize(message: Fetch): number | undefined {
  return message.source.type === "inline" ? message.source.bytes.length : undefined;
}

function ingredientsOf({ recipe }: Make): readonly CacheName[] {
  return recipe.type === "unpack" ? [recipe.archive] : namesOf(recipe.inputs);
}

/** Each name once: a file may be mounted under several. */
function namesOf(inputs: readonly AssignInput[]): readonly CacheName[] {
  return inputs.length < 2
    ? inputs.map((input) => input.cacheName)
    : [...new Set(inputs.map((input) => toCacheName(input.cacheName)))];
}
