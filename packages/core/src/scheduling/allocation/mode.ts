/** How amounts are found from what others like it were measured to use. */
export const ALLOCATION_MODES = [
  "max",
  "min-waste",
  "max-throughput",
  "greedy-bucketing",
  "exhaustive-bucketing",
  "auto",
] as const;

/**
 * `max`: the largest amount seen, and a little more.
 * `min-waste`: the ladder of amounts, the first and those of retries, whose expected sum is least (ladder.ts).
 * `max-throughput`: the first amount of which most works end in a given time, then the largest seen (two-step.ts).
 * `greedy-bucketing`, `exhaustive-bucketing`: one of several amounts, by chance, as often as it was the right one (buckets.ts).
 * `auto`: as `min-waste`, and what was seen lately counts more.
 */
export type AllocationMode = (typeof ALLOCATION_MODES)[number];
