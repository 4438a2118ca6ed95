import { expect } from "chai";
import fc from "fast-check";
import { Buckets, type Seated } from "./buckets.js";
import { Heap } from "./heap.js";
import { goesBefore, ReadyQueue } from "./ready-queue.js";

interface Item {
  readonly order: number;
  readonly priority: number;
  live: boolean;
}

const item = fc.record({
  order: fc.integer({ min: 1, max: 500 }),
  priority: fc.integer({ min: 0, max: 3 }),
  live: fc.boolean(),
});

describe("a ready queue", () => {
  it("gives live items by priority, then order, whatever order they came in", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(item, { selector: ({ order }) => order, maxLength: 200 }),
        (items: Item[]) => {
          const queue = new ReadyQueue<Item>(({ live }) => live);
          for (const one of items) queue.push(one);
          const given: Item[] = [];
          for (let next = queue.shift(); next !== undefined; next = queue.shift()) given.push(next);
          const expected = items.filter(({ live }) => live).sort((a, b) => (goesBefore(a, b) ? -1 : 1));
          expect(given).to.deep.equal(expected);
        },
      ),
    );
  });

  it("keeps no more dead items than about as many as live ones", () => {
    const queue = new ReadyQueue<Item>(({ live }) => live);
    const items = Array.from({ length: 100_000 }, (_, order): Item => ({ order, priority: 0, live: true }));
    for (const one of items) {
      queue.push(one);
      one.live = false;
    }
    expect(queue.length).to.be.lessThan(3000);
    expect(queue.peek()).to.equal(undefined);
  });
});

describe("a heap", () => {
  it("gives its items in order, also after some were filtered out", () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), (numbers) => {
        const heap = new Heap<number>((a, b) => a < b);
        for (const number of numbers) heap.push(number);
        heap.filter((number) => number % 2 === 0);
        const given: number[] = [];
        for (let next = heap.pop(); next !== undefined; next = heap.pop()) given.push(next);
        expect(given).to.deep.equal(numbers.filter((number) => number % 2 === 0).sort((a, b) => a - b));
      }),
    );
  });
});

describe("buckets", () => {
  it("find every item from the top and from the bottom at its latest value", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(9), fc.option(fc.nat(20)))), (changes) => {
        const buckets = new Buckets<Seated & { readonly id: number }>(0);
        const items = Array.from({ length: 10 }, (_, id) => ({ id, seats: new Int32Array(2).fill(-1) }));
        const values = new Map<number, number>();
        for (const [id, value] of changes) {
          const one = items[id] as (typeof items)[number];
          if (value === null) buckets.remove(one);
          else buckets.put(one, value);
          if (value === null) values.delete(id);
          else values.set(id, value);
        }
        const falling: number[] = [];
        buckets.fromTop(0, ({ id }) => falling.push(values.get(id) ?? Number.NaN) < 0);
        const rising: number[] = [];
        buckets.fromBottom(5, ({ id }) => rising.push(values.get(id) ?? Number.NaN) < 0);
        expect(falling).to.deep.equal([...values.values()].sort((a, b) => b - a));
        expect(rising).to.deep.equal(
          [...values.values()].filter((value) => value >= 5).sort((a, b) => a - b),
        );
        expect(buckets.size).to.equal(values.size);
      }),
    );
  });
});
