/** Where an instance of a library is. */
export type InstanceStateName = "wanted" | "deploying" | "starting" | "ready" | "retiring" | "gone";

/** Every legal move, and what causes it. docs/STATES.md is drawn from this table. */
export const INSTANCE_MOVES = {
  wanted: {
    deploying: "a worker was chosen",
    gone: "no call waits for it any more, or one of its inputs cannot be had",
  },
  deploying: {
    starting: "its process began",
    gone: "the worker gave it back or was lost, or its library was removed",
  },
  starting: {
    ready: "it has loaded what it needs and takes calls",
    gone: "its process ended first, its worker was lost, or its library was removed",
  },
  ready: {
    retiring:
      "its worker leaves, its library was removed, or its room is needed: while it is idle, or for what goes before all its calls",
    gone: "its process ended or its worker was lost",
  },
  retiring: { gone: "its last call has ended, or its worker was lost" },
  gone: {},
} as const satisfies Record<InstanceStateName, Partial<Record<InstanceStateName, string>>>;

/** The next state, or an error that tells which move was tried: only a mistake of ours can cause it. */
export function nextInstanceState(from: InstanceStateName, to: InstanceStateName): InstanceStateName {
  if (to in INSTANCE_MOVES[from]) return to;
  throw new Error(`an instance of a library cannot go from ${from} to ${to}`);
}
