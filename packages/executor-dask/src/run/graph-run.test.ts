import { expect } from "chai";
import fc from "fast-check";
import { type Graph, NODE } from "../graph/graph.js";
import { orderOf } from "../graph/order.js";
import { anyGraph, graphOf } from "../testing/graphs.test.kit.js";
import { FakeHosts } from "../testing/hosts.test.kit.js";
import { GraphRun, type GraphRunOptions } from "./graph-run.js";

interface Told {
  readonly finished: number[];
  end: "done" | "failed" | undefined;
}

/** Runs a graph over hosts of no language, to its end. */
async function run(
  graph: Graph,
  chances: readonly number[],
  different: Partial<GraphRunOptions> = {},
): Promise<Check> {
  const { hosts, told, graphRun } = begin(graph, chances, different);
  let most = 0;
  for (let turn = 0; told.end === undefined && turn < 20_000; turn++) {
    await Promise.resolve();
    most = Math.max(most, hosts.busy);
    if (hosts.busy > 0) hosts.step();
  }
  return { hosts, told, graphRun, most };
}

function begin(
  graph: Graph,
  chances: readonly number[],
  different: Partial<GraphRunOptions>,
): Omit<Check, "most"> {
  let at = 0;
  const hosts = new FakeHosts(graph, { next: () => chances[at++ % chances.length] ?? 0 });
  const told: Told = { finished: [], end: undefined };
  const graphRun = new GraphRun({
    host: hosts.host,
    graph,
    order: orderOf(graph),
    dialect: hosts,
    groups: new Int32Array(graph.count),
    groupCount: 1,
    retriesOf: () => 1_000,
    isShipped: () => true,
    listener: {
      onStarted: () => undefined,
      onFinished: (results) => told.finished.push(...results.map(({ node }) => node)),
      onRemarks: () => undefined,
      onDone: () => (told.end = "done"),
      onFailed: () => (told.end = "failed"),
    },
    ...different,
  });
  graphRun.pump();
  return { hosts, told, graphRun };
}

interface Check {
  readonly hosts: FakeHosts;
  readonly told: Told;
  readonly graphRun: GraphRun;
  /** Units that were on their way at the same time. */
  readonly most: number;
}

function expectedOf(graph: Graph): number[] {
  const values = new Array<number>(graph.count).fill(0);
  for (const node of orderOf(graph))
    values[node] = graph.dependencies.of(node).reduce((sum, need) => (sum + (values[need] ?? 0)) % 251, 1);
  return values;
}

const FAIR = [50];

describe("the run of a graph", () => {
  it("gives right values however units end, and forgets what nobody needs", async () => {
    let [files, retries, extras] = [0, 0, 0];
    await fc.assert(
      fc.asyncProperty(
        anyGraph(),
        fc.array(fc.nat({ max: 99 }), { minLength: 40, maxLength: 40 }),
        fc.nat({ max: 3 }),
        async (graph, chances, pruneDepth) => {
          // Without a stretch of good luck nothing would ever end.
          const luck = [...chances, ...new Array<number>(40).fill(50)];
          const { hosts, told, graphRun } = await run(graph, luck, { pruneDepth });
          if (told.end === "failed") return;
          expect(told.end).to.equal("done");
          const expected = expectedOf(graph);
          for (const node of graph.requested)
            if (graph.kinds[node] === NODE.task)
              expect(hosts.valueOf(node, graphRun.values)).to.equal(expected[node]);
          expect(new Set(told.finished).size).to.equal(told.finished.length);
          files += hosts.files.size;
          retries += hosts.ran.length - new Set(hosts.ran).size;
          extras += hosts.ran.filter((node) => graph.kinds[node] === NODE.data).length;
          graphRun.close();
          expect(hosts.files.size, "files left").to.equal(0);
        },
      ),
      { numRuns: 300 },
    );
    expect(Math.min(files, retries, extras)).to.be.greaterThan(20);
  });

  it("runs each node of a tree once, many in one unit", async () => {
    const needs: number[][] = Array.from({ length: 512 }, () => []);
    for (let at = 0; at + 1 < needs.length; at += 2) needs.push([at, at + 1]);
    const graph = graphOf(needs, [needs.length - 1]);
    const { hosts, told } = await run(graph, FAIR);
    expect(told.finished.length).to.equal(1_023);
    expect(hosts.ran.length).to.equal(1_023);
    expect(hosts.units).to.be.lessThan(120);
  });

  it("keeps the value of every node where that is wanted", async () => {
    const graph = graphOf([[], [0], [1]], [2]);
    const { hosts, graphRun } = await run(graph, FAIR, { keepsAll: true });
    expect([0, 1, 2].map((node) => hosts.valueOf(node, graphRun.values))).to.deep.equal([1, 2, 3]);
  });

  it("holds a value no longer than until its last consumer is done", async () => {
    const graph = graphOf([[], [0], [1]], [2]);
    const { graphRun } = await run(graph, FAIR);
    expect([0, 1].map((node) => graphRun.values.place(node))).to.deep.equal([undefined, undefined]);
  });

  it("sends nodes alone, and no more at a time than it may", async () => {
    const graph = graphOf([[], [], [], [], [0, 1], [2, 3]], [4, 5]);
    const { hosts, told, most } = await run(graph, FAIR, { alone: true, maxPending: 2 });
    expect([told.end, hosts.units, most]).to.deep.equal(["done", 6, 2]);
  });

  it("hands over no more nodes in one turn than it may, and goes on by itself", async () => {
    const graph = graphOf(
      Array.from({ length: 12 }, () => []),
      Array.from({ length: 12 }, (_, node) => node),
    );
    const { hosts, graphRun } = begin(graph, FAIR, { alone: true, maxPerTurn: 5 });
    const counts: number[] = [];
    for (let turn = 0; turn < 4; turn++) {
      await Promise.resolve();
      counts.push(hosts.busy);
      await new Promise((resolve) => setImmediate(resolve));
    }
    graphRun.close();
    expect(counts).to.deep.equal([5, 10, 12, 12]);
  });

  it("keeps values until as many steps behind them are done as it is told", async () => {
    const graph = graphOf([[], [0], [1], [2], [3], [4]], [5]);
    const kept: number[][] = [];
    for (const pruneDepth of [0, 1, 2, 3]) {
      const { hosts, told, graphRun } = begin(graph, FAIR, { alone: true, pruneDepth });
      while (told.finished.length < 5) {
        await Promise.resolve();
        if (hosts.busy > 0) hosts.step();
      }
      kept.push([0, 1, 2, 3, 4].filter((node) => graphRun.values.place(node) !== undefined));
      graphRun.close();
    }
    expect(kept).to.deep.equal([[0, 1, 2, 3, 4], [4], [3, 4], [2, 3, 4]]);
  });

  it("can send first what has most to read", async () => {
    const graph = graphOf([[], [], [0], [0, 1]], [2, 3]);
    const { hosts } = await run(graph, FAIR, { alone: true, maxPending: 1, rank: "largest-input-first" });
    expect(hosts.ran).to.deep.equal([0, 2, 1, 3]);
  });
});
