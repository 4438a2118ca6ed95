import type { RunBench } from "../row.js";
import { type ContenderName, Contest } from "./contest/contest.js";
import { besideOthers, perSecond } from "./contest/rows.js";

const VALUES = 1_000;
const QUICK = 4;
const OTHERS: readonly ContenderName[] = ["pool", "dask", "parsl"];

/**
 * Calls that return a megabyte each, and calls that tell their lengths, which are summed here. With us and dask the megabytes
 * stay in the cluster; with the others they come to the client, and go back.
 */
export const run: RunBench = async (options) => {
  await using contest = await Contest.start(["direct", "javascript", ...OTHERS], options);
  const count = options.quick === true ? QUICK : VALUES;
  const all = await contest.askAll(count, (values) => ({ do: "values", count: values }));
  return (["direct", "javascript"] as const).flatMap((ours) => {
    const name = `${ours === "direct" ? "Python" : "JavaScript"}, values of 1 MB`;
    return besideOthers(all, { name, unit: "values/s" }, { ours, measure: perSecond, others: OTHERS });
  });
};
