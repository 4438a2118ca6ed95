import type { RunBench } from "../row.js";
import { Contest } from "./contest/contest.js";
import { besideAim, besideOthers, cpuPerCall, perSecond } from "./contest/rows.js";

const CALLS = 20_000;
const MANY = 200_000;
const QUICK = 100;
const AIM = 100_000;
/** The manager is in the client's process here. */
const BUDGET_US = { client: 8, worker: 6, host: 6 } as const;
const ROLES = ["client", "worker", "host"] as const;

/** No-op calls of JavaScript functions in four threads, beside a pool of threads and one of processes. */
export const run: RunBench = async (options) => {
  await using contest = await Contest.start(["javascript", "piscina", "pool"], options);
  const count = options.quick === true ? QUICK : CALLS;
  const all = await contest.askAll(count, (calls) => ({ do: "calls", count: calls }));
  const labels = { name: "no-op calls", unit: "calls/s" };
  const rows = [
    ...besideAim(all.get("javascript"), labels, { measure: perSecond, aim: AIM }),
    ...besideOthers(all, labels, { ours: "javascript", measure: perSecond, others: ["piscina", "pool"] }),
    ...ROLES.flatMap((role) => {
      const part = { name: `processor time, ${role}`, unit: "µs/call", lessIsBetter: true };
      return besideAim(all.get("javascript"), part, { measure: cpuPerCall(role), aim: BUDGET_US[role] });
    }),
  ];
  if (options.quick === true) return rows;
  const many = await contest.askAll(MANY, (calls) => ({ do: "calls", count: calls }), [
    "javascript",
    "piscina",
  ]);
  const name = `${MANY.toLocaleString("en-US")} no-op calls at once`;
  return [
    ...rows,
    ...besideAim(many.get("javascript"), { name, unit: "calls/s" }, { measure: perSecond, aim: AIM }),
    ...besideOthers(
      many,
      { name, unit: "calls/s" },
      { ours: "javascript", measure: perSecond, others: ["piscina"] },
    ),
  ];
};
