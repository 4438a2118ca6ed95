import { expect } from "chai";
import { taskId, workerId } from "../../model/ids.js";
import { LibraryStage } from "./library-stage.test.kit.js";

const LONG = { measured: { wallMs: 1000 } };

/** A worker of four cores that instances of a library of so many cores fill, each busy with a call of priority 0. */
function full(cores: number): LibraryStage {
  const stage = new LibraryStage({ coolOffMs: 1000 });
  stage.join();
  stage.provide({ slots: 1, resources: { cores } });
  stage.calls(1, 8);
  for (let instance = 1; instance <= 4 / cores; instance += 1) stage.ready(instance, { slots: 1 });
  return stage;
}

describe("instances that are busy", () => {
  it("get no calls any more, and end, when something of higher priority waits for their room", () => {
    const stage = full(4);
    expect(stage.dealtTo(1)).to.deep.equal([1, 2]);
    stage.submit({ id: 10, priority: 1, resources: { cores: 4 } });
    expect(stage.all("retract").map(({ task }) => task)).to.deep.equal([1, 2]);
    stage.returned(2);
    stage.end(1, LONG);
    expect(stage.dealtTo(1)).to.deep.equal([1, 2]);
    expect(stage.all("kill").map(({ task }) => task)).to.deep.equal([stage.deployed(1).task]);
    expect(stage.assignment(10).worker).to.equal(workerId(1));
    stage.end(10);
    stage.ready(2, { slots: 1 });
    expect(stage.dealtTo(2)).to.deep.equal([2, 3]);
  });

  it("make way for another library whose calls go before theirs", () => {
    const stage = full(4);
    stage.provide({ id: 2, slots: 1 });
    stage.call({ id: 10, priority: 1, call: { library: stage.library(2).id } });
    stage.returned(2);
    stage.end(1, LONG);
    expect(stage.deployed(2).library).to.equal(stage.library(2).id);
  });

  it("stay for what goes with them or behind them", () => {
    const stage = full(4);
    stage.submit({ id: 10, priority: 0, resources: { cores: 4 } }, { id: 11, priority: -1 });
    stage.end(1, LONG);
    expect(stage.all("retract")).to.have.length(0);
    expect(stage.dealtTo(1)).to.deep.equal([1, 2, 3]);
  });

  it("end only as far as it takes, and none that goes behind comes in their place meanwhile", () => {
    const stage = full(1);
    stage.submit({ id: 10, priority: 1, resources: { cores: 2 } });
    expect(stage.library()).to.include({ instances: 2, ready: 2 });
    const deploys = stage.all("deploy").length;
    expect(stage.all("retract").map(({ task }) => task)).to.deep.equal([1, 2, 3, 4]);
    stage.returned(2);
    stage.end(1, LONG);
    expect(stage.all("deploy")).to.have.length(deploys);
    expect(stage.state(10)).to.equal("ready");
    stage.returned(4);
    stage.end(3, LONG);
    expect(stage.assignment(10).worker).to.equal(workerId(1));
  });

  it("are started again at once when nobody waits for their room any more", () => {
    const stage = full(4);
    stage.submit({ id: 10, priority: 1, resources: { cores: 4 } });
    stage.step({ type: "task-cancelled", task: taskId(10) });
    stage.returned(2);
    stage.end(1, LONG);
    stage.ready(2, { slots: 1 });
    expect(stage.dealtTo(2)).to.deep.equal([2, 3]);
  });
});
