import { VineError } from "../model/errors.js";
import { LIMITS } from "../model/limits.js";
import { policyNamed } from "../scheduling/policy.js";
import type { PlacementPolicy } from "../scheduling/rank/contract.js";

/** How the coordinator decides. Every field has a default. */
export interface CoordinatorOptions {
  /** Copies that one source (a worker, the manager, a URL's host) gives at a time. */
  readonly transfersPerSource: number;
  /** Copies that one worker takes at a time. */
  readonly transfersPerDestination: number;
  /** Files that the manager takes home at a time. */
  readonly retrievals: number;
  /** Cores' worth of tasks that are sent ahead of room, per core of a worker. 0: none. */
  readonly prefetch: number;
  /** Placement of tasks that name no policy: the name of a registered one, or an object. */
  readonly policy: string | PlacementPolicy;
  /** Copies of a temp that are kept on different workers. */
  readonly tempReplicas: number;
  /** How long a source or worker that failed is left alone, milliseconds. */
  readonly coolOffMs: number;
  /** How long tasks wait that no worker which has joined could ever run, milliseconds. Default: for ever. */
  readonly unschedulableMs: number;
  /** How often one task may run again to restore what it made. */
  readonly recoveryLimit: number;
  /** Of the random policy. */
  readonly seed: number;
  /** Makes the names of this run's temps its own. */
  readonly runNonce: string;
}

const DEFAULTS: CoordinatorOptions = {
  transfersPerSource: LIMITS.transfersPerSource,
  transfersPerDestination: LIMITS.transfersPerDestination,
  retrievals: 32,
  prefetch: 1,
  policy: "most-cached",
  tempReplicas: 1,
  coolOffMs: 15_000,
  unschedulableMs: Number.POSITIVE_INFINITY,
  recoveryLimit: 10,
  seed: 1,
  runNonce: "run",
};

const LEAST: Partial<Record<keyof CoordinatorOptions, number>> = {
  transfersPerSource: 1,
  transfersPerDestination: 1,
  retrievals: 1,
  prefetch: 0,
  tempReplicas: 1,
  coolOffMs: 0,
  unschedulableMs: 0,
  recoveryLimit: 0,
};

export interface ResolvedOptions extends CoordinatorOptions {
  readonly policy: PlacementPolicy;
}

/** Fills in the defaults. Throws BAD_ARGUMENT for a value that makes no sense. */
export function resolveOptions(options: Partial<CoordinatorOptions>): ResolvedOptions {
  const resolved = { ...DEFAULTS, ...options };
  for (const [name, least] of Object.entries(LEAST)) {
    const value = resolved[name as keyof CoordinatorOptions];
    if (typeof value !== "number" || !(value >= least)) {
      throw new VineError(
        "BAD_ARGUMENT",
        `${name} must be a number of at least ${least}, not ${JSON.stringify(value)}`,
      );
    }
  }
  const policy = typeof resolved.policy === "string" ? policyNamed(resolved.policy) : resolved.policy;
  return { ...resolved, policy };
}
