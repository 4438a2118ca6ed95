import { bestBy, type PlacementPolicy } from "./contract.js";

/** The fullest worker that has room: keeps others free for large tasks. */
export const bestFit: PlacementPolicy = {
  name: "best-fit",
  draw: "fullest",
  sample: 8,
  choose: (_task, candidates) => ({
    choice: bestBy(candidates, (candidate) => -candidate.freeCores),
    because: "it is the fullest that has room",
  }),
};
