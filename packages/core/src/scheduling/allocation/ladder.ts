import type { Cell } from "./cells.js";

export interface LadderOptions {
  /** Ascending. */
  readonly cells: readonly Cell[];
  /** The amount after the last rung: no work gets more. */
  readonly most: number;
  /** How likely a work uses more than all of the cells. */
  readonly tail: number;
}

export interface Ladder {
  /** The first amount of a work, and those of its further tries: ascending, each that of a cell. */
  readonly rungs: readonly number[];
  /** Amounts of all tries together, times weight, that are expected with it. */
  readonly cost: number;
}

/**
 * The ladder whose expected cost is least, exactly: a try of amount c is paid by all that used more than what the try
 * before it had, and those that used more than c go on to the next. From the last rung on a work gets `most`.
 */
export function ladderOf({ cells, most, tail }: LadderOptions): Ladder {
  const left = weightsFrom(cells, tail);
  const plans: Plan[] = [];
  for (let from = cells.length; from >= 0; from--) plans[from] = bestFrom(from, { cells, most, left, plans });
  const rungs: number[] = [];
  for (let plan = plans[0]; plan?.rung !== undefined; plan = plan.next) rungs.push(plan.rung);
  return { rungs, cost: plans[0]?.cost ?? 0 };
}

/** For all works that need a certain cell or more. */
interface Plan {
  readonly cost: number;
  /** Undefined: all get the most. */
  readonly rung: number | undefined;
  readonly next: Plan | undefined;
}

interface Known {
  readonly cells: readonly Cell[];
  readonly most: number;
  readonly left: readonly number[];
  /** Of all cells above. */
  readonly plans: readonly Plan[];
}

function bestFrom(from: number, { cells, most, left, plans }: Known): Plan {
  const weight = left[from] ?? 0;
  let best: Plan = { cost: most * weight, rung: undefined, next: undefined };
  cells.slice(from).forEach(({ amount }, index) => {
    const next = plans[from + index + 1];
    const cost = amount * weight + (next?.cost ?? 0);
    if (cost < best.cost) best = { cost, rung: amount, next };
  });
  return best;
}

/** Of each cell: its weight, that of all above it, and that of what was not seen yet. */
function weightsFrom(cells: readonly Cell[], tail: number): number[] {
  const sum = cells.reduce((all, { weight }) => all + weight, 0);
  const left: number[] = [];
  left[cells.length] = sum * tail;
  for (let at = cells.length - 1; at >= 0; at--) left[at] = (left[at + 1] ?? 0) + (cells[at]?.weight ?? 0);
  return left;
}
