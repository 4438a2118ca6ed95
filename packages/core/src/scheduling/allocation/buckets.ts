import type { Completion } from "./completions.js";

/** An amount, and how likely it is the smallest one that is enough. */
export interface Bucket {
  readonly top: number;
  readonly share: number;
}

/** Sorted by amount; the later one came, the more it counts. */
interface Point {
  readonly amount: number;
  readonly weight: number;
}

/** Buckets of equal width among which exhaustive bucketing begins, at most. */
const MOST_PARTS = 10;

function pointsOf(completions: readonly Completion[]): Point[] {
  return completions
    .map(({ amount }, index) => ({ amount, weight: index + 1 }))
    .sort((a, b) => a.amount - b.amount || a.weight - b.weight);
}

/** Sums over the first so many points. */
class Sums {
  readonly #points: readonly Point[];
  readonly #weights: number[] = [0];
  readonly #amounts: number[] = [0];

  constructor(points: readonly Point[]) {
    this.#points = points;
    for (const { amount, weight } of points) {
      this.#weights.push((this.#weights.at(-1) ?? 0) + weight);
      this.#amounts.push((this.#amounts.at(-1) ?? 0) + weight * amount);
    }
  }

  /** Of the points from `low` to `high`, both included. */
  weight(low: number, high: number): number {
    return (this.#weights[high + 1] ?? 0) - (this.#weights[low] ?? 0);
  }

  mean(low: number, high: number): number {
    return ((this.#amounts[high + 1] ?? 0) - (this.#amounts[low] ?? 0)) / this.weight(low, high);
  }

  top(at: number): number {
    return this.#points[at]?.amount ?? 0;
  }
}

/** Points up to these places are one bucket each. */
function bucketsAt(sums: Sums, ends: readonly number[]): Bucket[] {
  const all = sums.weight(0, ends.at(-1) ?? 0);
  return ends.map((end, index) => ({
    top: sums.top(end),
    share: sums.weight((ends[index - 1] ?? -1) + 1, end) / all,
  }));
}

/**
 * Greedy bucketing (Phung and Thain, "Adaptive Task-Oriented Resource Allocation", IPDPS 2024): a bucket is split in two
 * where that makes what is expected to be wasted least, and so are its parts, until nothing is gained.
 */
export function greedyBuckets(completions: readonly Completion[]): Bucket[] {
  const points = pointsOf(completions);
  const sums = new Sums(points);
  const ends: number[] = [];
  const open: [number, number][] = points.length === 0 ? [] : [[0, points.length - 1]];
  for (let range = open.pop(); range !== undefined; range = open.pop()) {
    const [low, high] = range;
    const split = bestSplit(sums, low, high);
    if (split === high) ends.push(high);
    else open.push([split + 1, high], [low, split]);
  }
  return bucketsAt(sums, ends);
}

/** The last point of the lower part; of equals the last. `high`: it stays as it is. */
function bestSplit(sums: Sums, low: number, high: number): number {
  let [split, least] = [high, Number.POSITIVE_INFINITY];
  for (let at = low; at <= high; at++) {
    const cost = splitCost(sums, low, at, high);
    if (cost <= least) [split, least] = [at, cost];
  }
  return split;
}

/** Expected waste of a work whose part, and the part that it is given, are both drawn by weight. */
function splitCost(sums: Sums, low: number, at: number, high: number): number {
  const top = sums.top(high);
  const small = sums.top(at);
  const lower = sums.weight(low, at) / sums.weight(low, high);
  const upper = 1 - lower;
  const lowMean = sums.mean(low, at);
  if (at === high) return top - lowMean;
  const highMean = sums.mean(at + 1, high);
  return (
    lower * lower * (small - lowMean) +
    lower * upper * (top - lowMean) +
    upper * lower * (small + top - highMean) +
    upper * upper * (top - highMean)
  );
}

/**
 * Exhaustive bucketing (the same source): of up to ten ways to cut the amounts into parts, powers of two first and then
 * equal widths, the one with least expected waste.
 */
export function exhaustiveBuckets(completions: readonly Completion[]): Bucket[] {
  const points = pointsOf(completions);
  const sums = new Sums(points);
  let [best, least] = [[] as readonly number[], Number.POSITIVE_INFINITY];
  for (let parts = 1; parts <= MOST_PARTS && points.length > 0; parts++) {
    const ends = endsFor(points, parts);
    const cost = expectedWaste(sums, ends);
    if (cost < least) [best, least] = [ends, cost];
  }
  return bucketsAt(sums, best);
}

/** Places of the points at which buckets end. */
function endsFor(points: readonly Point[], parts: number): number[] {
  const largest = points.at(-1)?.amount ?? 0;
  const tops: number[] = [];
  const powers = Math.floor(Math.log2(Math.max(1, largest / parts)));
  for (let power = 0; power < powers; power++) tops.push(2 ** power);
  for (let part = 1; part < parts; part++) tops.push((largest * part) / parts);
  tops.sort((a, b) => a - b);
  const ends = new Set<number>();
  let at = -1;
  for (const top of tops) {
    while (at + 1 < points.length && (points[at + 1]?.amount ?? 0) <= top) at += 1;
    if (at >= 0) ends.add(at);
  }
  return [...ends.add(points.length - 1)];
}

/** Of a work whose bucket is drawn by weight, and which gets such that are drawn among those above the last, in the same way. */
function expectedWaste(sums: Sums, ends: readonly number[]): number {
  const buckets = bucketsAt(sums, ends);
  let waste = 0;
  ends.forEach((end, own) => {
    const mean = sums.mean((ends[own - 1] ?? -1) + 1, end);
    /** Expected where the bucket given is this or a later one, times its share of these. */
    let [later, share] = [0, 0];
    for (let given = buckets.length - 1; given >= 0; given--) {
      const { top, share: chance } = buckets[given] ?? { top: 0, share: 0 };
      const cost = given >= own ? top - mean : top + later / share;
      later += chance * cost;
      share += chance;
    }
    waste += (buckets[own]?.share ?? 0) * later;
  });
  return waste;
}

/** One of the buckets above `over`, drawn by their shares. `chance`: from 0 to 1. Undefined: there is none. */
export function drawBucket(buckets: readonly Bucket[], over: number, chance: number): number | undefined {
  const open = buckets.filter(({ top }) => top > over);
  let left = chance * open.reduce((sum, { share }) => sum + share, 0);
  for (const { top, share } of open) {
    left -= share;
    if (left < 0) return top;
  }
  return open.at(-1)?.top;
}
