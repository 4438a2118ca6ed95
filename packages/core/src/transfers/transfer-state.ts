/** Where a wanted copy is. */
export type TransferStateName = "queued" | "flying" | "arrived" | "dropped";

/** Every legal move, and what causes it. docs/STATES.md is drawn from this table. */
export const TRANSFER_MOVES = {
  queued: {
    flying: "a source and its destination have room",
    dropped: "nobody needs it any more, or the destination is gone",
  },
  flying: {
    arrived: "it is there and verified",
    queued: "it failed and is tried again",
    dropped: "it failed for good, or the destination is gone",
  },
  arrived: {},
  dropped: {},
} as const satisfies Record<TransferStateName, Partial<Record<TransferStateName, string>>>;

/** The next state, or an error that tells which move was tried: only a mistake of ours can cause it. */
export function nextTransferState(from: TransferStateName, to: TransferStateName): TransferStateName {
  if (to in TRANSFER_MOVES[from]) return to;
  throw new Error(`a transfer cannot go from ${from} to ${to}`);
}
