import type { BenchRow, RunBench } from "../row.js";
import { type Pair, rowOf, seconds } from "../support/rounds.js";
import type { Answer, Request } from "./contest/contender.js";
import { Contest } from "./contest/contest.js";

const RUNS = 200;
const QUICK = 4;
/** For all tasks together: where they take longer there are fewer of them. */
const MOST_S = 60;
const FULL = { function: "mean_by_numpy", imports: ["numpy", "pandas"] } as const;
/** Needs nothing but Python. */
const SMALL = { function: "mean_by_statistics", imports: ["statistics"] } as const;

/** What a library is for: a function that imports numpy and pandas, as tasks with an interpreter each and as calls. */
export const run: RunBench = async (options) => {
  const isQuick = options.quick === true;
  const who = isQuick ? "direct" : "imports";
  await using contest = await Contest.start([who], options);
  if (contest.names.length === 0) return [];
  const { function: name, imports } = isQuick ? SMALL : FULL;
  const fresh = (runs: number): Request => ({ do: "effect", function: name, count: runs, fresh: true });
  const count = await contest.countFor(who, isQuick ? QUICK : RUNS, fresh, { least: QUICK, withinS: MOST_S });
  const tasks = await contest.ask(who, fresh(count));
  let install: Answer | undefined;
  const started = await seconds(async () => {
    install = await contest.ask(who, { do: "install", function: name, imports });
  });
  options.say(
    `${count} tasks in ${tasks.seconds.toFixed(1)} s; the library is there after ${started.toFixed(1)} s`,
  );
  const calls = await contest.ask(who, { do: "effect", function: name, count, fresh: false });
  const total = calls.seconds + (install?.seconds ?? 0);
  const cpu = (answer: Answer): number =>
    [...answer.cpu.values()].reduce((sum, us) => sum + us, 0) / 1000 / count;
  const peerName = `as a PythonTask, ${count} runs (less is better)`;
  const row = (label: string, unit: string, pair: Pair): BenchRow =>
    rowOf({ name: label, unit, peerName }, [pair]);
  return [
    row("a call", "ms", { ours: (1000 * calls.seconds) / count, peer: (1000 * tasks.seconds) / count }),
    row("a call, the library's start included", "ms", {
      ours: (1000 * total) / count,
      peer: (1000 * tasks.seconds) / count,
    }),
    row("processor time of all processes", "ms/call", { ours: cpu(calls), peer: cpu(tasks) }),
  ];
};
