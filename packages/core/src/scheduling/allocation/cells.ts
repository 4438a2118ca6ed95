import type { Completion } from "./completions.js";

/** An amount that something used, and the weight of all that used no more than it, and more than the cell before. */
export interface Cell {
  readonly amount: number;
  readonly weight: number;
}

/** Amounts that are considered at most. */
const MOST_CELLS = 48;
/** Of a sum of weights: what counts as nothing. */
const EPSILON = 1e-9;

/** A completion, and how much it counts. */
export interface Weighed extends Completion {
  readonly weight: number;
}

/** The newest counts 1, one that came `halfLife` before it half of that. Oldest first. */
export function weighed(completions: readonly Completion[], halfLife: number): Weighed[] {
  const last = completions.length - 1;
  return completions.map(({ amount, time }, index) => ({
    amount,
    time,
    weight: 0.5 ** ((last - index) / halfLife),
  }));
}

/** Sorted by amount, in cells of about the same weight; equal amounts are in one. */
export function cellsOf(given: readonly { readonly amount: number; readonly weight: number }[]): Cell[] {
  const points = [...given].sort((a, b) => a.amount - b.amount);
  const total = points.reduce((sum, { weight }) => sum + weight, 0);
  const parts = Math.min(MOST_CELLS, points.length);
  const isAll = points.length <= MOST_CELLS;
  const cells: Cell[] = [];
  let [inAll, inCell, part] = [0, 0, 1];
  points.forEach(({ amount, weight }, index) => {
    inAll += weight;
    inCell += weight;
    if (points[index + 1]?.amount === amount) return;
    if (!isAll && inAll < (part / parts - EPSILON) * total) return;
    while (part <= parts && inAll >= (part / parts - EPSILON) * total) part += 1;
    cells.push({ amount, weight: inCell });
    inCell = 0;
  });
  return cells;
}

/** How likely the next one uses more than all before it. */
export function tailOf(points: readonly { readonly weight: number }[]): number {
  const sum = points.reduce((all, { weight }) => all + weight, 0);
  const squares = points.reduce((all, { weight }) => all + weight * weight, 0);
  return squares === 0 ? 1 : 1 / (sum ** 2 / squares + 1);
}

/** What is added to the largest amount, as the largest ones lie apart. `sorted`: ascending. */
export function marginOf(sorted: readonly number[]): number {
  const last = sorted.length - 1;
  const back = Math.min(Math.max(Math.floor(Math.sqrt(sorted.length)), 1), last);
  if (back < 1) return 0;
  return ((sorted[last] ?? 0) - (sorted[last - back] ?? 0)) / back;
}
