import type { AllocationMode, ExecutorHost } from "@taskvine/core/executor";
import { expect } from "chai";
import type { Graph } from "../graph/graph.js";
import { orderOf } from "../graph/order.js";
import { GraphRun } from "../run/graph-run.js";
import { graphOf } from "../testing/graphs.test.kit.js";
import { FakeHosts, WORKER_MEMORY } from "../testing/hosts.test.kit.js";
import { Categories } from "./categories.js";
import { Category } from "./category.js";
import { Room } from "./room.js";
import { Sizing } from "./sizing.js";

type Workers = ReturnType<ExecutorHost["workers"]>;

function workersOf(...given: readonly (readonly [name: string, cores: number, memory: number])[]): Workers {
  return given.map(([name, cores, memory]) => ({
    name,
    host: `${name}.org`,
    resources: { cores, memory },
  })) as unknown as Workers;
}

const ANYWHERE = { cores: 1, workers: [], elsewhere: false };
const LIBRARY = { key: "library", memory: undefined, ...ANYWHERE };

describe("the room for processes of a library", () => {
  const workers = workersOf(["small", 4, 2_000], ["large", 2, 8_000]);

  it("is what the workers have, a share being a core's at the worker with least of it", () => {
    const room = new Room(workers, ANYWHERE);
    expect([room.share, room.shareAt("large"), room.largest]).to.deep.equal([500, 4_000, 8_000]);
    expect([500, 2_000, 3_000, 9_000].map((memory) => room.fitting(memory))).to.deep.equal([6, 3, 2, 0]);
  });

  it("is at the workers where the library may be", () => {
    expect(new Room(workers, { ...ANYWHERE, workers: ["small.org"] }).largest).to.equal(2_000);
    const places = { ...ANYWHERE, workers: ["gone"] };
    expect(new Room(workers, places).isEmpty).to.equal(true);
    expect(new Room(workers, { ...places, elsewhere: true }).largest).to.equal(8_000);
  });
});

describe("the memory of a category of nodes", () => {
  const room = new Room(workersOf(["w", 4, 16_000]), ANYWHERE);
  const of = (mode: AllocationMode, cap?: number): Category =>
    new Category(new Categories().of(mode, "library", "inc"), cap);

  it("is at first what was asked for, and a share where nothing was", () => {
    expect([
      of("max").first(room),
      of("max", 12_000).first(room),
      of("max", 99_000).first(room),
    ]).to.deep.equal([undefined, 12_000, 16_000]);
  });

  it("is never less than a share, unless that was asked for", () => {
    const [free, capped] = [of("max"), of("max", 3_000)];
    for (const category of [free, capped]) category.learn(100, 1);
    expect([free.first(room), capped.first(room)]).to.deep.equal([undefined, 3_000]);
  });

  it("comes in few sizes", () => {
    const category = of("max");
    const sizes = new Set<number | undefined>();
    for (let memory = 100; memory < 16_000; memory += 10) {
      category.learn(memory, 1);
      sizes.add(category.first(room));
    }
    expect(sizes.size).to.be.within(5, 10);
  });

  it("grows up to the largest worker, or to what was asked for", () => {
    const sizes = (category: Category): (number | false)[] => {
      const tried: (number | false)[] = [category.next(undefined, room, "w")];
      for (let last = tried[0]; typeof last === "number"; tried.push(last))
        last = category.next(last, room, "w");
      return tried;
    };
    expect(sizes(of("auto"))).to.deep.equal([8_192, 16_000, false]);
    expect(sizes(of("auto", 9_000))).to.deep.equal([8_192, 9_000, false]);
  });
});

/** Runs a graph of which each node needs so much memory. */
async function run(
  graph: Graph,
  memoryOf: (node: number) => number,
  { mode = "max", groupOf = () => 0, memory }: Wishes = {},
): Promise<Told> {
  let chance = 0;
  const next = (): number => 50 + (chance = (7 * chance + 3) % 50);
  const hosts = new FakeHosts(graph, { next }, memoryOf);
  const groups = Int32Array.from({ length: graph.count }, (_, node) => groupOf(node));
  const groupNames = [...new Set(groups)].map((group) => `name-${group}`);
  const told: Omit<Told, "hosts"> = { finished: [], failure: undefined, isDone: false, sizes: new Set() };
  const graphRun = new GraphRun({
    host: hosts.host,
    graph,
    order: orderOf(graph),
    dialect: hosts,
    groups,
    groupCount: groupNames.length,
    sizing: new Sizing({
      mode,
      categories: new Categories(),
      libraries: [{ ...LIBRARY, memory }],
      classes: undefined,
      groups,
      groupNames,
    }),
    retriesOf: () => 0,
    isShipped: () => true,
    listener: {
      onStarted: () => undefined,
      onFinished: (results) => told.finished.push(...results.map(({ node }) => node)),
      onRemarks: () => undefined,
      onDone: () => (told.isDone = true),
      onFailed: ({ node, error }) => (told.failure = `${error.code} ${node}`),
    },
  });
  graphRun.pump();
  for (let turn = 0; !told.isDone && told.failure === undefined && turn < 5_000; turn++) {
    await Promise.resolve();
    for (const size of hosts.sizes) told.sizes.add(size);
    if (hosts.busy > 0) hosts.step();
  }
  return { ...told, hosts };
}

interface Wishes {
  readonly mode?: AllocationMode;
  readonly groupOf?: (node: number) => number;
  readonly memory?: number;
}

interface Told {
  readonly hosts: FakeHosts;
  readonly finished: number[];
  readonly sizes: Set<number | undefined>;
  failure: string | undefined;
  isDone: boolean;
}

const alone = (count: number): Graph =>
  graphOf(
    Array.from({ length: count }, () => []),
    Array.from({ length: count }, (_, node) => node),
  );

describe("nodes that get what nodes like them used", () => {
  it("have less than was asked for from the second on", async () => {
    const { sizes, finished, hosts } = await run(alone(40), () => 100, { memory: WORKER_MEMORY });
    expect([...sizes]).to.deep.equal([WORKER_MEMORY, undefined]);
    expect(finished).to.have.length(40);
    expect(hosts.starved).to.deep.equal([]);
  });

  it("run again with more where that was too little, and none is lost", async () => {
    const needs = (node: number): number => (node < 30 ? 1_000 : 9_500 + node);
    for (const mode of ["max", "min-waste", "auto", "max-throughput", "greedy-bucketing"] as const) {
      const { finished, hosts, failure } = await run(alone(60), needs, { mode });
      expect([failure, new Set(finished).size, finished.length]).to.deep.equal([undefined, 60, 60]);
      expect(hosts.starved.length).to.be.within(1, 60);
    }
  });

  it("fail where no worker has enough, or more than was asked for would do, and are named", async () => {
    const chain = graphOf([[], [0], [1], [2]], [3]);
    const needs = (node: number): number => (node === 2 ? 2 * WORKER_MEMORY : 10);
    expect((await run(chain, needs)).failure).to.equal("RESOURCE_EXHAUSTED 2");
    const little = (node: number): number => (node === 2 ? 5_000 : 10);
    expect((await run(chain, little)).failure).to.equal(undefined);
    expect((await run(chain, little, { memory: 4_000 })).failure).to.equal("RESOURCE_EXHAUSTED 2");
  });

  it("go out together where they get as much, whatever their names", async () => {
    const needs = Array.from({ length: 60 }, (_, node) => (node === 0 ? [] : [node - 1]));
    const chain = graphOf(needs, [59]);
    const byTurns = { groupOf: (node: number): number => node % 2 };
    expect((await run(chain, () => 10, byTurns)).hosts.units).to.be.below(20);
    const { hosts, finished } = await run(chain, (node) => (node % 2 === 0 ? 10 : 12_000), byTurns);
    expect(finished).to.have.length(60);
    expect(hosts.units, "after the first ones each by itself").to.be.above(25);
  });

  it("of names that few have are of one category", () => {
    const groups = Int32Array.from([0, 0, 0, 0, 1, 2, 2, 2, 3, 3, 3, 3]);
    const groupNames = ["many", "one", "three", "more"];
    const common = { libraries: [LIBRARY], classes: undefined, groups, groupNames };
    const sizing = new Sizing({ mode: "max", categories: new Categories(), ...common });
    sizing.look(workersOf(["w", 4, 16_000]));
    sizing.learn(0, 1, 10);
    sizing.learn(4, 1, 9_000);
    expect([1, 5, 8].map((node) => sizing.mayShare(4, node))).to.deep.equal([false, true, false]);
    expect([sizing.begin([6]), sizing.begin([8])]).to.deep.equal([11_586, undefined]);
  });

  it("let others go first until some of them have ended", async () => {
    const needs = (node: number): number => (node < 50 ? 12_000 : 10);
    const { finished } = await run(alone(80), needs, {
      memory: 15_000,
      groupOf: (node) => (node < 50 ? 0 : 1),
    });
    expect(finished).to.have.length(80);
    const others = finished.slice(0, 20).filter((node) => node >= 50);
    expect(others.length).to.be.above(5);
  });
});
