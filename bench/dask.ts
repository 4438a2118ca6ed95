import { daskPython, runWorkloads, type Taken } from "./dask/schedulers.js";
import type { BenchRow, RunBench } from "./row.js";

const SMALL = ["tree-1000", "tree-5000", "noops-10000", "chain-1000"] as const;
const NUMERIC = ["matrix-4000", "shuffle-20-days"] as const;
const OURS_ALONE = ["tree-50000", "first-100000"] as const;
const QUICK_SCALE = 0.01;
const LIMIT_MS = 600_000;
const FIRST_AIM_S = 1;
const MEMORY_AIM_MB = 1_024;
const TREE_NODES = 50_000;
/** Ten times what distributed does on a calm machine like this. */
const TREE_AIM = 8_000;

/** The same Dask graphs on four cores: ours, beside Dask's own schedulers. */
export const run: RunBench = async ({ say, quick = false }) => {
  const python = await daskPython(say);
  if (python === undefined) return [];
  const options = { say, scale: quick ? QUICK_SCALE : 1, limitMs: LIMIT_MS };
  const names = quick ? SMALL : [...SMALL, ...NUMERIC];
  const ours = await runWorkloads(python, "vine", quick ? names : [...names, ...OURS_ALONE], options);
  const others = quick ? ["threads"] : ["distributed", "threads", "processes"];
  const rows: BenchRow[] = [];
  for (const other of others) {
    const theirs = await runWorkloads(python, other, names, options);
    rows.push(...names.flatMap((name) => beside(ours.get(name), theirs.get(name), other)));
  }
  return [...rows, ...besideAims(ours)];
};

function beside(ours: Taken | undefined, theirs: Taken | undefined, peer: string): BenchRow[] {
  if (ours === undefined || theirs === undefined) return [];
  const peerName = `${peer} (less is better)`;
  return [row({ name: ours.name, unit: "s", ours: ours.seconds, peer: theirs.seconds, peerName })];
}

function besideAims(taken: ReadonlyMap<string, Taken>): BenchRow[] {
  const [first, tree] = [taken.get("first-100000"), taken.get("tree-50000")];
  const rows: BenchRow[] = [];
  if (tree !== undefined) {
    const ours = TREE_NODES / tree.seconds;
    rows.push(row({ name: tree.name, unit: "nodes/s", ours, peer: TREE_AIM, peerName: "the aim" }));
  }
  if (first !== undefined) {
    const name = "first of 100,000 tasks, Dask's own conversion included";
    rows.push(row({ name, unit: "s", ours: first.seconds, peer: FIRST_AIM_S, peerName: "the aim" }));
    const memory = { name: "program and manager, most memory", unit: "MB", peerName: "a gigabyte" };
    rows.push(row({ ...memory, ours: first.peakMb, peer: MEMORY_AIM_MB }));
  }
  return rows;
}

function row(figures: Omit<BenchRow, "ratio">): BenchRow {
  return { ...figures, ratio: figures.ours / figures.peer };
}
