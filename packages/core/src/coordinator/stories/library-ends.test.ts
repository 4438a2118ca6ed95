import { expect } from "chai";
import { fileId, workerId } from "../../model/ids.js";
import { aCall, anInput } from "../../testing/builders.js";
import { LibraryStage } from "./library-stage.test.kit.js";

const LONG = { measured: { wallMs: 1000 } };

/** A worker of four cores, a library of one core, and an instance of it that is ready. */
function running(slots = 4, maxInstances = 1): LibraryStage {
  const stage = new LibraryStage({ coolOffMs: 16_000 });
  stage.join();
  stage.provide({ slots, maxInstances });
  stage.call({ id: 1 });
  stage.ready(1, { slots });
  stage.end(1, LONG);
  return stage;
}

describe("a library that does not start", () => {
  function failing(startTries = 3): LibraryStage {
    const stage = new LibraryStage({ coolOffMs: 16_000 });
    stage.join();
    stage.provide({ startTries, maxInstances: 1 });
    stage.calls(1, 2);
    return stage;
  }

  it("is tried again after a while, longer each time, and then its calls fail with what it said", () => {
    const stage = failing();
    stage.exits(1, "no module named numpy");
    expect(stage.explain(1)).to.match(/is started again in 1000 ms, after 1 failed start: .*numpy/s);
    expect(stage.all("deploy")).to.have.length(1);
    stage.later(1000);
    stage.exits(2, "no module named numpy");
    stage.later(1000);
    expect(stage.all("deploy")).to.have.length(2);
    stage.later(1000);
    stage.exits(3, "no module named numpy");
    for (const id of [1, 2]) {
      expect(stage.result(id)).to.include({ code: "library-exit", error: "LIBRARY_EXIT" });
      expect(stage.result(id).message).to.match(
        /library-1 cannot be started, after 3 tries: it exited with code 1; .*no module named numpy/s,
      );
    }
    expect(stage.library()).to.include({ failedStarts: 3, instances: 0 });
  });

  it("fails further calls at once for a while, and is tried again after that", () => {
    const stage = failing(1);
    stage.exits(1, "no");
    stage.call({ id: 3 });
    expect(stage.result(3).code).to.equal("library-exit");
    stage.later(16_000);
    stage.call({ id: 4 });
    stage.ready(2);
    stage.end(4);
    expect(stage.result(4).code).to.equal("success");
  });

  it("is tried at another worker where there is one", () => {
    const stage = failing();
    stage.join({ id: 2 });
    stage.exits(1, "no python here");
    stage.later(1000);
    expect(stage.deployed(2).worker).to.equal(workerId(2));
  });

  it("does not make calls fail while another instance of it answers", () => {
    const stage = new LibraryStage({ coolOffMs: 16_000 });
    stage.join();
    stage.provide({ startTries: 1, maxInstances: 2 });
    stage.calls(1, 12);
    stage.ready(1);
    stage.exits(2, "no");
    expect(stage.results.size).to.equal(0);
    for (let id = 1; id <= 12; id += 1) stage.end(id, LONG);
    expect(stage.result(12).code).to.equal("success");
  });

  it("that says it never can is not tried there again, and its calls fail when no worker is left", () => {
    const stage = failing();
    stage.join({ id: 2 });
    stage.exits(1, "no module named numpy", { exitCode: 78 });
    expect(stage.results.size).to.equal(0);
    expect(stage.deployed(2).worker).to.equal(workerId(2));
    stage.exits(2, "no module named numpy", { exitCode: 78 });
    for (const id of [1, 2])
      expect(stage.result(id).message).to.match(/cannot be started, after 2 tries: .*no module named numpy/s);
    stage.later(16_000);
    stage.call({ id: 3 });
    expect(stage.all("deploy")).to.have.length(3);
  });

  it("counts one that was ready, served nobody and ended", () => {
    const stage = failing(1);
    stage.ready(1);
    stage.step({ type: "task-cancelled", task: aCall({ id: 1 }).id });
    stage.step({ type: "task-cancelled", task: aCall({ id: 2 }).id });
    stage.exits(1, "bye");
    expect(stage.library().failedStarts).to.equal(1);
  });
});

describe("an instance that ends for want of memory", () => {
  const starved = { code: "resource-exhaustion", exhausted: ["memory"], message: "too much" } as const;

  it("is followed at once by one with twice as much, as often as it may be tried, up to a whole worker", () => {
    const stage = new LibraryStage({ coolOffMs: 16_000 });
    stage.join();
    stage.provide({ slots: 1, maxInstances: 1, startTries: 3, resources: { memory: 3e9 } });
    stage.calls(1, 2, { retries: 9 });
    const given: number[] = [];
    for (const instance of [1, 2, 3]) {
      given.push(stage.deployed(instance).allocation.memory);
      stage.exits(instance, "", starved);
    }
    expect([...given, stage.deployed(4).allocation.memory]).to.deep.equal([3e9, 6e9, 12e9, 16e9]);
    expect(stage.library().failedStarts).to.equal(0);
    stage.exits(4, "", starved);
    expect(stage.library().failedStarts).to.equal(1);
    expect(stage.last("note").message).to.match(/library-1 did not start at worker-1: too much/);
  });

  it("counts once for all that were started with as little", () => {
    const stage = new LibraryStage();
    stage.join();
    stage.provide({ slots: 1, maxInstances: 2, resources: { memory: 3e9 } });
    stage.calls(1, 4, { retries: 9 });
    stage.exits(1, "", starved);
    stage.exits(2, "", starved);
    expect([3, 4].map((instance) => stage.deployed(instance).allocation.memory)).to.deep.equal([6e9, 6e9]);
  });

  it("costs the call that it ran a retry", () => {
    const stage = running(1);
    stage.calls(2, 2, { retries: 0 });
    stage.exits(1, "", starved);
    stage.end(2, { code: "library-exit", message: "its process ended" });
    stage.returned(3, "library-gone");
    expect(stage.result(2).code).to.equal("library-exit");
    stage.ready(2, { slots: 1 });
    stage.end(3);
    expect(stage.result(3).code).to.equal("success");
    expect(stage.deployed(2).allocation.memory).to.equal(2 * stage.deployed(1).allocation.memory);
  });
});

describe("an instance of a library that does not grow, and ends for want of memory", () => {
  const starved = { code: "resource-exhaustion", exhausted: ["memory"], message: "used too much" } as const;
  const lost = { code: "library-exit", exhausted: ["memory"], message: "its process ended" } as const;

  function small(): LibraryStage {
    const stage = new LibraryStage({ coolOffMs: 16_000 });
    stage.join();
    stage.provide({ slots: 1, maxInstances: 1, grows: false, resources: { memory: 3e9 } });
    return stage;
  }

  it("ends the call that it ran, whatever its retries, and others run in one of the same size", () => {
    const stage = small();
    stage.calls(1, 3, { retries: 9 });
    stage.ready(1, { slots: 1 });
    stage.end(1, LONG);
    stage.exits(1, "", starved);
    stage.end(2, lost);
    stage.returned(3, "library-gone");
    expect(stage.result(2)).to.include({ code: "resource-exhaustion", error: "RESOURCE_EXHAUSTED" });
    expect(stage.deployed(2).allocation.memory).to.equal(3e9);
    stage.ready(2, { slots: 1 });
    stage.end(3, LONG);
    expect(stage.result(3).code).to.equal("success");
    expect(stage.library().failedStarts).to.equal(0);
  });

  it("before it has served anybody, it ends those that wait for it", () => {
    const stage = small();
    stage.calls(1, 2, { retries: 9 });
    stage.exits(1, "", starved);
    for (const id of [1, 2])
      expect(stage.result(id)).to.include({ code: "resource-exhaustion", error: "RESOURCE_EXHAUSTED" });
    expect(stage.result(1).message).to.match(/library-1 used too much/);
  });
});

describe("an instance that crashes", () => {
  it("costs the call that it ran a retry, and those that it had not begun nothing", () => {
    const stage = running(1);
    stage.calls(2, 2, { retries: 1 });
    stage.crashes(1, [2], [3]);
    stage.ready(2, { slots: 1 });
    expect(stage.dealtTo(2)).to.deep.equal([2, 3]);
    stage.crashes(2, [2], [3]);
    expect(stage.result(2)).to.include({ code: "library-exit", error: "LIBRARY_EXIT" });
    expect(stage.result(2).message).to.match(/SIGSEGV ended it, and its 1 retries are used up/);
    stage.later(1000);
    stage.ready(3, { slots: 1 });
    stage.end(3);
    expect(stage.result(3)).to.include({ code: "success" });
  });

  it("may be told of before its calls are", () => {
    const stage = running(1);
    stage.calls(2, 2);
    stage.exits(1);
    expect([stage.state(2), stage.state(3)]).to.deep.equal(["assigned", "assigned"]);
    stage.end(2, { code: "library-exit" });
    stage.returned(3, "library-gone");
    stage.ready(2, { slots: 1 });
    expect(stage.dealtTo(2)).to.deep.equal([2, 3]);
  });

  it("with its worker costs a retry of those calls only that may have begun", () => {
    const stage = running(2);
    stage.calls(2, 4, { retries: 0 });
    stage.lose(1);
    expect([2, 3].map((id) => stage.result(id).code)).to.deep.equal(["max-retries", "max-retries"]);
    stage.join({ id: 2 });
    stage.ready(2, { slots: 2 });
    expect(stage.dealtTo(2)).to.deep.equal([4, 5]);
  });
});

describe("an instance that has nothing to do", () => {
  const all = { cores: 4 };

  it("stays, and serves the next call at once", () => {
    const stage = running();
    stage.later(3_600_000);
    stage.call({ id: 2 });
    expect(stage.dealtTo(1)).to.deep.equal([1, 2]);
  });

  it("ends when a task needs its room", () => {
    const stage = running();
    stage.submit({ id: 2, resources: all });
    expect(stage.all("kill").map(({ task }) => task)).to.deep.equal([stage.deployed(1).task]);
    expect(stage.assignment(2).worker).to.equal(workerId(1));
    stage.end(2);
    stage.call({ id: 3 });
    expect(stage.deployed(2).worker).to.equal(workerId(1));
  });

  it("ends when another library needs its room", () => {
    const stage = running();
    stage.provide({ id: 2, resources: all });
    stage.call({ id: 2, call: { library: stage.library(2).id } });
    expect(stage.all("kill")).to.have.length(1);
    expect(stage.deployed(2)).to.include({ library: stage.library(2).id });
  });

  it("is not ended for what would not fit all the same", () => {
    const stage = running();
    stage.submit({ id: 2, resources: { cores: 4 } }, { id: 3, resources: { cores: 5 } });
    expect(stage.all("kill")).to.have.length(1);
    stage.end(2);
    stage.call({ id: 4 });
    stage.ready(2);
    stage.end(4);
    expect(stage.all("kill")).to.have.length(1);
  });

  it("while its calls ran and a task came to wait for its room makes way for it", () => {
    const stage = new LibraryStage();
    stage.join({ resources: { cores: 2, memory: 8e9, disk: 1e10, gpus: 0 } });
    stage.submit({ id: 1, resources: { cores: 1 } });
    stage.submit({ id: 2, resources: { cores: 2 } });
    stage.provide({ maxInstances: 1 });
    stage.call({ id: 3 });
    stage.ready(1);
    stage.end(1);
    stage.end(3);
    expect(stage.all("kill")).to.have.length(1);
    stage.end(2);
    expect(stage.result(2).code).to.equal("success");
  });

  it("ends with its worker's time, and calls go elsewhere", () => {
    const stage = running(1);
    stage.calls(2, 2);
    stage.step({ type: "worker-draining", worker: workerId(1) });
    expect(stage.all("retract").map(({ task }) => task)).to.deep.equal([2, 3]);
    stage.returned(3);
    expect(stage.all("release")).to.have.length(0);
    stage.end(2);
    expect(stage.all("kill").map(({ task }) => task)).to.deep.equal([stage.deployed(1).task]);
    expect(stage.all("release")).to.have.length(1);
    stage.join({ id: 2 });
    expect(stage.deployed(2).worker).to.equal(workerId(2));
  });
});

describe("a value that calls pass on through a lost library", () => {
  it("is made again by the call that made it", () => {
    const stage = running(1);
    stage.declare({ id: 1 });
    stage.call(
      { id: 2, outputs: [{ file: fileId(1), name: "", when: "success", watch: false, use: "value" }] },
      { id: 3, inputs: [{ file: fileId(1), name: "x", use: "value" }] },
    );
    stage.end(2, LONG, 1e6);
    expect(stage.dealtTo(1)).to.deep.equal([1, 2, 3]);
    stage.lose(1);
    stage.join({ id: 2 });
    stage.ready(2, { slots: 1 });
    expect(stage.dealtTo(2)).to.deep.equal([2]);
    stage.end(2, LONG, 1e6);
    stage.end(3);
    expect(stage.result(3).code).to.equal("success");
    stage.submit({ id: 4, inputs: [anInput(fileId(1))] });
    stage.end(4);
    expect(stage.result(4).code).to.equal("success");
  });
});
