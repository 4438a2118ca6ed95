import type { RunBench } from "../row.js";
import { type ContenderName, Contest } from "./contest/contest.js";
import { besideAim, besideOthers, percentile } from "./contest/rows.js";

const CALLS = 1_000;
const QUICK = 20;
const AIM_US = 500;
const MEDIAN = 0.5;
const OTHERS: readonly ContenderName[] = ["pool", "dask", "parsl"];

/** One call at a time: from the submit until its value is here. */
export const run: RunBench = async (options) => {
  await using contest = await Contest.start(["direct", "javascript", ...OTHERS], options);
  const count = options.quick === true ? QUICK : CALLS;
  const all = await contest.askAll(count, (calls) => ({ do: "latency", count: calls }));
  return (["direct", "javascript"] as const).flatMap((ours) => {
    const language = ours === "direct" ? "Python" : "JavaScript";
    const median = { name: `${language}, median`, unit: "µs", lessIsBetter: true };
    const slow = { name: `${language}, p99`, unit: "µs", lessIsBetter: true };
    return [
      ...besideAim(all.get(ours), median, { measure: percentile(MEDIAN), aim: AIM_US }),
      ...besideOthers(all, median, { ours, measure: percentile(MEDIAN), others: OTHERS }),
      ...besideOthers(all, slow, { ours, measure: percentile(0.99), others: OTHERS }),
    ];
  });
};
