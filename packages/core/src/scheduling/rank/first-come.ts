import { bestBy, type PlacementPolicy } from "./contract.js";

/** The worker that has been connected for longest (ids are given in order of joining). */
export const firstCome: PlacementPolicy = {
  name: "first-come",
  draw: "fullest",
  sample: 32,
  choose: (_task, candidates) => ({
    choice: bestBy(candidates, (candidate) => -Number(candidate.worker)),
    because: "it joined first of those that have room",
  }),
};
