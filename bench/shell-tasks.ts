import { Task } from "@taskvine/core";
import type { BenchOptions, BenchRow, RunBench } from "./row.js";
import { BenchCluster } from "./support/cluster.js";
import { startLightWorkers } from "./support/light-workers.js";
import { runPeer } from "./support/peer.js";
import { load, type Pair, rowOf, seconds } from "./support/rounds.js";
import { runShellLoop } from "./support/shell-loop.js";

const WORKERS = 4;
/** The first tasks of new processes, while V8 still compiles what they need. */
const FIRST = 3_000;
const ROUNDS = 7;
/** Of every kind in every round. */
const COUNT = 1_000;
const CHAIN = 50;
/** Workers that start nothing, and tasks for them in each round. */
const PRETENDERS = 50;
const PRETENDED = 10_000;
const BARE_SPAWNS = "a bare loop of spawns in Node, 4 at a time";
/** What the manager may use for a task, microseconds of processor time. */
const CPU_AIM = 100;

interface Round {
  readonly ours: number;
  readonly node: number;
  readonly shell: number;
  readonly managerUs: number;
  readonly chainedMs: number;
  readonly spawnedMs: number;
}

/** Real no-op shell tasks on four local workers of one core, against what this machine can spawn at most. */
export const run: RunBench = async ({ say }) => {
  await using cluster = await BenchCluster.start({ workers: WORKERS });
  await runTasks(cluster, WORKERS);
  const first: Pair = {
    ours: FIRST / (await seconds(() => runTasks(cluster, FIRST))),
    peer: FIRST / (await runPeer("spawn-loop", FIRST, WORKERS)),
  };
  const rounds: Round[] = [];
  for (let at = 0; at < ROUNDS; at += 1) {
    const round = await takeRound(cluster);
    say(
      `round ${at + 1}: ${Math.round(round.ours)} tasks/s, ${Math.round(round.node)} spawns/s; manager ` +
        `${Math.round(round.managerUs)} µs/task; chained ${round.chainedMs.toFixed(1)} ms; ${load()}`,
    );
    rounds.push(round);
  }
  return [
    rowOf({ name: `the first ${FIRST} no-op tasks`, unit: "tasks/s", peerName: BARE_SPAWNS }, [first]),
    ...rowsOf(rounds),
    await managerAlone(say),
  ];
};

/** What tasks cost a manager that has been at it for a while, with workers that start nothing. */
async function managerAlone(say: BenchOptions["say"]): Promise<BenchRow> {
  await using cluster = await BenchCluster.start({ workers: 0 });
  await using _workers = await startLightWorkers(cluster.manager.connectionFile, PRETENDERS);
  await runTasks(cluster, PRETENDED);
  const pairs: Pair[] = [];
  for (let at = 0; at < ROUNDS; at += 1) {
    const before = process.cpuUsage();
    await runTasks(cluster, PRETENDED);
    const { user, system } = process.cpuUsage(before);
    pairs.push({ ours: (user + system) / PRETENDED, peer: CPU_AIM });
  }
  say(`${PRETENDERS} workers that pretend; ${load()}`);
  const name = `the same after ${PRETENDED} tasks on ${PRETENDERS} workers that pretend`;
  return rowOf({ name, unit: "µs/task", peerName: "the aim (less is better)" }, pairs);
}

async function takeRound(cluster: BenchCluster): Promise<Round> {
  const before = process.cpuUsage();
  const ours = COUNT / (await seconds(() => runTasks(cluster, COUNT)));
  const { user, system } = process.cpuUsage(before);
  return {
    ours,
    managerUs: (user + system) / COUNT,
    node: COUNT / (await runPeer("spawn-loop", COUNT, WORKERS)),
    shell: COUNT / (await runShellLoop(COUNT)),
    chainedMs: (1000 * (await seconds(() => runChain(cluster.manager, CHAIN)))) / CHAIN,
    spawnedMs: (1000 * (await runPeer("spawn-loop", CHAIN, 1))) / CHAIN,
  };
}

function rowsOf(rounds: readonly Round[]): BenchRow[] {
  const pairs = (pair: (round: Round) => Pair): Pair[] => rounds.map(pair);
  return [
    rowOf(
      { name: "no-op tasks after those", unit: "tasks/s", peerName: BARE_SPAWNS },
      pairs(({ ours, node }) => ({ ours, peer: node })),
    ),
    rowOf(
      { name: "no-op tasks after those", unit: "tasks/s", peerName: "a loop of `sh -c true` in sh" },
      pairs(({ ours, shell }) => ({ ours, peer: shell })),
    ),
    rowOf(
      { name: "manager's processor time", unit: "µs/task", peerName: "the aim (less is better)" },
      pairs(({ managerUs }) => ({ ours: managerUs, peer: CPU_AIM })),
    ),
    rowOf(
      { name: "one task after another", unit: "ms", peerName: "spawns one after another (less is better)" },
      pairs(({ chainedMs, spawnedMs }) => ({ ours: chainedMs, peer: spawnedMs })),
    ),
  ];
}

async function runTasks({ manager }: BenchCluster, count: number): Promise<void> {
  const handles = manager.submitAll(Array.from({ length: count }, () => new Task("true").cores(1)));
  for (const { done } of handles) (await done).check();
}

/** Each is submitted when the one before it has ended. */
async function runChain(manager: BenchCluster["manager"], count: number): Promise<void> {
  for (let at = 0; at < count; at += 1) (await manager.submit(new Task("true").cores(1)).done).check();
}
