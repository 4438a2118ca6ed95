import { expect } from "chai";
import { attempt, fileId, taskId, workerId } from "../../model/ids.js";
import { anInput, anOutput, aWorker } from "../../testing/builders.js";
import type { Effect } from "../effect.js";
import { Stage } from "./stage.test.kit.js";

const ONE_CORE = { cores: 1, memory: 1e9, disk: 1e10, gpus: 0 };

/** The worker that was number 1 comes back on a new connection, with the first attempts of these tasks. */
function comeBack(
  stage: Stage,
  tasks: readonly number[],
  worker: Parameters<typeof aWorker>[0] = {},
): Effect[] {
  const running = tasks.map((id) => ({ task: taskId(id), attempt: attempt(1) }));
  const back = aWorker({ id: 2, name: "worker-1", resources: ONE_CORE, ...worker });
  return stage.step({ type: "worker-joined", worker: back, running });
}

/** Task 1 runs at worker 1, which is then lost. */
function lost(different: Parameters<Stage["submit"]>[0] = {}): Stage {
  const stage = new Stage();
  stage.join({ id: 1, resources: ONE_CORE });
  stage.submit({ id: 1, retries: 1, ...different });
  stage.start(1);
  stage.lose(1);
  return stage;
}

function endAt(stage: Stage, worker: number): void {
  const { outcome } = { outcome: { code: "success", exitCode: 0 } } as const;
  const nothing = { tail: new Uint8Array(0), size: 0, truncated: false };
  const phases = { queuedMs: 0, stagedMs: 0, ranMs: 1, collectedMs: 0 };
  stage.step({
    type: "task-ended",
    worker: workerId(worker),
    task: taskId(1),
    attempt: attempt(1),
    outcome: { ...outcome, stdout: nothing, stderr: nothing, outputs: [], measured: { wallMs: 1 }, phases },
  });
}

describe("an attempt at a worker that comes back", () => {
  it("goes on there when nothing has taken its place, and has cost no retry", () => {
    const stage = lost();
    expect(comeBack(stage, [1]).map(({ type }) => type)).to.deep.equal(["note"]);
    expect(stage.coordinator.task(taskId(1))).to.deep.include({ worker: 2, attempts: 1 });
    expect(stage.coordinator.worker(workerId(2))?.freeCores).to.equal(0);
    expect(stage.coordinator.stats.retries).to.equal(0);
    endAt(stage, 2);
    expect(stage.result(1)).to.deep.include({ state: "done" });
    expect(stage.result(1).attempts.map(({ worker, ended }) => [worker, ended])).to.deep.equal([
      [2, "success"],
    ]);
  });

  it("is lost again when its worker is, and then costs the retry that it has", () => {
    const stage = lost();
    comeBack(stage, [1]);
    stage.lose(2);
    expect(stage.coordinator.task(taskId(1))?.state.name).to.equal("ready");
    expect(stage.coordinator.stats.retries).to.equal(1);
  });

  it("goes on although its input is lost elsewhere, which is made again only for others", () => {
    const stage = new Stage();
    stage.join({ id: 1, resources: ONE_CORE });
    stage.declare({ id: 1 });
    stage.submit({ id: 8, outputs: [anOutput(fileId(1))] }, { id: 1, inputs: [anInput(fileId(1))] });
    stage.end(8);
    stage.start(1);
    stage.lose(1);
    expect(stage.coordinator.task(taskId(1))?.state.name).to.equal("waiting");
    comeBack(stage, [1]);
    expect(stage.coordinator.task(taskId(1))).to.deep.include({ state: { name: "running" }, worker: 2 });
    endAt(stage, 2);
    expect(stage.result(1).state).to.equal("done");
  });

  it("is ended there when it runs elsewhere, was cancelled, is over, or is not what was lost", () => {
    const elsewhere = new Stage();
    elsewhere.join({ id: 1, resources: ONE_CORE });
    elsewhere.submit({ id: 1 });
    elsewhere.start(1);
    elsewhere.join({ id: 3, resources: ONE_CORE });
    elsewhere.lose(1);
    expect(elsewhere.assignment(1)).to.include({ worker: 3, attempt: 2 });
    const cancelled = lost();
    cancelled.step({ type: "task-cancelled", task: taskId(1) });
    const over = lost({ retries: 0 });
    expect(over.result(1).code).to.equal("max-retries");
    for (const stage of [elsewhere, cancelled, over]) {
      const [kill] = comeBack(stage, [1]);
      expect(kill).to.deep.equal({ type: "kill", worker: 2, task: 1, attempt: 1 });
    }
    const unknown = comeBack(lost(), [7]);
    expect(unknown).to.deep.include({ type: "kill", worker: 2, task: 7, attempt: 1 });
  });

  it("is ended there when its worker has less room than before", () => {
    const stage = lost();
    const effects = comeBack(stage, [1], { resources: { ...ONE_CORE, cores: 0.5 } });
    expect(effects).to.deep.include({ type: "kill", worker: 2, task: 1, attempt: 1 });
  });
});
