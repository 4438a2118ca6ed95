/** What a worker may be used for. */
export type WorkerState =
  | { readonly name: "ready" }
  /** It failed to take a file: nothing new until then. */
  | { readonly name: "cooling"; readonly untilMs: number }
  /** Nothing new, until it is empty. */
  | { readonly name: "draining" }
  /** Told to go; its connection still stands. */
  | { readonly name: "released" }
  | { readonly name: "gone" };

export type WorkerStateName = WorkerState["name"];

/** Every legal move, and what causes it. docs/STATES.md is drawn from this table. */
export const WORKER_MOVES = {
  ready: {
    cooling: "it could not take or make a file",
    draining: "it asked to leave, or the operator wants it gone",
    gone: "its connection ended",
  },
  cooling: {
    ready: "its time to cool off is over",
    cooling: "it failed again",
    draining: "it asked to leave, or the operator wants it gone",
    gone: "its connection ended",
  },
  draining: { released: "it is empty and holds nothing that only it has", gone: "its connection ended" },
  released: { gone: "its connection ended" },
  gone: {},
} as const satisfies Record<WorkerStateName, Partial<Record<WorkerStateName, string>>>;

/** The next state, or an error that tells which move was tried: only a mistake of ours can cause it. */
export function nextWorkerState(from: WorkerState, to: WorkerState): WorkerState {
  if (to.name in WORKER_MOVES[from.name]) return to;
  throw new Error(`a worker cannot go from ${from.name} to ${to.name}`);
}
