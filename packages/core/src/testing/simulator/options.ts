import { LIMITS } from "../../model/limits.js";
import { type FaultPlan, NO_FAULTS } from "../faults/plan.js";
import type { CoordinatorUnderTest } from "../manager/coordinator.js";
import { NO_WHIMS, type Whims } from "../workload/application.js";
import type { Workload } from "../workload/workload.js";
import type { WorkerPlan } from "../world/worker.js";
import { realCoordinator } from "./real-coordinator.js";

export interface SimulatorOptions {
  /** Everything that is drawn is drawn from it: the same seed, the same run. */
  readonly seed: number;
  readonly workload: Workload;
  readonly workers: readonly WorkerPlan[];
  /** Another coordinator than the real one, and what must always hold of it. */
  readonly coordinator?: () => { readonly coordinator: CoordinatorUnderTest; readonly check?: () => void };
  /** When the real coordinator's own invariants are checked. Default: after each step. */
  readonly check?: "each-step" | "at-end";
  /**
   * Everything that came in since the last turn is one step of the coordinator, as with a real manager. False: each event
   * is a step of its own, which lets the audit be stricter. Default true.
   */
  readonly batches?: boolean;
  /** Makes the names of this run's temps its own. Default "simulated". */
  readonly runNonce?: string;
  /** What goes wrong. Default: nothing. */
  readonly faults?: Partial<FaultPlan>;
  /** What the application does beside waiting. Default: nothing. */
  readonly whims?: Partial<Whims>;
  /** When the run begins, milliseconds since the epoch. */
  readonly startMs?: number;
  /** Silence after which a connection counts as lost. Default 3 s. */
  readonly silenceMs?: number;
  /** Mean delay of a message. Default 1 ms. */
  readonly delayMs?: number;
  /** Bytes per millisecond of the manager, and of each web server. Default 100,000. */
  readonly managerRate?: number;
  /** Time within which everything must come to an end once nothing goes wrong any more. Default 30 virtual minutes. */
  readonly patienceMs?: number;
  /** Look at the coordinator from outside, at each step. Default true; costs about as much as the step. */
  readonly audit?: boolean;
  readonly transfersPerSource?: number;
  readonly transfersPerDestination?: number;
  readonly prefetchPerCore?: number;
}

export type ResolvedOptions = Required<Omit<SimulatorOptions, "faults" | "whims" | "coordinator">> & {
  readonly coordinator: NonNullable<SimulatorOptions["coordinator"]>;
  readonly faults: FaultPlan;
  readonly whims: Whims;
};

const DEFAULTS = {
  startMs: 1_700_000_000_000,
  silenceMs: 3_000,
  delayMs: 1,
  managerRate: 100_000,
  patienceMs: 30 * 60_000,
  audit: true,
  check: "each-step",
  batches: true,
  runNonce: "simulated",
  transfersPerSource: LIMITS.transfersPerSource,
  transfersPerDestination: LIMITS.transfersPerDestination,
  prefetchPerCore: 1,
} as const;

export function resolveOptions(options: SimulatorOptions): ResolvedOptions {
  const { transfersPerSource, transfersPerDestination, prefetchPerCore, runNonce } = {
    ...DEFAULTS,
    ...options,
  };
  const limits = { transfersPerSource, transfersPerDestination, prefetch: prefetchPerCore };
  return {
    coordinator: () => realCoordinator({ ...limits, runNonce, seed: options.seed, recoveryLimit: 1_000 }),
    ...DEFAULTS,
    ...options,
    faults: { ...NO_FAULTS, ...options.faults },
    whims: { ...NO_WHIMS, ...options.whims },
  };
}
