import { expect } from "chai";
import { graphOf } from "../testing/graphs.test.kit.js";
import { Estimates } from "./estimates.js";
import { RANK_MODES, Ranks } from "./ranks.js";
import { ReadyHeap } from "./ready-heap.js";

/** Nodes 3, 4 and 5 are of kinds 0, 1 and 2; they need 0, 0 and 1, and 2. */
const graph = graphOf([[], [], [], [0], [0, 1], [2]], [3, 4, 5]);
const groups = Int32Array.of(3, 3, 3, 0, 1, 2);

function orderBy(mode: (typeof RANK_MODES)[number]): number[] {
  const estimates = new Estimates(4);
  let nowMs = 0;
  const ranks = new Ranks({ mode, graph, estimates, groups, nowMs: () => nowMs });
  estimates.learn(0, 50, 0);
  estimates.learn(1, 900, 0);
  for (const [node, bytes, at] of [
    [0, 100, 0],
    [1, 20, 10],
    [2, 500, 95],
  ] as const) {
    nowMs = at;
    ranks.learn(node, bytes);
  }
  nowMs = 100;
  const heap = new ReadyHeap();
  for (const node of [3, 4, 5]) heap.push(node, ranks.of(node));
  return [3, 4, 5].map(() => heap.pop() ?? -1);
}

describe("the rank of a ready node", () => {
  it("goes by the bytes that it reads, by those times how long they were held, or by how long its like took; of those that are unknown first", () => {
    expect(RANK_MODES.map(orderBy)).to.deep.equal([
      [5, 4, 3],
      [4, 3, 5],
      [5, 4, 3],
      [5, 3, 4],
    ]);
  });
});

describe("a heap of ready nodes", () => {
  it("gives them by rank, then by number", () => {
    const heap = new ReadyHeap();
    const ranks = [3, 1, 2, 1, 3, 0, 2, 2];
    ranks.forEach((rank, value) => heap.push(value, rank));
    expect(ranks.map(() => heap.pop())).to.deep.equal([5, 1, 3, 2, 6, 7, 0, 4]);
    expect([heap.pop(), heap.size]).to.deep.equal([undefined, 0]);
  });
});
