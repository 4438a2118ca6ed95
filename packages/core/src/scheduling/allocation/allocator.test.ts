import { expect } from "chai";
import fc from "fast-check";
import { Allocator } from "./allocator.js";
import { drawBucket, exhaustiveBuckets, greedyBuckets } from "./buckets.js";
import { type Cell, cellsOf, marginOf, tailOf, weighed } from "./cells.js";
import { Completions } from "./completions.js";
import { ladderOf } from "./ladder.js";
import { ALLOCATION_MODES, type AllocationMode } from "./mode.js";
import { firstForThroughput } from "./two-step.js";

/** Amounts whose best allocations are known. */
const AMOUNTS = [1000, 1100, 1200, 1250, 1300, 1350, 1400, 1500, 8000, 9000, 1150, 1450, 8500, 16000, 1050];
const MOST = 64_000;
const COMPLETIONS = AMOUNTS.map((amount) => ({ amount, time: 1 }));

function allocatorOf(mode: AllocationMode, amounts: readonly number[]): Allocator {
  const allocator = new Allocator(mode);
  for (const amount of amounts) allocator.note(amount, 1);
  return allocator;
}

/** Numbers from 0 to 1, the same each time. */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function normal(next: () => number, mean: number, deviation: number): number {
  const [u, v] = [1 - next(), next()];
  return mean + deviation * Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v);
}

/** What 2,000 works use, of what they are given in all their tries. */
function efficiency(mode: AllocationMode, draw: (next: () => number) => number): number {
  const next = numbersFrom(1);
  const allocator = new Allocator(mode);
  let [used, given] = [0, 0];
  for (let work = 0; work < 2_000; work++) {
    const amount = Math.min(MOST, Math.max(1, Math.floor(draw(next))));
    let tried: number | undefined = allocator.first(MOST, next()) ?? 2_000;
    given += tried;
    while (tried !== undefined && tried < amount) {
      tried = allocator.next(tried, MOST, next());
      given += tried ?? 0;
    }
    used += amount;
    allocator.note(amount, 500);
  }
  return used / given;
}

describe("a ladder of amounts", () => {
  const cells = cellsOf(COMPLETIONS.map(({ amount }) => ({ amount, weight: 1 })));

  it("is the one whose expected cost is least", () => {
    const rungs = [1_500, 9_000, 16_000];
    expect(ladderOf({ cells, most: MOST, tail: 0 })).to.deep.equal({ rungs, cost: 74_500 });
    expect(ladderOf({ cells, most: MOST, tail: 1 / 16 })).to.deep.equal({ rungs, cost: 159_343.75 });
  });

  it("costs no more than any other, by trial", () => {
    const costOf = (given: readonly Cell[], tops: readonly number[], tail: number): number => {
      let cost = 0;
      const all = given.reduce((sum, { weight }) => sum + weight, 0);
      const works = [...given, { amount: Number.POSITIVE_INFINITY, weight: all * tail }];
      for (const { amount, weight } of works)
        for (const top of [...tops, MOST]) {
          cost += top * weight;
          if (top >= amount) break;
        }
      return cost;
    };
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: MOST - 1 }), { minLength: 1, maxLength: 6 }),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 6, maxLength: 6 }),
        (amounts, weights) => {
          const given = amounts
            .sort((a, b) => a - b)
            .map((amount, index) => ({ amount, weight: weights[index] ?? 1 }));
          const { rungs, cost } = ladderOf({ cells: given, most: MOST, tail: 0.1 });
          expect(cost).to.be.closeTo(costOf(given, rungs, 0.1), 1e-6 * cost);
          for (let chosen = 0; chosen < 2 ** given.length; chosen++) {
            const tops = amounts.filter((_, index) => (chosen >> index) % 2 === 1);
            expect(cost).to.be.at.most(costOf(given, tops, 0.1) * (1 + 1e-9));
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  it("has room beyond the largest amount, as much as the largest ones lie apart", () => {
    const sorted = [...AMOUNTS].sort((a, b) => a - b);
    expect(16_000 + marginOf(sorted)).to.be.closeTo(18_666.667, 1e-3);
    expect([marginOf([5]), marginOf([])]).to.deep.equal([0, 0]);
    expect(tailOf(weighed(COMPLETIONS, Number.POSITIVE_INFINITY))).to.equal(1 / 16);
  });

  it("is computed of few cells, however many amounts there are", () => {
    const many = Array.from({ length: 2_000 }, (_, index) => ({
      amount: 1 + ((index * 7919) % 5_003),
      weight: 1,
    }));
    const few = cellsOf(many);
    expect(few.length).to.be.at.most(48);
    expect(few.reduce((sum, { weight }) => sum + weight, 0)).to.equal(2_000);
    expect(few.at(-1)?.amount).to.equal(Math.max(...many.map(({ amount }) => amount)));
  });
});

describe("buckets of amounts", () => {
  const rounded = (buckets: ReturnType<typeof greedyBuckets>): (readonly [number, number])[] =>
    buckets.map(({ top, share }) => [top, Math.round(share * 1e4) / 1e4]);

  it("are split where it pays, in greedy bucketing", () => {
    expect(rounded(greedyBuckets(COMPLETIONS))).to.deep.equal([
      [1_500, 0.6167],
      [9_000, 0.2667],
      [16_000, 0.1167],
    ]);
  });

  it("are the cheapest of ten ways to cut, in exhaustive bucketing", () => {
    expect(rounded(exhaustiveBuckets(COMPLETIONS))).to.deep.equal([
      [1_000, 0.0083],
      [1_500, 0.6083],
      [9_000, 0.2667],
      [16_000, 0.1167],
    ]);
  });

  it("are drawn by their shares, above what was not enough", () => {
    const buckets = [
      { top: 1, share: 0.5 },
      { top: 2, share: 0.25 },
      { top: 3, share: 0.25 },
    ];
    expect([0, 0.49, 0.5, 0.99].map((chance) => drawBucket(buckets, 0, chance))).to.deep.equal([1, 1, 2, 3]);
    expect([0, 0.49, 0.5, 1].map((chance) => drawBucket(buckets, 1, chance))).to.deep.equal([2, 2, 3, 3]);
    expect(drawBucket(buckets, 3, 0)).to.equal(undefined);
  });
});

describe("an allocator", () => {
  it("knows nothing at first, and doubles what was not enough", () => {
    for (const mode of ALLOCATION_MODES) {
      const allocator = new Allocator(mode);
      expect(allocator.first(MOST, 0)).to.equal(undefined);
      expect(allocator.next(20_000, MOST, 0)).to.equal(40_000);
      expect(allocator.next(40_000, MOST, 0)).to.equal(MOST);
      expect(allocator.next(MOST, MOST, 0)).to.equal(undefined);
    }
  });

  it("gives a quarter more than the largest while little is known", () => {
    for (const mode of ALLOCATION_MODES)
      expect(allocatorOf(mode, [1_000, 2_000, 1_500]).first(MOST, 0.5)).to.equal(2_500);
  });

  it("gives the largest and a little more in max", () => {
    const allocator = allocatorOf("max", [...AMOUNTS, ...AMOUNTS]);
    expect(allocator.first(MOST, 0)).to.equal(16_800);
    expect(allocator.next(16_800, MOST, 0)).to.equal(33_600);
    expect(allocator.first(12_000, 0)).to.equal(12_000);
  });

  it("goes up the ladder in min-waste, and beyond it", () => {
    const allocator = allocatorOf("min-waste", [...AMOUNTS, ...AMOUNTS]);
    const tries: number[] = [];
    for (let last = allocator.first(MOST, 0); last !== undefined; last = allocator.next(last, MOST, 0))
      tries.push(last);
    const beyond = [17_500, 26_250, 39_375, 59_062.5, MOST];
    expect(tries).to.deep.equal([1_500, 9_000, ...beyond]);
  });

  it("tries the amount by which most works end in a time first, and then the largest, in max-throughput", () => {
    expect(firstForThroughput(COMPLETIONS)).to.equal(1_500);
    const allocator = allocatorOf("max-throughput", AMOUNTS);
    expect([
      allocator.first(MOST, 0),
      allocator.next(1_500, MOST, 0),
      allocator.next(16_000, MOST, 0),
    ]).to.deep.equal([1_500, 16_000, 32_000]);
  });

  it("heeds in max-throughput how long those run again that need more", () => {
    const times = [1, 100];
    const chosen = times.map((time) =>
      firstForThroughput([
        ...Array.from({ length: 9 }, () => ({ amount: 800, time: 1 })),
        { amount: 1_000, time },
      ]),
    );
    expect(chosen).to.deep.equal([800, 1_000]);
  });

  it("forgets in auto what was long ago", () => {
    const large = Array.from({ length: 500 }, (_, index) => 8_000 + (index % 7));
    const small = Array.from({ length: 1_500 }, (_, index) => 2_000 + (index % 7));
    expect(allocatorOf("auto", [...large, ...small]).first(MOST, 0)).to.be.below(2_100);
  });

  it("always comes to an end, and never gives more than there is", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ALLOCATION_MODES),
        fc.array(fc.integer({ min: 1, max: 2 * MOST }), { maxLength: 60 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (mode, amounts, chance) => {
          const allocator = allocatorOf(mode, amounts);
          let last = allocator.first(MOST, chance) ?? 1;
          for (let tries = 0; ; tries++) {
            expect(last).to.be.within(1, MOST);
            expect(tries).to.be.below(100);
            const next = allocator.next(last, MOST, chance);
            if (next === undefined) break;
            expect(next).to.be.above(last);
            last = next;
          }
          expect(last).to.equal(MOST);
        },
      ),
    );
  });

  it("wastes no more than its mode does at best", () => {
    const bimodal = (next: () => number): number => {
      const [mean, deviation] = next() < 0.5 ? [32_000, 500] : [8_000, 200];
      return normal(next, mean, deviation);
    };
    const usual = (next: () => number): number => normal(next, 8_000, 2_000);
    const exponential = (next: () => number): number => -10_000 * Math.log(1 - next());
    expect(efficiency("min-waste", bimodal)).to.be.above(0.77);
    expect(efficiency("min-waste", usual)).to.be.above(0.65);
    expect(efficiency("min-waste", exponential)).to.be.above(0.4);
    expect(efficiency("auto", bimodal)).to.be.above(0.77);
    expect(efficiency("auto", usual)).to.be.above(0.65);
    expect(efficiency("max-throughput", usual)).to.be.above(0.6);
    expect(efficiency("greedy-bucketing", usual)).to.be.above(0.63);
    expect(efficiency("exhaustive-bucketing", usual)).to.be.above(0.57);
    expect(efficiency("max", usual)).to.be.above(0.5);
  });
});

describe("completions", () => {
  it("are the last 2,000 in order, and know the largest of all", () => {
    const completions = new Completions();
    for (let amount = 5_000; amount > 0; amount--) completions.add({ amount, time: 1 });
    const kept = completions.inOrder();
    expect([kept.length, kept[0]?.amount, kept.at(-1)?.amount]).to.deep.equal([2_000, 2_000, 1]);
    expect([completions.count, completions.largest]).to.deep.equal([5_000, 5_000]);
  });
});
