import type { WorkerId } from "../model/ids.js";
import type { ResourceRequest, Resources } from "../model/resources.js";
import { amountsFor, amountsForStaying } from "./allocate.js";

/** What all tasks of one shape have in common: where one fits, all fit. */
export interface Demand {
  readonly request: ResourceRequest;
  readonly features: readonly string[];
  /** Longest run, where the task names one. */
  readonly wallTimeMs: number;
  /** Names or hosts of workers, of which it has to be one. Undefined: any. */
  readonly places?: ReadonlySet<string> | undefined;
  /** Workers where it is known not to run. */
  readonly unfit?: ReadonlySet<WorkerId>;
  /** It keeps its room when others' work ends: an instance of a library. */
  readonly stays?: boolean;
}

/** A worker as the decision sees it. */
export interface Host {
  readonly id: WorkerId;
  readonly total: Resources;
  readonly free: Resources;
  readonly cachedBytes: number;
  /** Of these, what it does not give up by itself when room is needed. */
  readonly neededBytes: number;
  readonly features: ReadonlySet<string>;
  /** What it is called: its name, and that of its host. */
  readonly names: ReadonlySet<string>;
  /** Infinity: stays. */
  readonly endsAtMs: number;
  /** Cores of the tasks that wait there for room. */
  readonly queuedCores: number;
  /** Most cores that may wait there for room. */
  readonly queueLimit: number;
  /** What stays occupied when all tasks there have ended: instances of libraries. */
  readonly resident: Resources;
}

/** `now`: there is room. `next`: it may wait there for the next room. */
export type Slot = "now" | "next";

const EPSILON = 1e-9;
/** A task that needs next to no core still counts when it queues. */
export const LEAST_QUEUED_CORES = 1 / 16;

/** Why a worker could never take a task of this demand; undefined when it could, were it empty. */
export function obstacle(demand: Demand, host: Host, nowMs: number): string | undefined {
  const feature = demand.features.find((name) => !host.features.has(name));
  if (feature !== undefined) return `offers no "${feature}"`;
  if (!isAt(demand, host)) return `is none of ${[...(demand.places ?? [])].join(", ")}`;
  if (demand.unfit?.has(host.id) === true) return "cannot start it";
  if (nowMs + demand.wallTimeMs > host.endsAtMs) return "leaves too early";
  const need = amountsFor(demand.request, host.total, 0);
  for (const resource of ["cores", "memory", "disk", "gpus"] as const) {
    if (need[resource] > host.total[resource] + EPSILON) {
      return `has ${host.total[resource]} ${resource} of the ${need[resource]} asked for`;
    }
  }
  return undefined;
}

function isAt({ places }: Demand, { names }: Host): boolean {
  if (places === undefined) return true;
  for (const name of names) if (places.has(name)) return true;
  return false;
}

/**
 * Disk is shared out more than once, as what ends gives it back. What stays takes only what nobody else was given.
 */
function fits(need: Resources, host: Host, { request, stays = false }: Demand): boolean {
  const diskNamed = (request.disk ?? 0) > 0;
  const { free, total, resident } = host;
  return (
    need.cores <= free.cores + EPSILON &&
    need.memory <= free.memory + EPSILON &&
    need.gpus <= free.gpus &&
    need.disk <= (stays ? free.disk : total.disk - resident.disk) + EPSILON &&
    (!diskNamed || need.disk <= free.disk - host.neededBytes)
  );
}

/** Whether a task of this demand may be sent to the worker for this kind of slot. */
export function hasSlot(demand: Demand, host: Host, slot: Slot, nowMs: number): boolean {
  if (demand.features.length > 0 && !demand.features.every((name) => host.features.has(name))) return false;
  if (!isAt(demand, host) || demand.unfit?.has(host.id) === true) return false;
  if (nowMs + demand.wallTimeMs > host.endsAtMs) return false;
  const amounts = demand.stays === true ? amountsForStaying : amountsFor;
  const need = amounts(demand.request, host.total, host.cachedBytes);
  return slot === "next" ? demand.stays !== true && mayQueue(need, host) : fits(need, host, demand);
}

/**
 * Room must come by itself: not behind what stays. What stays does not queue either: started out of turn, it would keep
 * the room of those before it. Tasks with gpus never queue: which gpus they get is known only when some are free. */
function mayQueue(need: Resources, host: Host): boolean {
  const { total, resident } = host;
  return (
    need.gpus === 0 &&
    host.queuedCores + Math.max(need.cores, LEAST_QUEUED_CORES) <= host.queueLimit + EPSILON &&
    need.cores <= total.cores - resident.cores + EPSILON &&
    need.memory <= total.memory - resident.memory &&
    need.disk <= total.disk - resident.disk + EPSILON
  );
}
