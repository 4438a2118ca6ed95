import type { TaskId, WorkerId } from "../../model/ids.js";

/** A worker that could take the task now. */
export interface Candidate {
  readonly worker: WorkerId;
  /** Bytes of the task's inputs that it holds. */
  readonly cachedBytes: number;
  readonly freeCores: number;
  readonly totalCores: number;
  /** Bytes. */
  readonly freeMemory: number;
  /** Bytes that neither tasks nor kept files take. */
  readonly freeDisk: number;
  /** What tasks and calls that ended well there took on average, from being sent there on; undefined: none has. */
  readonly meanMs: number | undefined;
}

/** The task to be placed, as a policy sees it. */
export interface Placeable {
  readonly task: TaskId;
  readonly category: string;
  readonly priority: number;
}

/** What a policy chose, by position in the list of candidates, and why: the reason goes to log and `explain`. */
export interface Ranking {
  readonly choice: number;
  readonly because: string;
}

/**
 * Chooses a worker. A plug-in: pure and quick, since it is asked for every task. The candidates (never none) are all
 * able to take the task: some of those that hold its inputs, and some from the end of the capacity index that `draw` says.
 */
export interface PlacementPolicy {
  readonly name: string;
  readonly draw: "emptiest" | "fullest";
  /** How many to draw from the capacity index. 1 where the first will do. */
  readonly sample: number;
  /** `random` gives the next number in [0, 1) of the coordinator's seeded sequence. */
  choose(task: Placeable, candidates: readonly Candidate[], random: () => number): Ranking;
}

/** Position of the best candidate; of equals the one with the smallest id. */
export function bestBy(candidates: readonly Candidate[], score: (candidate: Candidate) => number): number {
  let best = 0;
  let most = Number.NEGATIVE_INFINITY;
  candidates.forEach((candidate, position) => {
    const value = score(candidate);
    const leader = candidates[best] as Candidate;
    if (value > most || (value === most && candidate.worker < leader.worker)) {
      best = position;
      most = value;
    }
  });
  return best;
}
