import { expect } from "chai";
import { fileId, taskId, workerId } from "../../model/ids.js";
import { anInput, anOutcome, anOutput } from "../../testing/builders.js";
import { only, Stage } from "./stage.test.kit.js";

const f = fileId;
const ONE_CORE = { cores: 1, memory: 1e9, disk: 1e10, gpus: 0 };

/** Tasks 1 to `length` in a chain: task n reads file n - 1 and makes file n. */
function chain(stage: Stage, length: number): void {
  for (let id = 1; id <= length; id += 1) stage.declare({ id });
  const tasks = Array.from({ length }, (_, index) => {
    const id = index + 1;
    return { id, retries: 0, inputs: id === 1 ? [] : [anInput(f(id - 1))], outputs: [anOutput(f(id))] };
  });
  stage.submit(...tasks);
}

describe("a lost temp", () => {
  it("that somebody needs is made again without a second report", () => {
    const stage = new Stage();
    stage.join({ id: 1 });
    chain(stage, 2);
    stage.end(1);
    stage.join({ id: 2 });
    stage.lose(1);
    expect(stage.assignment(1)).to.include({ attempt: 2, worker: 2 });
    stage.end(1);
    stage.end(2);
    expect(stage.result(2).state).to.equal("done");
    expect(stage.all("task-finished")).to.have.length(2);
    expect(stage.coordinator.stats.recoveries).to.equal(1);
  });

  it("that nobody needs is not", () => {
    const stage = new Stage();
    stage.join({ id: 1 });
    chain(stage, 1);
    stage.end(1);
    stage.join({ id: 2 });
    stage.lose(1);
    expect(stage.all("assign")).to.have.length(1);
    stage.submit({ id: 9, inputs: [anInput(f(1))] });
    expect(stage.assignment(1).attempt).to.equal(2);
  });

  it("is made again through its whole chain, but no further than to what is still held", () => {
    const stage = new Stage({ prefetch: 0 });
    stage.join({ id: 1, resources: ONE_CORE });
    chain(stage, 5);
    for (const task of [1, 2]) stage.end(task);
    stage.join({ id: 2, resources: ONE_CORE });
    stage.submit({ id: 8, inputs: [anInput(f(2))], priority: 9 });
    stage.end(3);
    const fetch = stage.all("fetch").find(({ worker, file }) => worker === 2 && file === 2);
    if (fetch === undefined) throw new Error("file 2 was to be copied to worker 2");
    stage.arrive(fetch);
    stage.end(8);
    stage.end(4);
    stage.lose(1);
    const again = (): number[] =>
      stage
        .all("assign")
        .filter(({ attempt }) => attempt === 2)
        .map(({ task }) => task);
    for (const task of [3, 4, 5]) stage.end(task);
    // Task 5 had been sent to the lost worker.
    expect(again()).to.deep.equal([3, 4, 5]);
    expect(stage.result(5).state).to.equal("done");
  });

  it("that an old attempt turns out to have left where it is needed goes when it is not needed there any more", () => {
    const stage = new Stage({ prefetch: 0 });
    stage.join({ id: 1, resources: ONE_CORE });
    chain(stage, 2);
    const { worker, attempt, outputs } = stage.assignment(1);
    stage.end(1);
    stage.start(2);
    const [output] = outputs;
    if (output === undefined) throw new Error("it makes a file");
    stage.step({ type: "replica-gone", worker, cacheName: output.cacheName, reason: "damaged" });
    const outcome = anOutcome({ outputs: [{ ...output, kind: "file", size: 1000 }] });
    const again = stage.step({ type: "task-ended", worker, task: taskId(1), attempt, outcome });
    expect(only(again, "drop")).to.deep.equal([]);
    const dropped = only(stage.end(2), "drop").map(({ cacheName }) => cacheName);
    expect(dropped).to.include(output.cacheName);
  });

  it("has an end: a file that is lost as often as it is made makes its consumers fail", () => {
    const stage = new Stage({ recoveryLimit: 3 });
    stage.join({ id: 1 });
    chain(stage, 1);
    stage.submit({ id: 2, inputs: [anInput(f(1))], startAfterMs: 1_000_000 });
    for (let id = 1; id <= 4; id += 1) {
      stage.end(1);
      stage.join({ id: id + 1 });
      stage.lose(id);
    }
    expect(stage.result(2)).to.include({ code: "input-missing", error: "RECOVERY_LIMIT" });
  });

  it("that cannot be made again makes its consumers fail as lost", () => {
    const stage = new Stage();
    stage.join({ id: 1 });
    chain(stage, 2);
    stage.end(1);
    stage.join({ id: 2 });
    stage.lose(1);
    stage.end(1, { code: "signal", outputs: [] });
    expect(stage.result(1).state).to.equal("done");
    expect(stage.result(2)).to.include({ code: "input-missing", error: "INPUT_LOST" });
  });

  it("takes back tasks that wait for a copy of it at another worker", () => {
    const stage = new Stage({ prefetch: 0 });
    stage.join({ id: 1, resources: ONE_CORE });
    chain(stage, 1);
    stage.end(1);
    stage.submit({ id: 7 });
    stage.join({ id: 2, resources: ONE_CORE });
    stage.submit({ id: 2, inputs: [anInput(f(1))] });
    expect(stage.last("fetch")).to.include({ worker: 2, file: 1 });
    stage.lose(1);
    expect(stage.all("kill").map(({ task }) => task)).to.include(2);
    expect(stage.state(2)).to.equal("waiting");
  });

  it("is made again for the application that wants it", () => {
    const stage = new Stage();
    stage.join({ id: 1 });
    chain(stage, 1);
    stage.end(1);
    stage.lose(1);
    stage.join({ id: 2 });
    stage.step({ type: "file-wanted", file: f(1) });
    stage.end(1);
    expect(stage.last("retrieve").source).to.equal(2);
  });
});

describe("replication", () => {
  it("keeps as many copies as asked for, also after a loss, and saves running again", () => {
    const stage = new Stage({ tempReplicas: 2 });
    for (const id of [1, 2, 3]) stage.join({ id });
    chain(stage, 1);
    stage.end(1);
    stage.arrive(stage.last("fetch"));
    expect(stage.coordinator.replicas(f(1))).to.have.length(2);
    stage.lose(stage.coordinator.replicas(f(1))[0] ?? 0);
    stage.arrive(stage.last("fetch"));
    expect(stage.coordinator.replicas(f(1))).to.have.length(2);
    expect(stage.coordinator.stats.recoveries).to.equal(0);
  });
});

describe("a worker that leaves", () => {
  it("gets nothing new, gives back what has not started, and goes when it is empty", () => {
    const stage = new Stage();
    stage.join({ id: 1, resources: ONE_CORE });
    stage.submit({ id: 1 }, { id: 2 });
    stage.start(1);
    const draining = stage.step({ type: "worker-draining", worker: workerId(1) });
    expect(only(draining, "kill").map(({ task }) => task)).to.deep.equal([2]);
    expect(only(draining, "release")).to.have.length(0);
    expect(only(stage.end(1), "release")).to.have.length(1);
    expect(stage.state(2)).to.equal("ready");
    expect(stage.coordinator.explain(taskId(2))).to.contain("are leaving");
  });

  it("stays until what only it holds has been taken over", () => {
    const stage = new Stage();
    stage.join({ id: 1 });
    chain(stage, 1);
    stage.end(1);
    stage.join({ id: 2 });
    stage.step({ type: "worker-draining", worker: workerId(1) });
    expect(stage.all("release")).to.have.length(0);
    stage.arrive(stage.last("fetch"));
    expect(stage.all("release")).to.have.length(1);
    stage.lose(1);
    expect(stage.coordinator.replicas(f(1))).to.deep.equal([2]);
  });

  it("goes all the same when there is no other to take over", () => {
    const stage = new Stage();
    stage.join({ id: 1 });
    chain(stage, 1);
    stage.end(1);
    stage.step({ type: "worker-draining", worker: workerId(1) });
    expect(stage.all("release")).to.have.length(1);
  });
});
