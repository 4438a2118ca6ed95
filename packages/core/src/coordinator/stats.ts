/** Copies that arrived, and their bytes. */
export interface Moved {
  copies: number;
  bytes: number;
}

/** Totals since the start. */
export interface CoordinatorStats {
  /** Copies to workers by where they came from. */
  readonly fromManager: Moved;
  readonly fromUrl: Moved;
  readonly fromPeers: Moved;
  /** Unpacked, or made by a mini-task. */
  readonly made: Moved;
  /** Files brought to the manager. */
  readonly retrieved: Moved;
  /** Inputs that were at the worker already when a task was sent there. */
  cacheHits: number;
  transferFailures: number;
  attempts: number;
  /** Attempts after one that failed for reasons outside of the task. */
  retries: number;
  /** Tasks that ran again to restore a file. */
  recoveries: number;
  /** Tasks that were taken back from a busy worker for an idle one. */
  takenBack: number;
  /** Tasks that did not have to run, their outputs being in the cluster. */
  reused: number;
  workersLost: number;
  /** News of unknown things or past attempts. */
  ignored: number;
}

export function noStats(): CoordinatorStats {
  const none = (): Moved => ({ copies: 0, bytes: 0 });
  return {
    fromManager: none(),
    fromUrl: none(),
    fromPeers: none(),
    made: none(),
    retrieved: none(),
    cacheHits: 0,
    transferFailures: 0,
    attempts: 0,
    retries: 0,
    recoveries: 0,
    takenBack: 0,
    reused: 0,
    workersLost: 0,
    ignored: 0,
  };
}
