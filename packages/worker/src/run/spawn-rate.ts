import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Runner } from "./contract.js";

export interface SpawnRates {
  /** No-op tasks of the runner, each in a sandbox of its own, outputs and measurement included. */
  readonly tasksPerSecond: number;
  /** The same command from a bare loop of spawns in this process, its output thrown away. */
  readonly spawnsPerSecond: number;
  /** Median over the rounds of the one over the other. */
  readonly ratio: number;
}

export interface SpawnRateOptions {
  /** In each round, of either kind. */
  readonly count: number;
  /** Under way at a time. */
  readonly parallel: number;
  /** Rounds of either kind, in turns: what else the machine does then meets both. */
  readonly rounds: number;
}

const COMMAND = "true";
const ALLOCATION = { cores: 1, memory: 1e9, disk: 1e9, gpus: 0, gpuIds: [] };

/** How fast a runner is, against what this machine can spawn from Node at most. Closes nothing. */
export async function measureSpawnRate(runner: Runner, options: SpawnRateOptions): Promise<SpawnRates> {
  const pairs: { readonly tasks: number; readonly spawns: number }[] = [];
  for (let round = 0; round < options.rounds; round += 1) {
    const tasks = await rateOf(options, (index) => runTask(runner, `rate-${round}-${index}`));
    pairs.push({ tasks, spawns: await rateOf(options, spawnOne) });
  }
  return {
    tasksPerSecond: median(pairs.map(({ tasks }) => tasks)),
    spawnsPerSecond: median(pairs.map(({ spawns }) => spawns)),
    ratio: median(pairs.map(({ tasks, spawns }) => tasks / spawns)),
  };
}

async function runTask(runner: Runner, key: string): Promise<void> {
  const run = runner.run({ key, command: COMMAND, env: {}, mounts: [], outputs: [], allocation: ALLOCATION });
  (await run.ended).dispose();
}

async function spawnOne(): Promise<void> {
  await once(spawn("/bin/sh", ["-c", COMMAND], { stdio: "ignore" }), "exit");
}

async function rateOf(
  { count, parallel }: SpawnRateOptions,
  work: (index: number) => Promise<void>,
): Promise<number> {
  const begun = performance.now();
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: parallel }, lane));
  return (1000 * count) / (performance.now() - begun);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
