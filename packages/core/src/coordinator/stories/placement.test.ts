import { expect } from "chai";
import { fileId, taskId, workerId } from "../../model/ids.js";
import { anInput, anOutput } from "../../testing/builders.js";
import { only, Stage } from "./stage.test.kit.js";

const f = fileId;
const cores = (count: number, gpus = 0): { cores: number; memory: number; disk: number; gpus: number } => ({
  cores: count,
  memory: count * 1e9,
  disk: 1e11,
  gpus,
});

describe("placement", () => {
  it("sends a task to the worker that holds most bytes of its inputs", () => {
    const stage = new Stage({ prefetch: 0 });
    for (const id of [1, 2, 3]) stage.declare({ id });
    for (const id of [1, 2]) stage.join({ id, resources: cores(1) });
    stage.submit({ id: 1, outputs: [anOutput(f(1))] }, { id: 2, outputs: [anOutput(f(2))] });
    stage.end(1, {}, 10);
    stage.end(2, {}, 10_000);
    const { worker } = stage.assignment(2);
    stage.submit({ id: 3, inputs: [anInput(f(1)), anInput(f(2))] });
    expect(stage.assignment(3).worker).to.equal(worker);
  });

  it("compares how long tasks took at workers, once each was tried, where that is the policy", () => {
    const stage = new Stage({ prefetch: 0, policy: "fastest" });
    for (const id of [1, 2]) stage.join({ id, resources: cores(1) });
    const workers = [500, 100, 950].map((ms, index) => {
      stage.submit({ id: index + 1 });
      stage.later(ms);
      stage.end(index + 1);
      return stage.assignment(index + 1).worker;
    });
    stage.submit({ id: 4 });
    expect([...workers, stage.assignment(4).worker]).to.deep.equal([1, 2, 2, 1].map(workerId));
  });

  it("lets a worker that falls free first take ready work whose data it has", () => {
    const stage = new Stage({ prefetch: 0 });
    stage.declare({ id: 1 });
    stage.join({ id: 1, resources: cores(1) });
    stage.submit(
      { id: 1, outputs: [anOutput(f(1))] },
      { id: 2 },
      { id: 3 },
      { id: 4 },
      { id: 5, inputs: [anInput(f(1))] },
    );
    stage.end(1);
    stage.end(5);
    expect(stage.all("assign").map(({ task }) => task)).to.deep.equal([1, 5, 2]);
  });

  it("but not before work of higher priority", () => {
    const stage = new Stage({ prefetch: 0 });
    stage.declare({ id: 1 });
    stage.join({ id: 1, resources: cores(1) });
    stage.submit(
      { id: 1, outputs: [anOutput(f(1))] },
      { id: 5, inputs: [anInput(f(1))] },
      { id: 2, priority: 1 },
      { id: 3, priority: 1 },
    );
    stage.end(2);
    stage.end(3);
    expect(stage.all("assign").map(({ task }) => task)).to.deep.equal([2, 3, 1]);
  });

  it("counts against a named disk only what the worker keeps, and says so where that is in the way", () => {
    const stage = new Stage({ prefetch: 0 });
    stage.declare({ id: 1, lifetime: "forever" });
    stage.declare({ id: 2 });
    stage.join({ id: 1, resources: cores(1) });
    stage.submit({ id: 1, outputs: [anOutput(f(1)), anOutput(f(2))] });
    stage.end(1, {}, 3e10);
    stage.submit({ id: 2, inputs: [anInput(f(1))], resources: { cores: 1, disk: 6e10 } });
    expect(stage.assignment(2).worker).to.equal(1);
    stage.end(2);
    stage.submit({ id: 3, inputs: [anInput(f(2))], resources: { cores: 1, disk: 8e10 } });
    expect(stage.coordinator.explain(taskId(3))).to.match(
      /has room for it otherwise, keeps 30000000000 bytes of files on its disk that are still needed/,
    );
  });

  it("spreads tasks over all workers that join together", () => {
    const stage = new Stage();
    stage.submit(...Array.from({ length: 30 }, (_, index) => ({ id: index + 1 })));
    stage.step(...Array.from({ length: 30 }, (_, index) => join(index + 1)));
    expect(new Set(stage.all("assign").map(({ worker }) => worker)).size).to.equal(30);
  });

  it("gives each gpu to one task at a time", () => {
    const stage = new Stage();
    stage.join({ resources: cores(8, 2) });
    stage.submit(...[1, 2, 3].map((id) => ({ id, resources: { cores: 1, gpus: 1, memory: 1e9 } })));
    expect(stage.all("assign").map(({ allocation }) => allocation.gpuIds)).to.deep.equal([[0], [1]]);
    stage.end(1);
    expect(stage.assignment(3).allocation.gpuIds).to.deep.equal([0]);
  });

  it("sends a bounded number of tasks ahead of room, which the worker starts itself", () => {
    const stage = new Stage();
    stage.join({ resources: cores(2) });
    stage.submit(...Array.from({ length: 9 }, (_, index) => ({ id: index + 1 })));
    expect(stage.all("assign")).to.have.length(4);
    stage.end(1);
    expect(stage.all("assign")).to.have.length(5);
  });

  it("takes back for an idle worker what waits at a busy one", () => {
    const stage = new Stage();
    stage.join({ id: 1, resources: cores(2) });
    stage.submit(...Array.from({ length: 4 }, (_, index) => ({ id: index + 1 })));
    for (const task of [1, 2]) stage.start(task);
    const retracts = only(stage.join({ id: 2, resources: cores(1) }), "retract");
    expect(retracts.map(({ task }) => task)).to.deep.equal([4]);
    stage.returned(4);
    expect(stage.assignment(4)).to.include({ worker: 2, attempt: 2 });
    expect(stage.coordinator.stats.takenBack).to.equal(1);
  });

  it("goes on where the worker has started what it was asked to give back", () => {
    const stage = new Stage();
    stage.join({ id: 1, resources: cores(1) });
    stage.submit({ id: 1 }, { id: 2 });
    stage.start(1);
    stage.join({ id: 2, resources: cores(1) });
    stage.end(1);
    stage.start(2);
    stage.end(2);
    expect(stage.result(2).attempts).to.have.length(1);
  });

  it("is not held up by tasks that fit nowhere, and says of them why, once", () => {
    const stage = new Stage();
    stage.join({ resources: cores(2) });
    stage.submit(
      { id: 1, priority: 9, resources: { cores: 16 } },
      { id: 2, priority: 9, resources: { cores: 16 } },
      { id: 3 },
    );
    expect(stage.assignment(3).worker).to.equal(1);
    expect(stage.all("note").filter(({ level }) => level === "warn")).to.have.length(1);
    expect(stage.coordinator.explain(taskId(1))).to.contain("has 2 cores of the 16 asked for");
    stage.join({ id: 2, resources: cores(16) });
    expect(stage.assignment(1).worker).to.equal(2);
  });

  it("gives up tasks that fit nowhere for as long as it was told to, and no others", () => {
    const stage = new Stage({ unschedulableMs: 1_000 });
    stage.join({ resources: cores(2) });
    stage.submit({ id: 1, resources: { cores: 16 } }, { id: 2, resources: { cores: 16 } }, { id: 3 });
    stage.later(1_000);
    for (const task of [1, 2]) {
      expect(stage.result(task)).to.include({ code: "unschedulable", error: "UNSCHEDULABLE" });
      expect(stage.result(task).message).to.contain("has 2 cores of the 16 asked for");
    }
    expect(stage.results.has(3)).to.equal(false);
    stage.submit({ id: 4, resources: { cores: 16 } });
    stage.later(900);
    stage.join({ id: 2, resources: cores(16) });
    stage.later(1_000);
    expect(stage.assignment(4).worker).to.equal(2);
  });

  it("sends tasks only to workers that offer their features", () => {
    const stage = new Stage();
    stage.join({ id: 1 });
    stage.submit({ id: 1, features: ["fast-disk"] });
    expect(stage.coordinator.explain(taskId(1))).to.contain('offers no "fast-disk"');
    stage.join({ id: 2, features: ["fast-disk"] });
    expect(stage.assignment(1).worker).to.equal(2);
  });
});

function join(id: number): Parameters<Stage["step"]>[0] {
  const worker = {
    id: id as never,
    name: `w${id}`,
    host: "h",
    hostId: "h",
    resources: cores(4),
    features: [],
    holds: [],
  };
  return { type: "worker-joined", worker };
}
