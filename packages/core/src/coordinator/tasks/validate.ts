import { findPolicy } from "../../scheduling/policy.js";
import type { InputMount, OutputMount, TaskSpec } from "../../tasks/task.js";
import type { Verdict } from "../records.js";
import { failure } from "./finish.js";

/** What is wrong with a task by itself. Undefined: nothing. */
export function faultOf(spec: TaskSpec): Verdict | undefined {
  const name = duplicateName(spec);
  if (name !== undefined)
    return failure("input-missing", `two of its files are called "${name}" in its sandbox`, "DUPLICATE_NAME");
  const problem = badNumber(spec);
  if (problem !== undefined) return failure("unknown", problem, "BAD_ARGUMENT");
  if (spec.policy !== undefined && findPolicy(spec.policy) === undefined) {
    return failure("unknown", `no placement policy is called "${spec.policy}"`, "BAD_ARGUMENT");
  }
  return undefined;
}

function duplicateName(spec: TaskSpec): string | undefined {
  const { inputs, outputs } = spec;
  if (inputs.length + outputs.length < 2) return undefined;
  const seen = new Set<string>();
  const isSeen = (mount: InputMount | OutputMount): boolean => seen.size === seen.add(mount.name).size;
  return (inputs.find(isSeen) ?? outputs.find(isSeen))?.name;
}

function badNumber(spec: TaskSpec): string | undefined {
  for (const resource of ["cores", "memory", "disk", "gpus"] as const) {
    const amount = spec.resources[resource];
    if (amount === undefined) continue;
    const isWhole = resource !== "gpus" || Number.isInteger(amount);
    if (!Number.isFinite(amount) || amount < 0 || !isWhole) return `${amount} is no amount of ${resource}`;
  }
  if (!Number.isFinite(spec.priority)) return `${spec.priority} is no priority`;
  if (!(spec.retries >= 0)) return `${spec.retries} is no number of retries`;
  return undefined;
}
