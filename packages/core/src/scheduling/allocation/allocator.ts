import { type Bucket, drawBucket, exhaustiveBuckets, greedyBuckets } from "./buckets.js";
import { cellsOf, marginOf, tailOf, weighed } from "./cells.js";
import { Completions } from "./completions.js";
import { ladderOf } from "./ladder.js";
import type { AllocationMode } from "./mode.js";
import { firstForThroughput } from "./two-step.js";

/** Completions before which nothing is computed: 1.25 times the largest will do. */
const FEW = 5;
const WHILE_FEW = 1.25;
/** Of the largest amount seen. */
const HEAD_ROOM = 1.05;
/** Beyond all that was seen: a further try gets so many times what the one before it had. */
const BEYOND_LADDER = 1.5;
const UNKNOWN = 2;
/** Plans are made anew when a quarter more is known, and not less often than this. */
const MOST_BETWEEN = 250;
/** For `auto`: completions after which another one counts half as much. */
const HALF_LIFE = 200;

/** What was computed: amounts to choose among. */
interface Plan {
  /** What is chosen by chance. */
  readonly buckets?: readonly Bucket[];
  /** The first one for the first try, then those above it. */
  readonly rungs: readonly number[];
  /** Largest of all works, and completions, when it was made. */
  readonly largest: number;
  readonly count: number;
  readonly most: number;
}

const NO_PLAN: Plan = { rungs: [], largest: 0, count: 0, most: 0 };

/**
 * How much of one resource works of one kind get, found from what others of the kind used. It remembers the last 2,000, and
 * takes time and chance from nobody but its caller.
 */
export class Allocator {
  readonly mode: AllocationMode;
  readonly #completions = new Completions();
  #plan = NO_PLAN;

  constructor(mode: AllocationMode) {
    this.mode = mode;
  }

  /** Works that were noted. */
  get count(): number {
    return this.#completions.count;
  }

  /** The most that any work used. */
  get largest(): number {
    return this.#completions.largest;
  }

  /** Works of one time get different amounts, by chance. */
  get isDrawn(): boolean {
    return this.mode.endsWith("-bucketing") && this.count >= FEW;
  }

  /** A work has ended well. `time`: how long it ran, in a unit that is the same for all. */
  note(amount: number, time: number): void {
    this.#completions.add({ amount, time });
  }

  /** Of the first try. `most`: nothing gets more; `chance`: from 0 to 1, for modes that draw. Undefined: nothing is known yet. */
  first(most: number, chance: number): number | undefined {
    if (this.count === 0) return undefined;
    return Math.min(most, this.#above(0, most, chance) ?? this.largest * HEAD_ROOM);
  }

  /** Of the try after one that used up `previous`. Undefined: nothing gets more. */
  next(previous: number, most: number, chance: number): number | undefined {
    if (previous >= most) return undefined;
    const rung = this.count === 0 ? undefined : this.#above(previous, most, chance);
    const isBeyondLadder = this.count >= FEW && (this.mode === "min-waste" || this.mode === "auto");
    return Math.min(most, rung ?? previous * (isBeyondLadder ? BEYOND_LADDER : UNKNOWN));
  }

  /** The amount that the mode has for a work that needs more than this. */
  #above(previous: number, most: number, chance: number): number | undefined {
    const { largest, count } = this;
    if (this.mode !== "max" && count >= FEW) {
      const { rungs, buckets } = this.#planned(most);
      if (buckets !== undefined) return drawBucket(buckets, previous, chance);
      return rungs.find((rung) => rung > previous);
    }
    const enough = largest * (this.mode === "max" && count >= FEW ? HEAD_ROOM : WHILE_FEW);
    return enough > previous ? enough : undefined;
  }

  #planned(most: number): Plan {
    const { count, largest } = this;
    const { count: known, largest: top, most: mostThen } = this.#plan;
    const more = Math.max(1, Math.min(MOST_BETWEEN, Math.floor(known / 4)));
    if (count - known >= more || largest > top || most !== mostThen)
      this.#plan = { ...this.#choices(most), largest, count, most };
    return this.#plan;
  }

  #choices(most: number): Pick<Plan, "rungs" | "buckets"> {
    const completions = this.#completions.inOrder();
    switch (this.mode) {
      case "greedy-bucketing":
        return { rungs: [], buckets: greedyBuckets(completions) };
      case "exhaustive-bucketing":
        return { rungs: [], buckets: exhaustiveBuckets(completions) };
      case "max-throughput": {
        const first = firstForThroughput(completions);
        return { rungs: [first, ...(first < this.largest ? [this.largest] : [])] };
      }
      default:
        return { rungs: this.#ladder(most) };
    }
  }

  #ladder(most: number): readonly number[] {
    const halfLife = this.mode === "auto" ? HALF_LIFE : Number.POSITIVE_INFINITY;
    const points = weighed(this.#completions.inOrder(), halfLife).sort((a, b) => a.amount - b.amount);
    const sorted = points.map(({ amount }) => amount);
    const cells = cellsOf(points.map(({ amount, time, weight }) => ({ amount, weight: weight * time })));
    const highest = cells.pop();
    if (highest === undefined) return [];
    const amount = Math.min(most, highest.amount + marginOf(sorted));
    return ladderOf({ cells: [...cells, { ...highest, amount }], most, tail: tailOf(points) }).rungs;
  }
}
