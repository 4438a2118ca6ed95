import { bestBy, type PlacementPolicy } from "./contract.js";

/** The worker that already holds most bytes of the inputs; the emptiest where none holds any. */
export const mostCached: PlacementPolicy = {
  name: "most-cached",
  draw: "emptiest",
  sample: 1,
  choose(_task, candidates) {
    if (candidates.length === 1) return { choice: 0, because: "it has room" };
    const choice = bestBy(candidates, (candidate) => candidate.cachedBytes);
    const cached = candidates[choice]?.cachedBytes ?? 0;
    if (cached > 0) return { choice, because: "it holds most bytes of the inputs" };
    return { choice: bestBy(candidates, (candidate) => candidate.freeCores), because: "it has most room" };
  },
};
