import { bestBy, type PlacementPolicy } from "./contract.js";

/** The worker that has most disk left when the inputs are there, too. */
export const mostDisk: PlacementPolicy = {
  name: "most-disk",
  draw: "emptiest",
  sample: 32,
  choose: (_task, candidates) => ({
    choice: bestBy(candidates, ({ freeDisk, cachedBytes }) => freeDisk + cachedBytes),
    because: "it has most disk left",
  }),
};
