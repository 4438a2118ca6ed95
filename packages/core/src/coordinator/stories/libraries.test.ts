import { expect } from "chai";
import { fileId, libraryId, taskId, workerId } from "../../model/ids.js";
import { anInput } from "../../testing/builders.js";
import { LibraryStage } from "./library-stage.test.kit.js";
import { only } from "./stage.test.kit.js";

/** One worker of four cores, one library of one core and four slots, and an instance of it that is ready. */
function running(different: Parameters<LibraryStage["provide"]>[0] = {}): LibraryStage {
  const stage = new LibraryStage({ coolOffMs: 1000 });
  stage.join();
  stage.provide(different);
  stage.call({ id: 1 });
  stage.ready(1, { slots: different.slots ?? 4 });
  stage.end(1, { measured: { wallMs: 1000 } });
  return stage;
}

describe("a library", () => {
  it("is deployed when a call needs it, and the call goes to its instance when that is ready", () => {
    const stage = new LibraryStage();
    stage.join();
    expect(stage.provide()).to.deep.equal([]);
    stage.call({ id: 1 });
    expect(stage.deployed()).to.include({ worker: workerId(1), library: libraryId(1) });
    expect(stage.state(1)).to.equal("ready");
    expect(stage.explain(1)).to.match(/waits for an instance of library library-1: 1 is starting/);
    stage.ready();
    expect(stage.dealtTo(1)).to.deep.equal([1]);
    stage.end(1);
    expect(stage.result(1)).to.include({ state: "done", code: "success" });
    expect(stage.library()).to.include({ instances: 1, ready: 1, slots: 4, busy: 0, waiting: 0 });
  });

  it("gets as many instances as its calls can use and workers have room for", () => {
    const stage = new LibraryStage();
    stage.join({ id: 1 });
    stage.join({ id: 2 });
    stage.provide();
    stage.calls(1, 9);
    expect(stage.all("deploy")).to.have.length(3);
    stage.calls(10, 100);
    expect(stage.all("deploy")).to.have.length(8);
    stage.join({ id: 3 });
    expect(stage.all("deploy")).to.have.length(12);
  });

  it("never has more instances than it may", () => {
    const stage = new LibraryStage();
    stage.join();
    stage.provide({ maxInstances: 2 });
    stage.calls(1, 100);
    expect(stage.all("deploy")).to.have.length(2);
  });

  it("brings its inputs to its worker first, and keeps them while it is declared", () => {
    const stage = new LibraryStage();
    stage.declare({ id: 1, lifetime: "task" });
    stage.join();
    stage.provide({ inputs: [anInput(fileId(1))] });
    stage.call({ id: 1 });
    expect(stage.all("deploy")).to.have.length(0);
    stage.submit({ id: 2, outputs: [{ file: fileId(1), name: "m", when: "success", watch: false }] });
    stage.end(2);
    expect(stage.all("deploy")).to.have.length(1);
    stage.ready();
    stage.end(1);
    expect(stage.all("drop")).to.have.length(0);
    stage.step({ type: "library-removed", library: libraryId(1) });
    expect(stage.all("kill")).to.have.length(1);
    expect(stage.all("drop")).to.have.length(1);
    expect(stage.coordinator.libraries()).to.deep.equal([]);
  });

  it("that is removed still answers the calls that were submitted before, and no other", () => {
    const stage = running();
    stage.calls(2, 2);
    stage.step({ type: "library-removed", library: libraryId(1) });
    stage.call({ id: 4 });
    expect(stage.result(4)).to.include({ code: "missing-library", error: "UNKNOWN_LIBRARY" });
    stage.end(2);
    expect(stage.all("kill")).to.have.length(0);
    stage.end(3);
    expect(only(stage.effects, "kill").map(({ task }) => task)).to.deep.equal([stage.deployed(1).task]);
  });

  it("that cannot get an input fails its calls with what is wrong there", () => {
    const stage = new LibraryStage();
    stage.declare({ id: 1, origin: { type: "local" } });
    stage.join();
    stage.provide({ inputs: [anInput(fileId(1))] });
    stage.call({ id: 1 });
    stage.step({ type: "file-unusable", file: fileId(1), error: "INPUT_MISSING", message: "no such file" });
    expect(stage.result(1)).to.include({ code: "missing-library", error: "INPUT_MISSING" });
    expect(stage.result(1).message).to.match(/library-1 cannot be started: .*no such file/);
  });

  it("goes to where its inputs are", () => {
    const stage = new LibraryStage();
    stage.declare({ id: 1 });
    stage.join({ id: 1, features: ["x"] });
    stage.join({ id: 2 });
    stage.submit({
      id: 1,
      features: ["x"],
      outputs: [{ file: fileId(1), name: "m", when: "success", watch: false }],
    });
    stage.end(1, {}, 1e9);
    stage.provide({ inputs: [anInput(fileId(1))] });
    stage.call({ id: 2 });
    expect(stage.deployed().worker).to.equal(1);
  });
});

describe("calls", () => {
  it("go one at a time to the instances in turn, a few more than there are slots", () => {
    const stage = new LibraryStage();
    stage.join({ resources: { cores: 2, memory: 8e9, disk: 1e10, gpus: 0 } });
    stage.provide({ slots: 2 });
    stage.calls(1, 20);
    stage.ready(1, { slots: 2 });
    expect(stage.dealtTo(1)).to.deep.equal([1, 2, 3, 4]);
    stage.ready(2, { slots: 2 });
    expect(stage.dealtTo(2)).to.deep.equal([5, 6, 7, 8]);
    stage.end(1, { measured: { wallMs: 500 } });
    expect(stage.dealtTo(1).at(-1)).to.equal(9);
  });

  it("that are short are sent far ahead, until they are five milliseconds of work for each slot", () => {
    const stage = running({ maxInstances: 1 });
    stage.calls(2, 1, { call: { function: "quick" } });
    stage.end(2, { measured: { wallMs: 0.1 } });
    stage.calls(3, 1000, { call: { function: "quick" } });
    expect(stage.dealtTo(1)).to.have.length(2 + 4 * 51);
    stage.end(3, { measured: { wallMs: 0.1 } });
    expect(stage.dealtTo(1)).to.have.length(2 + 4 * 51 + 1);
  });

  it("go by priority, then in order of submission", () => {
    const stage = running({ slots: 1 });
    stage.calls(2, 10);
    stage.call({ id: 20, priority: 5 });
    for (const id of stage.dealtTo(1).slice(1)) stage.end(id, { measured: { wallMs: 1000 } });
    expect(stage.dealtTo(1)).to.include(20);
  });

  it("go where their inputs are, while there is a free slot", () => {
    const stage = new LibraryStage();
    stage.declare({ id: 1 });
    stage.declare({ id: 2 });
    stage.join({ id: 1 });
    stage.join({ id: 2, features: ["x"] });
    stage.submit({
      id: 1,
      features: ["x"],
      outputs: [{ file: fileId(1), name: "m", when: "success", watch: false }],
    });
    stage.end(1, {}, 1e6);
    stage.provide();
    stage.calls(10, 32);
    for (let instance = 1; instance <= stage.all("deploy").length; instance += 1) stage.ready(instance);
    for (const { task } of stage.all("call")) stage.end(task, { measured: { wallMs: 500 } });
    stage.call({ id: 50, inputs: [{ file: fileId(1), name: "a", use: "value" }] });
    expect(stage.sent(50).worker).to.equal(2);
    expect(stage.all("fetch")).to.have.length(0);
  });

  it("that wait at a busy instance are asked back when another has nothing to do", () => {
    const stage = new LibraryStage();
    stage.join({ resources: { cores: 2, memory: 8e9, disk: 1e10, gpus: 0 } });
    stage.provide({ slots: 1 });
    stage.calls(1, 2);
    stage.ready(1, { slots: 1 });
    expect(stage.dealtTo(1)).to.deep.equal([1, 2]);
    stage.ready(2, { slots: 1 });
    expect(stage.last("retract").task).to.equal(2);
    stage.returned(2);
    expect(stage.dealtTo(2)).to.deep.equal([2]);
    stage.end(1);
    stage.end(2);
    expect(stage.result(2).attempts.map(({ ended }) => ended)).to.deep.equal(["retracted", "success"]);
  });

  it("that are stuck behind one that takes much longer than others did are asked back after a moment", () => {
    const stage = new LibraryStage();
    stage.join({ resources: { cores: 2, memory: 8e9, disk: 1e10, gpus: 0 } });
    stage.provide({ slots: 1 });
    stage.calls(1, 2);
    for (const instance of [1, 2]) stage.ready(instance, { slots: 1 });
    for (const id of [1, 2]) stage.end(id, { measured: { wallMs: 1 } });
    stage.calls(11, 6);
    const stuck = stage.dealtTo(1).filter((id) => id > 10);
    const others = stage.dealtTo(2).filter((id) => id > 10);
    expect([stuck.length, others.length]).to.deep.equal([3, 3]);
    const before = stage.all("retract").length;
    for (const id of others) stage.end(id, { measured: { wallMs: 1 } });
    expect(stage.all("retract")).to.have.length(before);
    stage.later(10);
    expect(stage.last("retract").task).to.equal(stuck.at(-1));
    stage.returned(stuck.at(-1) ?? 0);
    expect(stage.dealtTo(2).at(-1)).to.equal(stuck.at(-1));
  });

  it("can be cancelled while they wait and while they run", () => {
    const stage = running({ slots: 1, maxInstances: 1 });
    stage.calls(2, 3);
    stage.step({ type: "task-cancelled", task: taskId(4) });
    stage.step({ type: "task-cancelled", task: taskId(2) });
    expect(stage.all("kill").map(({ task }) => task)).to.deep.equal([2]);
    expect([stage.result(2).code, stage.result(4).code]).to.deep.equal(["cancelled", "cancelled"]);
    stage.end(3);
    expect(stage.result(3).code).to.equal("success");
  });

  it("of a function that the library does not offer fail, and say what it offers", () => {
    const stage = new LibraryStage();
    stage.join();
    stage.provide({ functions: ["area", "volume"] });
    stage.call({ id: 1, call: { function: "lenght" } });
    expect(stage.result(1)).to.include({ code: "missing-library", error: "UNKNOWN_FUNCTION" });
    expect(stage.result(1).message).to.match(/no function "lenght": it offers area, volume/);
    stage.call({ id: 2, call: { function: "area" } });
    stage.ready(1, { functions: ["volume"] });
    expect(stage.result(2)).to.include({ code: "missing-library" });
    stage.call({ id: 3, call: { library: libraryId(7) } });
    expect(stage.result(3)).to.include({ code: "missing-library", error: "UNKNOWN_LIBRARY" });
  });

  it("that raise an exception are not tried again", () => {
    const stage = running();
    stage.call({ id: 2 });
    stage.end(2, { code: "exception", message: "ValueError: no" });
    expect(stage.result(2)).to.include({ state: "failed", code: "exception", message: "ValueError: no" });
  });
});

describe("what a call returned, when it is small", () => {
  const value = (id: number) => ({
    outputs: [{ file: fileId(id), name: "", when: "success", watch: false, use: "value" }] as const,
  });

  function returned(stage: LibraryStage, id: number): void {
    const { outputs } = stage.sent(id);
    const reports = outputs.map((output) => ({
      ...output,
      kind: "file" as const,
      size: 3,
      bytes: new Uint8Array(3),
    }));
    stage.end(id, { outputs: reports });
  }

  it("goes along with the calls that read it, without a copy at any worker", () => {
    const stage = running();
    stage.declare({ id: 1 });
    stage.call({ id: 2, ...value(1) }, { id: 3, inputs: [{ file: fileId(1), name: "x", use: "value" }] });
    expect(stage.state(3)).to.equal("waiting");
    returned(stage, 2);
    expect(stage.dealtTo(1)).to.deep.equal([1, 2, 3]);
    expect(stage.all("fetch")).to.deep.equal([]);
    stage.lose(1);
    expect(stage.state(3)).to.equal("ready");
  });

  it("is brought to a task that mounts it", () => {
    const stage = running();
    stage.declare({ id: 1 });
    stage.call({ id: 2, ...value(1) });
    returned(stage, 2);
    stage.submit({ id: 3, inputs: [anInput(fileId(1))] });
    expect(stage.last("fetch").source).to.deep.equal({ type: "manager" });
  });

  it("is forgotten once nobody needs it, and made again when somebody does", () => {
    const stage = running();
    stage.declare({ id: 1, lifetime: "task" });
    stage.call({ id: 2, ...value(1) });
    returned(stage, 2);
    stage.call({ id: 3, inputs: [{ file: fileId(1), name: "x", use: "value" }] });
    stage.end(3);
    expect(stage.all("forget-file").map(({ file }) => file)).to.deep.equal([1]);
    stage.call({ id: 4, inputs: [{ file: fileId(1), name: "x", use: "value" }] });
    expect(stage.sent(2).attempt).to.equal(2);
    returned(stage, 2);
    expect(stage.sent(4).attempt).to.equal(1);
  });

  it("answers whoever wanted it by itself", () => {
    const stage = running();
    stage.declare({ id: 1 });
    stage.call({ id: 2, ...value(1) });
    stage.step({ type: "file-wanted", file: fileId(1) });
    returned(stage, 2);
    expect(stage.all("retrieve")).to.deep.equal([]);
    stage.step({ type: "file-wanted", file: fileId(1) });
    expect(stage.all("file-unobtainable")).to.deep.equal([]);
  });
});
