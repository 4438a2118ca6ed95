import type { PlacementPolicy } from "./contract.js";

/** Any worker that has room, by the seeded sequence. */
export const randomPolicy: PlacementPolicy = {
  name: "random",
  draw: "emptiest",
  sample: 16,
  choose: (_task, candidates, random) => ({
    choice: Math.min(candidates.length - 1, Math.floor(random() * candidates.length)),
    because: "it was drawn",
  }),
};
