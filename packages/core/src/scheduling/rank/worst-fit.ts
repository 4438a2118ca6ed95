import { bestBy, type PlacementPolicy } from "./contract.js";

/** The emptiest worker: spreads the load. */
export const worstFit: PlacementPolicy = {
  name: "worst-fit",
  draw: "emptiest",
  sample: 8,
  choose: (_task, candidates) => ({
    choice: bestBy(candidates, (candidate) => candidate.freeCores),
    because: "it has most room",
  }),
};
