import type { BenchOptions, BenchRow, RunBench } from "../row.js";
import { type Answers, Contest } from "./contest/contest.js";
import { besideAim, besideOthers, cpuPerCall, perSecond } from "./contest/rows.js";

const CALLS = 20_000;
const MANY = 200_000;
const MANY_WITHIN_S = 30;
const QUICK = 100;
const DIRECT_AIM = 50_000;
const FORK_AIM = 1_000;
/** Of contest.py: eight calls of 0.3 s before 400 of 2 ms, in four processes. */
const IDEAL_MIXED_S = (8 * 0.3 + 400 * 0.002) / 4;
const ROLES = ["client", "manager", "worker", "launcher", "host"] as const;

/** No-op calls of Python functions in four processes, beside others who do that. */
export const run: RunBench = async (options) => {
  await using contest = await Contest.start(["direct", "fork", "forks", "pool", "dask", "parsl"], options);
  if (contest.names.length === 0) return [];
  const count = options.quick === true ? QUICK : CALLS;
  const all = await contest.askAll(count, (calls) => ({ do: "calls", count: calls }));
  const direct = all.get("direct");
  const calls = { name: "no-op calls, direct", unit: "calls/s" };
  const forked = { name: "no-op calls, fork", unit: "calls/s" };
  const cpu = { name: "processor time of all, direct", unit: "µs/call", lessIsBetter: true };
  return [
    ...besideAim(direct, calls, { measure: perSecond, aim: DIRECT_AIM }),
    ...besideOthers(all, calls, { ours: "direct", measure: perSecond, others: ["pool", "dask", "parsl"] }),
    ...(await manyCalls(contest, direct, options)),
    ...besideOthers(all, cpu, { ours: "direct", measure: cpuPerCall(), others: ["pool", "dask", "parsl"] }),
    ...ROLES.flatMap((role) => {
      const part = { name: `– of which ${role}`, unit: "µs/call", lessIsBetter: true };
      return besideAim(direct, part, { measure: cpuPerCall(role), aim: BUDGET_US[role] });
    }),
    ...besideAim(all.get("fork"), forked, { measure: perSecond, aim: FORK_AIM }),
    ...besideOthers(all, forked, { ours: "fork", measure: perSecond, others: ["forks"] }),
    ...(await mixed(contest)),
  ];
};

/** What a prototype of this path used, with room for what it left out. */
const BUDGET_US = { client: 5, manager: 6, worker: 6, launcher: 0.1, host: 3 } as const;

/** As many as half a minute allows, at the rate that was just seen. */
async function manyCalls(
  contest: Contest,
  seen: Answers | undefined,
  { quick, say }: BenchOptions,
): Promise<BenchRow[]> {
  if (quick === true || seen === undefined) return [];
  const rate = Math.min(...seen.rounds.map((answer) => perSecond(answer, seen.count)));
  const count = Math.min(MANY, Math.round(rate * MANY_WITHIN_S));
  const answer = await contest.ask("direct", { do: "calls", count });
  say(`${count} calls: ${Math.round(count / answer.seconds)}/s`);
  const name = `${count.toLocaleString("en-US")} no-op calls at once, direct`;
  const answers = { name, rounds: [answer], count };
  return besideAim(answers, { name, unit: "calls/s" }, { measure: perSecond, aim: DIRECT_AIM });
}

/** Long calls before short ones: none of the short ones waits behind a long one while a process is free. */
async function mixed(contest: Contest): Promise<BenchRow[]> {
  const answer = await contest.ask("direct", { do: "mixed" });
  return [
    {
      name: "8 calls of 300 ms, then 400 of 2 ms",
      unit: "s",
      ours: answer.seconds,
      peer: IDEAL_MIXED_S,
      peerName: "the ideal (less is better)",
      ratio: answer.seconds / IDEAL_MIXED_S,
    },
  ];
}
