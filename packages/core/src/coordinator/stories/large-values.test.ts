import { expect } from "chai";
import { attempt, cacheName, taskId } from "../../model/ids.js";
import type { TransferFailure } from "../event.js";
import { aLargeValue } from "./chaos-calls.test.kit.js";
import { LibraryStage } from "./library-stage.test.kit.js";

const GONE: TransferFailure = { error: "WORKER_LOST", message: "it has gone", fault: "source" };

/** A call has returned something large that has no file, and the manager was told to fetch it. */
function returning(retries = 5): LibraryStage {
  const stage = new LibraryStage();
  stage.join();
  stage.provide({ slots: 1, maxInstances: 1 });
  stage.call({ id: 1, retries });
  stage.ready(1, { slots: 1 });
  stage.end(1, { call: aLargeValue(1) });
  return stage;
}

function arrives(stage: LibraryStage, number: number): void {
  stage.step({ type: "value-retrieved", task: taskId(1), attempt: attempt(number) });
}

function isLost(stage: LibraryStage, failure: TransferFailure = GONE): void {
  const { attempt: latest } = stage.last("retrieve-value");
  stage.step({ type: "value-lost", task: taskId(1), attempt: latest, failure });
}

describe("a large value without a file of its own", () => {
  it("is fetched by the manager before its call counts as done", () => {
    const stage = returning();
    expect(stage.last("retrieve-value")).to.include({ worker: 1, task: 1, cacheName: "value-1", size: 1e6 });
    expect(stage.state(1)).to.equal("retrieving");
    arrives(stage, 1);
    expect(stage.result(1)).to.include({ state: "done", code: "success" });
  });

  it("that is lost with its worker is made again by another run of its call", () => {
    const stage = returning();
    stage.lose(1);
    expect(stage.state(1)).to.equal("retrieving");
    stage.join({ id: 2 });
    isLost(stage);
    stage.ready(2, { slots: 1 });
    stage.end(1, { call: aLargeValue(1) });
    arrives(stage, 1);
    expect(stage.results.size).to.equal(0);
    arrives(stage, 2);
    expect(stage.result(1).state).to.equal("done");
    expect(stage.result(1).attempts.map(({ worker }) => worker)).to.deep.equal([1, 2]);
  });

  it("is lost for good when the retries of its call are used up", () => {
    const stage = returning(1);
    isLost(stage);
    stage.end(1, { call: aLargeValue(1) });
    isLost(stage);
    expect(stage.result(1)).to.include({ state: "failed", code: "max-retries", error: "VALUE_LOST" });
    expect(stage.result(1).message).to.match(/what it returned was lost .*, and its 1 retries are used up/);
  });

  it("that the manager cannot write is not made again", () => {
    const stage = returning();
    isLost(stage, { error: "DISK_FULL", message: "no space left", fault: "destination" });
    expect(stage.result(1)).to.include({ code: "output-transfer-error", error: "OUTPUT_TRANSFER" });
    expect(stage.result(1).message).to.match(/what it returned did not come home: no space left/);
  });

  it("is not waited for when its call was cancelled meanwhile", () => {
    const stage = returning();
    stage.step({ type: "task-cancelled", task: taskId(1) });
    expect(stage.result(1).state).to.equal("cancelled");
    arrives(stage, 1);
    expect(stage.coordinator.stats.ignored).to.equal(1);
  });

  it("counts once, however often its arrival is told", () => {
    const stage = returning();
    arrives(stage, 1);
    arrives(stage, 1);
    expect(stage.results.size).to.equal(1);
    expect(cacheName("value-1")).to.equal(stage.last("retrieve-value").cacheName);
  });
});
