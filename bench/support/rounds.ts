import { loadavg } from "node:os";
import type { BenchRow } from "../row.js";

/** What was measured in one round. */
export interface Pair {
  readonly ours: number;
  readonly peer: number;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** The medians of rounds, and the median of their ratios: what else the machine did in a round met both. */
export function rowOf(
  labels: Pick<BenchRow, "name" | "unit" | "peerName">,
  pairs: readonly Pair[],
): BenchRow {
  return {
    ...labels,
    ours: median(pairs.map(({ ours }) => ours)),
    peer: median(pairs.map(({ peer }) => peer)),
    ratio: median(pairs.map(({ ours, peer }) => ours / peer)),
  };
}

/** How busy the machine is: figures from a busy one compare only within their round. */
export function load(): string {
  return `load ${loadavg()[0]?.toFixed(1) ?? "unknown"}`;
}

/** Seconds that the work took. */
export async function seconds(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return (performance.now() - begun) / 1000;
}
