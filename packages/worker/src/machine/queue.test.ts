import { cacheName } from "@taskvine/core/model";
import { expect } from "chai";
import { Bench, content } from "../testing/bench-world.js";
import type { WorkerEffect } from "./event.js";

const started = (effects: readonly WorkerEffect[]): string[] =>
  effects.filter((effect) => effect.type === "start-task").map((effect) => effect.key);

const returned = (effects: readonly WorkerEffect[]): string[] =>
  effects.filter((effect) => effect.type === "return-task").map((effect) => `${effect.key} ${effect.reason}`);

describe("the worker's queue", () => {
  it("starts a task at once when its inputs are here and there is room", () => {
    const bench = new Bench({}, [content("a")]);
    expect(started(bench.assign("1-1", { inputs: ["a"] }))).to.deep.equal(["1-1"]);
  });

  it("starts a task when the last of its inputs arrives, whichever came first, task or fetch", () => {
    const bench = new Bench();
    expect(started(bench.assign("1-1", { inputs: ["a", "b"] }))).to.deep.equal([]);
    bench.fetch(1, "a");
    bench.fetch(2, "b");
    expect(started(bench.arrive(1, "a"))).to.deep.equal([]);
    expect(started(bench.arrive(2, "b"))).to.deep.equal(["1-1"]);
  });

  it("never gives more cores, memory, or gpus than there are, and goes on in order of arrival", () => {
    const bench = new Bench();
    for (let task = 1; task <= 6; task++) bench.assign(`${task}-1`);
    expect(started(bench.end("2-1"))).to.deep.equal(["5-1"]);
    expect(started(bench.end("1-1"))).to.deep.equal(["6-1"]);
    const memory = new Bench();
    expect(started(memory.assign("1-1", { memory: 4_000 }))).to.deep.equal(["1-1"]);
    expect(started(memory.assign("2-1", { memory: 1 }))).to.deep.equal([]);
  });

  it("does not give a gpu again while the killed task that had it still dies", () => {
    const bench = new Bench();
    bench.assign("1-1", { gpus: 1, gpuIds: [0] });
    bench.do({ type: "task-killed", key: "1-1" });
    expect(started(bench.assign("2-1", { gpus: 1, gpuIds: [0] }))).to.deep.equal([]);
    expect(started(bench.end("1-1"))).to.deep.equal(["2-1"]);
  });

  it("lets smaller tasks pass one that does not fit yet, but not for ever", () => {
    const bench = new Bench({ overtaking: 2 });
    bench.assign("1-1", { cores: 2 });
    bench.assign("2-1", { cores: 4 });
    expect(started(bench.assign("3-1"))).to.deep.equal(["3-1"]);
    expect(started(bench.assign("4-1"))).to.deep.equal(["4-1"]);
    bench.assign("5-1");
    expect(started(bench.end("3-1")), "5-1 would be the third to pass").to.deep.equal([]);
    bench.end("4-1");
    expect(started(bench.end("1-1"))).to.deep.equal(["2-1"]);
  });

  it("gives back what can never fit", () => {
    const bench = new Bench();
    expect(returned(bench.assign("1-1", { cores: 5 }))).to.deep.equal(["1-1 no-room"]);
    const full = new Bench({}, [content("w", { size: 950 })]);
    expect(returned(full.assign("1-1", { disk: 100 }))).to.deep.equal(["1-1 no-room"]);
  });

  it("gives back on request what has not started, and is silent about what has", () => {
    const bench = new Bench();
    bench.assign("1-1");
    bench.assign("2-1", { inputs: ["a"] });
    expect(returned(bench.do({ type: "task-retracted", key: "1-1" }))).to.deep.equal([]);
    expect(returned(bench.do({ type: "task-retracted", key: "2-1" }))).to.deep.equal(["2-1 retracted"]);
    expect(bench.do({ type: "task-retracted", key: "9-9" })).to.deep.equal([]);
  });

  it("kills without a report", () => {
    const bench = new Bench();
    bench.assign("1-1");
    const [kill] = bench.do({ type: "task-killed", key: "1-1" });
    expect(kill).to.include({ type: "kill-task", key: "1-1", code: "cancelled" });
    expect(bench.do({ type: "task-killed", key: "1-1" }), "twice").to.deep.equal([]);
    expect(bench.end("1-1")).to.deep.equal([{ type: "forget-task", key: "1-1" }]);
  });

  it("waits for an input that is not on its way only so long", () => {
    const bench = new Bench();
    bench.assign("1-1", { inputs: ["a"] });
    bench.nowMs = 500;
    expect(returned(bench.do({ type: "tick" }))).to.deep.equal([]);
    bench.nowMs = 1_500;
    expect(returned(bench.do({ type: "tick" }))).to.deep.equal(["1-1 input-missing"]);
  });

  it("waits for an input that is on its way however long it takes", () => {
    const bench = new Bench();
    bench.assign("1-1", { inputs: ["a"] });
    bench.fetch(1, "a");
    bench.nowMs = 50_000;
    expect(returned(bench.do({ type: "tick" }))).to.deep.equal([]);
    bench.fail(1);
    expect(returned(bench.do({ type: "tick" })), "the manager may know another source").to.deep.equal([]);
  });

  it("gives queued tasks back whose input turned out to be damaged", () => {
    const bench = new Bench({}, [content("a")]);
    bench.assign("1-1", { inputs: ["a"], cores: 4 });
    bench.assign("2-1", { inputs: ["a"] });
    const effects = bench.spoil("1-1", "a");
    expect(effects).to.deep.include({
      type: "report-gone",
      cacheName: cacheName("a"),
      reason: "changed by a task that had it as input",
    });
    expect(returned(effects)).to.deep.equal(["2-1 input-missing", "1-1 input-damaged"]);
    expect(bench.world.cache.isDistrusted(cacheName("a"))).to.equal(true);
  });

  it("gives back what ran beside a task that changed its input, though the input came again meanwhile", () => {
    const bench = new Bench({}, [content("a")]);
    bench.assign("1-1", { inputs: ["a"] });
    bench.assign("2-1", { inputs: ["a"] });
    bench.spoil("1-1", "a");
    bench.fetch(1, "a");
    bench.arrive(1, "a");
    expect(returned(bench.spoil("2-1"))).to.deep.equal(["2-1 input-damaged"]);
    expect(bench.state("a")).to.equal("ready");
  });

  it("keeps an input that was only made writable, and does not link it again", () => {
    const bench = new Bench({}, [content("a")]);
    bench.assign("1-1", { inputs: ["a"] });
    expect(bench.end("1-1", [], ["a"])).to.deep.equal([{ type: "report-end", key: "1-1" }]);
    expect(bench.world.cache.isDistrusted(cacheName("a"))).to.equal(true);
  });

  it("gives back a task that could not be started", () => {
    const bench = new Bench();
    bench.assign("1-1", { cores: 4 });
    bench.assign("2-1");
    const effects = bench.do({ type: "task-unstarted", key: "1-1", message: "no space" });
    expect(returned(effects)).to.deep.equal(["1-1 no-room"]);
    expect(started(effects)).to.deep.equal(["2-1"]);
  });
});

describe("a worker that leaves", () => {
  it("gives everything back that has not started, and takes nothing new", () => {
    const bench = new Bench();
    bench.assign("1-1", { cores: 4 });
    bench.assign("2-1");
    bench.fetch(1, "a");
    const effects = bench.do({ type: "leave", kill: false, message: "bye" });
    expect(returned(effects)).to.deep.equal(["2-1 leaving"]);
    expect(effects.map((effect) => effect.type)).to.include.members(["abort-transfer", "report-failed"]);
    expect(returned(bench.assign("3-1"))).to.deep.equal(["3-1 leaving"]);
    expect(bench.fetch(2, "b")[0]).to.include({ type: "report-failed" });
    expect(bench.end("1-1").map((effect) => effect.type)).to.deep.equal(["report-end"]);
  });

  it("in haste kills what runs and gives it back too, but not what the manager had cancelled", () => {
    const bench = new Bench();
    bench.assign("1-1");
    bench.assign("2-1");
    bench.do({ type: "task-killed", key: "2-1" });
    const effects = bench.do({ type: "leave", kill: true, message: "bye" });
    expect(effects.map((effect) => effect.type)).to.deep.equal(["kill-task"]);
    expect(returned(bench.end("1-1"))).to.deep.equal(["1-1 leaving"]);
    expect(bench.end("2-1")).to.deep.equal([{ type: "forget-task", key: "2-1" }]);
  });
});

describe("a worker that lost its manager", () => {
  const busy = (): Bench => {
    const bench = new Bench({}, [content("here")]);
    bench.assign("1-1", { cores: 4 });
    bench.assign("2-1", { inputs: ["here"] });
    bench.assign("3-1", { inputs: ["there"] });
    bench.fetch(1, "there");
    return bench;
  };

  it("with finish lets what runs end, and forgets the rest", () => {
    const bench = busy();
    bench.do({ type: "manager-lost", policy: "finish" });
    expect(bench.world.tasks.size).to.equal(1);
    expect(bench.world.transfers.size).to.equal(0);
    expect(bench.end("1-1").map((effect) => effect.type)).to.deep.equal(["report-end"]);
  });

  it("with keep also goes on with what has its inputs", () => {
    const bench = busy();
    bench.do({ type: "manager-lost", policy: "keep" });
    expect(started(bench.end("1-1"))).to.deep.equal(["2-1"]);
  });

  it("with drop kills what runs", () => {
    const bench = busy();
    const effects = bench.do({ type: "manager-lost", policy: "drop" });
    expect(effects.map((effect) => effect.type)).to.include("kill-task");
    expect(bench.end("1-1")).to.deep.equal([{ type: "forget-task", key: "1-1" }]);
  });

  it("keeps only longer-lived files for another manager", () => {
    const bench = new Bench({}, [
      content("w"),
      content("t", { lifetime: "task" }),
      content("k", { lifetime: "worker" }),
      content("f", { lifetime: "forever" }),
      content("used"),
    ]);
    bench.assign("1-1", { inputs: ["used"] });
    bench.do({ type: "manager-changed" });
    expect(["w", "t", "k", "f", "used"].map((name) => bench.state(name))).to.deep.equal([
      "absent",
      "absent",
      "ready",
      "ready",
      "leaving",
    ]);
    bench.end("1-1");
    expect(bench.state("used")).to.equal("absent");
  });
});
