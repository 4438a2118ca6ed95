import { cacheName } from "@taskvine/core/model";
import { expect } from "chai";
import { Bench, content } from "../testing/bench-world.js";
import type { WorkerEffect } from "./event.js";

const kinds = (effects: readonly WorkerEffect[]): string[] => effects.map((effect) => effect.type);
const forever = (name: string, size: number): ReturnType<typeof content> =>
  content(name, { lifetime: "forever", size });

describe("the worker's cache", () => {
  it("has what was fetched, once it is whole", () => {
    const bench = new Bench();
    expect(bench.fetch(1, "a")).to.deep.equal([{ type: "start-transfer", transfer: 1, sizeLimit: 10 }]);
    expect(bench.state("a")).to.equal("coming");
    const [ready] = bench.arrive(1, "a", { digest: "d" });
    expect(ready).to.deep.include({ type: "report-ready", transfer: 1 });
    expect(bench.state("a")).to.equal("ready");
  });

  it("brings a name once, however many ask for it", () => {
    const bench = new Bench();
    bench.fetch(1, "a");
    expect(bench.fetch(2, "a")).to.deep.equal([]);
    expect(kinds(bench.arrive(1, "a"))).to.deep.equal(["report-ready", "report-ready"]);
    expect(kinds(bench.fetch(3, "a")), "is here already").to.deep.equal(["report-ready"]);
  });

  it("lets the next one try when the first that brings a name fails", () => {
    const bench = new Bench();
    bench.fetch(1, "a");
    bench.fetch(2, "a");
    expect(
      bench.fail(1).map((effect) => [effect.type, "transfer" in effect ? effect.transfer : 0]),
    ).to.deep.equal([
      ["report-failed", 1],
      ["start-transfer", 2],
    ]);
    bench.fail(2);
    expect(bench.state("a")).to.equal("absent");
  });

  it("moves only so many files at a time", () => {
    const bench = new Bench({ fetches: 2 });
    bench.fetch(1, "a");
    bench.fetch(2, "b");
    expect(bench.fetch(3, "c")).to.deep.equal([]);
    expect(kinds(bench.arrive(1, "a"))).to.deep.equal(["report-ready", "start-transfer"]);
  });

  it("refuses more waiting transfers than its bound", () => {
    const bench = new Bench({ fetches: 1, transfersQueued: 1 });
    bench.fetch(1, "a");
    const [failed] = bench.fetch(2, "b");
    expect(failed).to.deep.nested.include({ type: "report-failed", "fault.fault": "destination" });
  });

  it("makes a file when its ingredients are here, and says so when they never will be", () => {
    const bench = new Bench();
    bench.fetch(1, "tar");
    expect(bench.fetch(2, "tree", { job: "make", inputs: [cacheName("tar")] })).to.deep.equal([]);
    expect(kinds(bench.arrive(1, "tar"))).to.deep.equal(["report-ready", "start-transfer"]);
    bench.arrive(2, "tree", { kind: "tree" });
    const [failed] = bench.fetch(3, "x", { job: "make", inputs: [cacheName("nowhere")] });
    expect(failed).to.deep.nested.include({ type: "report-failed", "fault.error": "INPUT_MISSING" });
  });

  it("drops a file only when nothing uses it any more", () => {
    const bench = new Bench({}, [content("a"), content("b"), content("c")]);
    expect(kinds(bench.drop("c"))).to.deep.equal(["remove-entry"]);
    bench.assign("1-1", { inputs: ["a"] });
    bench.do({ type: "hold-taken", cacheName: cacheName("b") });
    expect([...bench.drop("a"), ...bench.drop("b")]).to.deep.equal([]);
    expect(kinds(bench.end("1-1"))).to.deep.equal(["remove-entry", "report-end"]);
    expect(kinds(bench.do({ type: "hold-released", cacheName: cacheName("b") }))).to.deep.equal([
      "remove-entry",
    ]);
  });

  it("brings anew what was dropped in use, unless it is sure to be what is asked for now", () => {
    for (const [held, isOffered] of [
      ["d", true],
      ["another", false],
      [undefined, false],
    ] as const) {
      const bench = new Bench({}, [content("a", held === undefined ? {} : { digest: held })]);
      bench.assign("1-1", { inputs: ["a"] });
      bench.drop("a");
      const effects = kinds(bench.fetch(1, "a", { digest: "d" }));
      if (isOffered) expect(effects).to.deep.equal(["report-ready"]);
      else {
        expect(effects).to.deep.equal(["remove-entry", "report-gone", "start-transfer"]);
        bench.arrive(1, "a", { digest: "d" });
        expect(kinds(bench.end("1-1")), "the task that used it goes on").to.deep.equal(["report-end"]);
      }
      expect(bench.state("a")).to.equal("ready");
    }
  });

  it("takes a dropped file back when it is asked for again before it is gone", () => {
    const bench = new Bench({}, [content("a")]);
    bench.assign("1-1", { inputs: ["a"] });
    bench.drop("a");
    expect(kinds(bench.fetch(1, "a"))).to.deep.equal(["report-ready"]);
    bench.end("1-1");
    expect(bench.state("a")).to.equal("ready");
  });

  it("gives up the least recently used lasting files for room, forever before worker, and never the workflow's", () => {
    const bench = new Bench({}, [
      forever("f1", 300),
      forever("f2", 300),
      content("k", { lifetime: "worker", size: 200 }),
      content("w", { size: 100 }),
    ]);
    bench.assign("1-1", { inputs: ["f1"] });
    bench.end("1-1");
    const first = bench.fetch(1, "new", { size: 200 });
    expect(
      first.filter((effect) => effect.type === "report-gone").map((effect) => effect.cacheName),
    ).to.deep.equal(["f2"]);
    const second = bench.fetch(2, "more", { size: 600 });
    expect(
      second.filter((effect) => effect.type === "report-gone").map((effect) => effect.cacheName),
    ).to.deep.equal(["f1", "k"]);
    expect(bench.state("w")).to.equal("ready");
  });

  it("evicts nothing when even that would not be enough", () => {
    const bench = new Bench({}, [forever("f", 500), content("w", { size: 500 })]);
    const [failed, ...rest] = bench.fetch(1, "huge", { size: 501 });
    expect(failed).to.deep.nested.include({ type: "report-failed", "fault.error": "CACHE_FULL" });
    expect(rest).to.deep.equal([]);
    expect(bench.state("f")).to.equal("ready");
  });

  it("never evicts what runs, waits, is made from, or is sent", () => {
    const names = ["run", "queue", "make", "send"];
    const bench = new Bench(
      {},
      names.map((name) => forever(name, 250)),
    );
    bench.assign("1-1", { inputs: ["run"], cores: 4 });
    bench.assign("2-1", { inputs: ["queue"] });
    bench.fetch(1, "made", { job: "make", size: 0, inputs: [cacheName("make")] });
    bench.do({ type: "hold-taken", cacheName: cacheName("send") });
    const [failed] = bench.fetch(2, "new", { size: 10 });
    expect(failed).to.deep.nested.include({ "fault.error": "CACHE_FULL", "fault.fault": "destination" });
  });

  it("makes room for the disk that a task was promised", () => {
    const bench = new Bench({}, [forever("f", 900)]);
    expect(kinds(bench.assign("1-1", { disk: 500 }))).to.deep.equal([
      "remove-entry",
      "report-gone",
      "start-task",
    ]);
    expect(bench.fetch(1, "a", { size: 600 })[0]).to.deep.nested.include({ "fault.error": "CACHE_FULL" });
  });

  it("throws away content of unknown size that turned out not to fit", () => {
    const bench = new Bench({}, [content("w", { size: 900 })]);
    const { size: _unknown, ...unsized } = { size: 0, job: "fetch" as const };
    const order = { transfer: 1, ...unsized };
    const [start] = bench.do({
      type: "transfer-asked",
      order: {
        ...order,
        transfer: 1 as never,
        cacheName: cacheName("u"),
        lifetime: "workflow",
        kind: "file",
        inputs: [],
      },
    });
    expect(start).to.deep.equal({ type: "start-transfer", transfer: 1, sizeLimit: 100 });
    expect(kinds(bench.arrive(1, "u", { size: 101 }))).to.deep.equal(["remove-entry", "report-failed"]);
    expect(bench.world.cache.bytes).to.equal(900);
  });

  it("keeps a file as long as the most patient of those who asked for it said", () => {
    const bench = new Bench({}, [content("a")]);
    bench.fetch(1, "a", { lifetime: "forever" });
    bench.fetch(2, "a", { lifetime: "task" });
    expect(bench.world.cache.get(cacheName("a"))?.lifetime).to.equal("forever");
  });

  it("counts an output that arrives by fetch at the same time once", () => {
    const bench = new Bench();
    bench.assign("1-1");
    bench.fetch(1, "out");
    bench.end("1-1", [content("out")]);
    expect(bench.state("out")).to.equal("ready");
    expect(kinds(bench.arrive(1, "out"))).to.deep.equal(["report-ready"]);
    expect(bench.world.cache.bytes).to.equal(10);
  });
});
