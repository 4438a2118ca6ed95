import { findPolicy } from "../../scheduling/policy.js";
import type { InputMount, OutputMount, TaskSpec } from "../../tasks/task.js";
import type { LibraryRecord, TaskRecord, Verdict } from "../records.js";
import { failure } from "./finish.js";

/** Functions named in a message. */
const NAMED = 20;

/** What is wrong with a task by itself. Undefined: nothing. */
export function faultOf(task: TaskRecord): Verdict | undefined {
  const { spec } = task;
  const name = duplicateName(spec);
  if (name !== undefined)
    return failure("input-missing", `two of its files are called "${name}" in its sandbox`, "DUPLICATE_NAME");
  const problem = badNumber(spec);
  if (problem !== undefined) return failure("unknown", problem, "BAD_ARGUMENT");
  if (spec.policy !== undefined && findPolicy(spec.policy) === undefined) {
    return failure("unknown", `no placement policy is called "${spec.policy}"`, "BAD_ARGUMENT");
  }
  return callFault(task);
}

/** What is wrong with a function call besides. */
function callFault({ spec, library }: TaskRecord): Verdict | undefined {
  const { call } = spec;
  if (call === undefined) return undefined;
  if (library === undefined)
    return failure("missing-library", `library ${call.library} is not declared`, "UNKNOWN_LIBRARY");
  if (library.removed)
    return failure("missing-library", `library ${library.spec.name} has been removed`, "UNKNOWN_LIBRARY");
  return unknownFunction(library, spec);
}

/** The library is known to offer no function of that name. */
export function unknownFunction(library: LibraryRecord, { call, inputs }: TaskSpec): Verdict | undefined {
  const { functions } = library;
  if (call === undefined || functions === undefined || functions.has(call.function)) return undefined;
  if (inputs.some(({ use }) => use === "function")) return undefined;
  const offered = [...functions].slice(0, NAMED).join(", ");
  const rest = functions.size > NAMED ? ` and ${functions.size - NAMED} others` : "";
  const what = functions.size === 0 ? "it offers none" : `it offers ${offered}${rest}`;
  return failure(
    "missing-library",
    `library ${library.spec.name} has no function "${call.function}": ${what}`,
    "UNKNOWN_FUNCTION",
  );
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
