import { VineError } from "@taskvine/core/executor";
import { expect } from "chai";
import fc from "fast-check";
import { anyGraph, graphOf } from "../testing/graphs.test.kit.js";
import { type Graph, NODE, resolveGraph } from "./graph.js";
import { orderOf } from "./order.js";
import { byPriority, inMode } from "./priority.js";

describe("a graph", () => {
  it("has aliases resolved, however long their chain", () => {
    const graph = resolveGraph({
      kinds: Uint8Array.of(NODE.task, NODE.alias, NODE.alias, NODE.task),
      counts: Int32Array.of(0, 1, 1, 2),
      dependencies: Int32Array.of(0, 1, 2, 0),
      requested: [3, 2],
    });
    expect([...graph.dependencies.of(3)]).to.deep.equal([0, 0]);
    expect([...graph.consumers.of(0)]).to.deep.equal([3]);
    expect(graph.requested).to.deep.equal([3, 0]);
  });

  it("refuses aliases in a circle, tasks in a circle, and numbers of no node", () => {
    const circle = {
      kinds: Uint8Array.of(1, 1),
      counts: Int32Array.of(1, 1),
      dependencies: Int32Array.of(1, 0),
    };
    expect(() => resolveGraph({ ...circle, requested: [0] })).to.throw(VineError, /circle/);
    const tasks = resolveGraph({ ...circle, kinds: Uint8Array.of(0, 0), requested: [0] });
    expect(() => orderOf(tasks)).to.throw(VineError, /circle/);
    expect(() => resolveGraph({ ...circle, requested: [2] })).to.throw(VineError, /no node 2/);
  });

  it("wants what the requested nodes need, and nothing else", () => {
    const graph = graphOf([[], [0], [], [1]], [1]);
    expect([...graph.wanted]).to.deep.equal([1, 1, 0, 0]);
  });
});

describe("the order of a graph", () => {
  it("puts each wanted node once, after all that it needs", () => {
    fc.assert(
      fc.property(anyGraph(), (graph) => {
        const order = orderOf(graph);
        const place = placesOf(order);
        expect(place.size).to.equal(order.length);
        expect(order.length).to.equal(graph.wanted.reduce((sum, one) => sum + one, 0));
        for (const node of order)
          for (const need of graph.dependencies.of(node))
            expect(place.get(need) ?? Infinity).to.be.lessThan(place.get(node) ?? -1);
      }),
    );
  });

  it("holds few values of a tree at a time", () => {
    const graph = tree(1_024);
    expect(mostHeld(graph, orderOf(graph))).to.equal(12);
  });

  it("goes through a chain of a hundred thousand without a deep stack", () => {
    const needs = Array.from({ length: 100_000 }, (_, node) => (node === 0 ? [] : [node - 1]));
    const order = orderOf(graphOf(needs, [99_999]));
    expect(order[0]).to.equal(0);
    expect(order.at(-1)).to.equal(99_999);
  });

  it("can be another: by priority, by depth, or as it was given", () => {
    const graph = graphOf([[], [], [0, 1]], [2]);
    const order = orderOf(graph);
    expect([...byPriority(order, Float64Array.of(0, 5, 0))][0]).to.equal(1);
    expect([...inMode(order, graph, "FIFO")]).to.deep.equal([0, 1, 2]);
    expect([...inMode(order, graph, "LIFO")]).to.deep.equal([2, 1, 0]);
    expect([...inMode(order, graph, "depth-first")][0]).to.equal(2);
    expect([...inMode(order, graph, "breadth-first")].at(-1)).to.equal(2);
  });
});

function placesOf(order: Int32Array): Map<number, number> {
  return new Map(Array.from(order, (node, place) => [node, place]));
}

function tree(leaves: number): Graph {
  const needs: number[][] = Array.from({ length: leaves }, () => []);
  for (let at = 0; at + 1 < needs.length; at += 2) needs.push([at, at + 1]);
  return graphOf(needs, [needs.length - 1]);
}

function mostHeld(graph: Graph, order: Int32Array): number {
  const left = Array.from({ length: graph.count }, (_, node) => graph.consumers.size(node));
  const held = new Set<number>();
  let most = 0;
  for (const node of order) {
    held.add(node);
    most = Math.max(most, held.size);
    for (const need of graph.dependencies.of(node)) {
      left[need] = (left[need] ?? 0) - 1;
      if (left[need] === 0) held.delete(need);
    }
  }
  return most;
}
