/** What is known about a file's name in the cluster. */
export type FileStateName = "unnamed" | "naming" | "named" | "unusable";

/** Every legal move, and what causes it. docs/STATES.md is drawn from this table. */
export const FILE_MOVES = {
  unnamed: {
    naming: "the first task needs it: its digest or validators are asked for",
    named: "its content or recipe is known",
    unusable: "it can never be had",
  },
  naming: { named: "its digest or validators came", unusable: "it is missing or unreadable" },
  named: { unusable: "no source has it and it cannot be made again", named: "its recipe was run again" },
  unusable: {},
} as const satisfies Record<FileStateName, Partial<Record<FileStateName, string>>>;

/** The next state, or an error that tells which move was tried: only a mistake of ours can cause it. */
export function nextFileState(from: FileStateName, to: FileStateName): FileStateName {
  if (to in FILE_MOVES[from]) return to;
  throw new Error(`a file cannot go from ${from} to ${to}`);
}
