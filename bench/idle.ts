import { readFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import type { RunBench } from "./row.js";
import { BenchCluster } from "./support/cluster.js";
import { startLightWorkers } from "./support/light-workers.js";
import { load } from "./support/rounds.js";

const WORKERS = 100;
const SETTLE_MS = 3_000;
const WATCHED_MS = 30_000;
const AIM_PERCENT = 2;
/** Of the counters in /proc, on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

/**
 * What a manager costs that has nothing to do, with 100 workers connected: real links with keys, heartbeats and
 * lifelines, but all of them in one other process that does nothing else.
 */
export const run: RunBench = async ({ say }) => {
  await using cluster = await BenchCluster.start({ workers: 0 });
  await using workers = await startLightWorkers(cluster.manager.connectionFile, WORKERS);
  say(`${cluster.manager.workers().length} workers, ${workers.lifelines} lifelines; ${load()}`);
  await wait(SETTLE_MS);
  const [beforeS, begun] = [await usedSeconds(), performance.now()];
  await wait(WATCHED_MS);
  const used = (await usedSeconds()) - beforeS;
  const percent = (100 * used) / ((performance.now() - begun) / 1000);
  if (cluster.manager.workers().length !== WORKERS)
    throw new Error("workers were lost while nothing happened");
  return [
    {
      name: `manager with ${WORKERS} idle workers`,
      unit: "% of a core",
      ours: percent,
      peer: AIM_PERCENT,
      peerName: "the aim (less is better)",
      ratio: percent / AIM_PERCENT,
    },
  ];
};

/** Processor time of this process with all its threads. */
async function usedSeconds(): Promise<number> {
  const stat = await readFile("/proc/self/stat", "latin1");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}
