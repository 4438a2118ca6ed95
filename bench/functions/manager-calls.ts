import { FunctionCall, Library, type LibraryHandle, type Manager } from "@taskvine/core";
import type { RunBench } from "../row.js";
import { BenchCluster } from "../support/cluster.js";
import { startLightLibrary } from "../support/light-library.js";
import { load, type Pair, rowOf, seconds } from "../support/rounds.js";

const ROUNDS = 9;
const CALLS = 40_000;
const CHAIN = 2_000;
const ALONE = 300;
const SLOTS = 4;
/** What the manager's process may use for a call, its program's own part included, microseconds of processor time. */
const CPU_AIM = 10;
const RATE_AIM = 100_000;
const CHAIN_AIM = 3_000;
const ALONE_AIM_MS = 0.5;

interface Round {
  readonly cpuUs: number;
  readonly rate: number;
  readonly chain: number;
  readonly aloneMs: number;
}

/** What calls cost a manager and the program in it: the worker is a process that only pretends, over a real link with keys. */
export const run: RunBench = async ({ say, quick = false }) => {
  await using cluster = await BenchCluster.start({ workers: 0 });
  await using _worker = await startLightLibrary(cluster.manager.connectionFile, SLOTS);
  const library = cluster.manager.declareLibrary(new Library("noop", "true").slots(SLOTS));
  const size = quick ? 100 : 1;
  for (let at = 0; at < 3; at += 1) await manyCalls(cluster.manager, library, CALLS / size);
  const rounds: Round[] = [];
  for (let at = 0; at < (quick ? 1 : ROUNDS); at += 1) {
    const round = await takeRound(cluster.manager, library, size);
    say(`round ${at + 1}: ${Math.round(round.rate)} calls/s, ${round.cpuUs.toFixed(1)} µs/call; ${load()}`);
    rounds.push(round);
  }
  const against = (pick: (round: Round) => number, peer: number): Pair[] =>
    rounds.map((round) => ({ ours: pick(round), peer }));
  const less = "the aim (less is better)";
  return [
    rowOf(
      { name: `${CALLS} calls at once`, unit: "calls/s", peerName: "the aim" },
      against(({ rate }) => rate, RATE_AIM),
    ),
    rowOf(
      { name: "– processor time of manager and program", unit: "µs/call", peerName: less },
      against(({ cpuUs }) => cpuUs, CPU_AIM),
    ),
    rowOf(
      { name: "one chain known to the manager", unit: "steps/s", peerName: "the aim" },
      against(({ chain }) => chain, CHAIN_AIM),
    ),
    rowOf(
      { name: "one call at a time", unit: "ms", peerName: less },
      against(({ aloneMs }) => aloneMs, ALONE_AIM_MS),
    ),
  ];
};

async function takeRound(manager: Manager, library: LibraryHandle, size: number): Promise<Round> {
  const count = CALLS / size;
  const before = process.cpuUsage();
  const rate = count / (await seconds(() => manyCalls(manager, library, count)));
  const { user, system } = process.cpuUsage(before);
  const steps = CHAIN / size;
  const chain = steps / (await seconds(() => oneChain(manager, library, steps)));
  const times = Math.ceil(ALONE / size);
  const aloneMs = (1000 * (await seconds(() => oneByOne(manager, library, times)))) / times;
  return { cpuUs: (user + system) / count, rate, chain, aloneMs };
}

async function manyCalls(manager: Manager, library: LibraryHandle, count: number): Promise<void> {
  const handles = manager.submitAll(
    Array.from({ length: count }, (_, at) => new FunctionCall(library, "f", [at])),
  );
  for (const { done } of handles) (await done).check();
}

/** Each call reads what the one before it returned. All are known from the start. */
async function oneChain(manager: Manager, library: LibraryHandle, steps: number): Promise<void> {
  const calls: FunctionCall[] = [];
  for (let at = 0; at < steps; at += 1) calls.push(new FunctionCall(library, "f", [calls.at(-1) ?? 0]));
  const last = manager.submitAll(calls).at(-1);
  (await last?.done)?.check();
  for (const call of calls.slice(0, -1)) manager.undeclare(call.value);
}

async function oneByOne(manager: Manager, library: LibraryHandle, times: number): Promise<void> {
  for (let at = 0; at < times; at += 1) await manager.call(library, "f", at);
}
