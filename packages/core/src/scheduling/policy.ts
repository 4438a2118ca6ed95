import { VineError } from "../model/errors.js";
import { bestFit } from "./rank/best-fit.js";
import type { PlacementPolicy } from "./rank/contract.js";
import { fastest } from "./rank/fastest.js";
import { firstCome } from "./rank/first-come.js";
import { mostCached } from "./rank/most-cached.js";
import { mostDisk } from "./rank/most-disk.js";
import { randomPolicy } from "./rank/random.js";
import { worstFit } from "./rank/worst-fit.js";

const policies = new Map<string, PlacementPolicy>();

/** Makes a policy known by its name, for all coordinators of this process. */
export function registerPolicy(policy: PlacementPolicy): void {
  policies.set(policy.name, policy);
}

for (const policy of [mostCached, bestFit, worstFit, mostDisk, fastest, firstCome, randomPolicy])
  registerPolicy(policy);

/** Undefined: there is none of that name. */
export function findPolicy(name: string): PlacementPolicy | undefined {
  return policies.get(name);
}

export function policyNames(): string[] {
  return [...policies.keys()];
}

/** Throws BAD_ARGUMENT for a name that nobody registered. */
export function policyNamed(name: string): PlacementPolicy {
  const policy = policies.get(name);
  if (policy !== undefined) return policy;
  throw new VineError(
    "BAD_ARGUMENT",
    `no placement policy is called "${name}"; there are ${policyNames().join(", ")}`,
  );
}
