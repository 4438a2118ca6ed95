import { broadcastInNetwork } from "./net/broadcast.js";
import type { BenchRow, RunBench } from "./row.js";
import { BenchCluster } from "./support/cluster.js";
import { load } from "./support/rounds.js";
import { type Spread, spread, treeLines } from "./support/spread.js";

const WORKERS = 16;
const DEFAULT_BYTES = 200e6;

/** One file to 16 workers: a tree of copies against 16 copies from the manager, here and in a network of virtual hosts. */
export const run: RunBench = async ({ say, bytes = DEFAULT_BYTES }) => {
  const alone = await once(bytes, false);
  const tree = await once(bytes, true);
  for (const line of treeLines(tree.copies)) say(line);
  say(load());
  return [...rowsOf("on this machine", tree, alone), ...(await broadcastInNetwork(say))];
};

/** The time and the manager's part of it. */
function rowsOf(where: string, tree: Spread, alone: Spread): BenchRow[] {
  const peerName = `${WORKERS} copies from the manager (less is better)`;
  const row = (name: string, unit: string, [ours, peer]: readonly [number, number]): BenchRow => ({
    name: `${name} ${where}`,
    unit,
    ours,
    peer,
    peerName,
    ratio: ours / peer,
  });
  return [
    row("all have it", "s", [tree.seconds, alone.seconds]),
    row("sent by the manager", "copies", [tree.managerCopies, alone.managerCopies]),
  ];
}

async function once(bytes: number, peerTransfer: boolean): Promise<Spread> {
  await using cluster = await BenchCluster.start({
    workers: WORKERS,
    flags: ["--no-local-links"],
    manager: peerTransfer ? {} : { transfersPerSource: WORKERS },
  });
  return await spread(cluster, { workers: WORKERS, bytes, peerTransfer });
}
