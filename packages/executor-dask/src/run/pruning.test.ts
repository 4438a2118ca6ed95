import { expect } from "chai";
import fc from "fast-check";
import sinon from "sinon";
import type { Graph } from "../graph/graph.js";
import { orderOf } from "../graph/order.js";
import { anyGraph, graphOf } from "../testing/graphs.test.kit.js";
import { pruner } from "./pruning.js";

/** Lets nodes be done one after the other, and tells after each which values have gone. */
function dropsOf(
  graph: Graph,
  depth: number,
  onStep: (done: ReadonlySet<number>, gone: number[]) => void,
): void {
  const asked = new Set(graph.requested);
  const gone: number[] = [];
  const onUsed = pruner({
    graph,
    depth,
    isAskedFor: (node) => asked.has(node),
    drop: (node) => gone.push(node),
  });
  const done = new Set<number>();
  const left = Array.from({ length: graph.count }, (_, node) => graph.consumers.size(node));
  for (const node of orderOf(graph)) {
    done.add(node);
    for (const need of new Set(graph.dependencies.of(node))) {
      left[need] = (left[need] ?? 0) - 1;
      if (left[need] === 0) onUsed(need);
    }
    if (left[node] === 0) onUsed(node);
    onStep(done, gone);
  }
}

/** All that lies at most so many steps behind a node. */
function behind(graph: Graph, node: number, depth: number): Set<number> {
  const found = new Set<number>();
  let last = [node];
  for (let step = 0; step < depth && last.length > 0; step++) {
    last = last.flatMap((one) => [...graph.consumers.of(one)]);
    for (const one of last) found.add(one);
  }
  return found;
}

describe("pruning", () => {
  it("drops a value as soon as all within its depth are done, and not before", () => {
    let dropped = 0;
    fc.assert(
      fc.property(anyGraph(), fc.integer({ min: 1, max: 6 }), (graph, depth) => {
        const asked = new Set(graph.requested);
        dropsOf(graph, depth, (done, gone) => {
          const due = [...done].filter(
            (node) => !asked.has(node) && [...behind(graph, node, depth)].every((one) => done.has(one)),
          );
          expect([...gone].sort((a, b) => a - b)).to.deep.equal(due.sort((a, b) => a - b));
          dropped = Math.max(dropped, gone.length);
        });
      }),
      { numRuns: 200 },
    );
    expect(dropped).to.be.greaterThan(2);
  });

  it("never drops a value with a depth of 0", () => {
    const graph = graphOf([[], [0], [1]], [2]);
    dropsOf(graph, 0, (_, gone) => expect(gone).to.deep.equal([]));
  });

  it("looks at each node that needs a value a few times only, however many there are", () => {
    const many = 20_000;
    const needs = [[], ...Array.from({ length: many }, () => [0])];
    needs.push(Array.from({ length: many }, (_, at) => at + 1));
    const graph = graphOf(needs, [many + 1]);
    const looks = sinon.spy(graph.consumers, "of");
    dropsOf(graph, 3, () => undefined);
    const looked = looks.returnValues.reduce((sum, { length }) => sum + length, 0);
    expect(looked).to.be.lessThan(10 * many);
  });
});
