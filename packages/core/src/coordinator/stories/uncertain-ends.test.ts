import { expect } from "chai";
import { fileId } from "../../model/ids.js";
import { anInput, anOutput } from "../../testing/builders.js";
import { LibraryStage } from "./library-stage.test.kit.js";
import { Stage } from "./stage.test.kit.js";

const lost = { code: "unknown", message: "the launcher ended", outputs: [] } as const;

describe("a task whose end nobody saw", () => {
  it("runs again, at the cost of a retry", () => {
    const stage = new Stage();
    stage.join();
    stage.submit({ id: 1, retries: 1 });
    stage.start(1);
    stage.end(1, lost);
    expect(stage.results.size).to.equal(0);
    stage.start(1);
    stage.end(1);
    expect(stage.result(1).attempts.map(({ ended }) => ended)).to.deep.equal(["unknown", "success"]);
  });

  it("fails with what was said last when its retries are used up", () => {
    const stage = new Stage();
    stage.join();
    stage.submit({ id: 1, retries: 0 });
    stage.start(1);
    stage.end(1, lost);
    expect(stage.result(1)).to.include({ state: "failed", code: "max-retries" });
    expect(stage.result(1).message).to.contain("the launcher ended");
  });
});

describe("a call whose worker has no room for its value", () => {
  const full = { code: "unknown", message: "20 bytes are free", outputs: [] } as const;

  function turnedAway(retries: number): LibraryStage {
    const stage = new LibraryStage({ coolOffMs: 16_000 });
    stage.join({ id: 1, name: "small" });
    stage.provide({ maxInstances: 1 });
    stage.call({ id: 1, retries });
    stage.ready(1);
    stage.end(1, full);
    return stage;
  }

  it("says where there was none while it waits, and runs at another worker", () => {
    const stage = turnedAway(1);
    expect(stage.explain(1)).to.match(
      /The last one found no room for its value at small: 20 bytes are free\.$/,
    );
    stage.join({ id: 2 });
    expect(stage.deployed(2).worker).to.equal(2);
    stage.ready(2);
    stage.end(1);
    expect(stage.result(1).code).to.equal("success");
  });

  it("fails for want of disk when its retries are used up", () => {
    const stage = turnedAway(0);
    expect(stage.result(1)).to.include({ code: "max-retries", error: "DISK_FULL" });
    expect(stage.result(1).message).to.contain("20 bytes are free");
  });

  it("fails as what used too much disk where its instance was ended for that", () => {
    const stage = new LibraryStage();
    stage.join();
    stage.provide({ maxInstances: 1 });
    stage.call({ id: 1, retries: 0 });
    stage.ready(1);
    stage.end(1, { code: "library-exit", exhausted: ["disk"], message: "it wrote 9 bytes", outputs: [] });
    expect(stage.result(1)).to.include({ code: "sandbox-exhaustion", error: "SANDBOX_EXHAUSTED" });
  });
});

describe("a task that runs again for a lost file", () => {
  it("and does not leave it this time is not run for it once more", () => {
    const stage = new Stage();
    stage.join({ id: 1 });
    stage.declare({ id: 1 });
    stage.submit({ id: 1, outputs: [anOutput(fileId(1))] });
    stage.start(1);
    stage.end(1);
    stage.lose(1);
    stage.submit({ id: 2, inputs: [anInput(fileId(1))] });
    stage.join({ id: 2 });
    stage.start(1);
    stage.end(1, { exitCode: 7, outputs: [] });
    expect(stage.result(2)).to.include({ state: "failed", code: "input-missing", error: "INPUT_LOST" });
    expect(stage.result(2).message).to.contain("task 1, which makes it, did not leave it");
    expect(stage.coordinator.stats.recoveries).to.equal(1);
  });
});
