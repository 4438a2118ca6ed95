import { expect } from "chai";
import { type CacheName, fileId, taskId, workerId } from "../../model/ids.js";
import { anInput, anOutput } from "../../testing/builders.js";
import { Stage } from "./stage.test.kit.js";

const f = fileId;
const ONE_CORE = { cores: 1, memory: 1e9, disk: 1e10, gpus: 0 };
const LIE = { error: "DIGEST_MISMATCH", message: "another digest" };

/** Worker 1 has made file 1, and is busy; task 2 at worker 2 waits for a copy of it. */
function wanting(): Stage {
  const stage = new Stage({ prefetch: 0 });
  stage.join({ id: 1, name: "giver", resources: ONE_CORE });
  stage.declare({ id: 1, label: "sorted" });
  stage.submit({ id: 1, outputs: [anOutput(f(1))] });
  stage.end(1);
  stage.submit({ id: 7 });
  stage.join({ id: 2, name: "taker", resources: ONE_CORE });
  stage.submit({ id: 2, inputs: [anInput(f(1))] });
  expect(stage.last("fetch")).to.include({ worker: 2, file: 1 });
  return stage;
}

function nameOf(stage: Stage): CacheName {
  return stage.coordinator.identity(f(1))!.cacheName;
}

describe("a worker that gives something else than what it should have", () => {
  it("is not asked again: its copy is dropped, and the file is made again at once", () => {
    const stage = wanting();
    stage.fail(stage.last("fetch"), LIE);
    expect(stage.last("drop")).to.include({ worker: 1 });
    expect(stage.all("fetch")).to.have.length(1);
    expect(stage.assignment(1)).to.include({ attempt: 2, worker: 2 });
    stage.end(1);
    stage.end(2);
    expect(stage.result(2).state).to.equal("done");
  });

  it("is not asked again either where it has nothing at all, and no task is sent there for it", () => {
    const stage = wanting();
    stage.fail(stage.last("fetch"), { error: "NOT_HELD", message: "not held there any more" });
    expect(
      stage.all("note").some(({ message }) => message.startsWith("worker giver does not hold ")),
    ).to.equal(true);
    expect(stage.assignment(1)).to.include({ attempt: 2, worker: 2 });
    stage.end(1);
    stage.end(2);
    expect(stage.result(2).state).to.equal("done");
  });

  it("gives way to another source at once", () => {
    const stage = wanting();
    stage.arrive(stage.last("fetch"));
    stage.start(2);
    stage.join({ id: 3, resources: ONE_CORE });
    stage.submit({ id: 3, inputs: [anInput(f(1))] });
    const { source: first } = stage.last("fetch");
    stage.fail(stage.last("fetch"), LIE);
    const { source: second } = stage.last("fetch");
    expect([first, second].map((source) => source.type === "worker" && source.worker)).to.have.members([
      1, 2,
    ]);
    stage.arrive(stage.last("fetch"));
    stage.end(3);
    expect(stage.result(3).state).to.equal("done");
    expect(stage.coordinator.stats.recoveries).to.equal(0);
  });

  it("is not asked again by the manager either, and what was to come home is made again", () => {
    const stage = new Stage();
    stage.join({ id: 1 });
    stage.declare({ id: 1, origin: { type: "local" } });
    stage.submit({ id: 1, retries: 1, outputs: [anOutput(f(1))] });
    stage.end(1);
    const { transfer } = stage.last("retrieve");
    stage.step({ type: "retrieval-failed", transfer, failure: { ...LIE, fault: "source" } });
    expect(stage.assignment(1).attempt).to.equal(2);
    stage.end(1);
    stage.step({ type: "retrieved", transfer: stage.last("retrieve").transfer });
    expect(stage.result(1).state).to.equal("done");
  });
});

describe("two first copies that differ", () => {
  /** Worker 1 has made file 1; copies are on their way to workers 2 and 3, where tasks 2 and 3 wait for them. */
  function racing(): Stage {
    const stage = wanting();
    stage.join({ id: 3, name: "other", resources: ONE_CORE });
    stage.submit({ id: 3, inputs: [anInput(f(1))] });
    expect(stage.all("fetch").map(({ worker }) => worker)).to.deep.equal([2, 3]);
    return stage;
  }

  function arrives(stage: Stage, position: number, digest: string): void {
    const { worker, transfer } = stage.all("fetch")[position]!;
    stage.step({ type: "replica-ready", worker, transfer, size: 9, kind: "file", digest: digest.repeat(64) });
  }

  it("do not both count: the second is dropped with its source's, and comes again from the first", () => {
    const stage = racing();
    arrives(stage, 0, "a");
    arrives(stage, 1, "b");
    expect(stage.all("drop").map(({ worker }) => worker)).to.have.members([1, 3]);
    expect(stage.coordinator.replicas(f(1))).to.deep.equal([2]);
    expect(stage.coordinator.identity(f(1))).to.include({ digest: "a".repeat(64) });
    expect(stage.last("fetch")).to.deep.include({ worker: 3, source: { type: "worker", worker: 2 } });
    arrives(stage, 2, "a");
    stage.end(2);
    stage.end(3);
    expect([2, 3].map((id) => stage.result(id).state)).to.deep.equal(["done", "done"]);
  });

  it("may differ where none of the first is left", () => {
    const stage = racing();
    arrives(stage, 0, "a");
    stage.lose(2);
    stage.step({ type: "replica-gone", worker: workerId(1), cacheName: nameOf(stage), reason: "evicted" });
    arrives(stage, 1, "b");
    expect(stage.coordinator.replicas(f(1))).to.deep.equal([3]);
    expect(stage.coordinator.identity(f(1))).to.include({ digest: "b".repeat(64) });
  });
});

describe("why a task waits for a copy", () => {
  it("names the last one that failed: which way, and why", () => {
    const stage = wanting();
    stage.fail(stage.last("fetch"), { error: "TRANSFER_UNREACHABLE", message: "no route" });
    expect(stage.coordinator.explain(taskId(2))).to.contain(
      'a copy of "sorted"; the last copy, from giver to taker, failed: no route [TRANSFER_UNREACHABLE]',
    );
  });

  it("says so also when the file is made again for that, and not when a copy has arrived", () => {
    const stage = wanting();
    stage.fail(stage.last("fetch"), LIE);
    expect(stage.coordinator.explain(taskId(2))).to.match(
      /which makes it, is assigned; the last copy.*failed/,
    );
    stage.end(1);
    stage.end(2);
    stage.join({ id: 3, resources: ONE_CORE });
    stage.submit({ id: 9 }, { id: 8, inputs: [anInput(f(1))] });
    expect(stage.coordinator.explain(taskId(8))).to.not.contain("failed");
  });
});

describe("what a task makes anew", () => {
  it("need not have the digest that it had before", () => {
    const stage = wanting();
    const { worker, transfer } = stage.last("fetch");
    const digest = "a".repeat(64);
    stage.step({ type: "replica-ready", worker, transfer, size: 9, kind: "file", digest });
    expect(stage.coordinator.identity(f(1))).to.include({ digest });
    stage.lose(1);
    stage.lose(2);
    stage.join({ id: 3, resources: ONE_CORE });
    stage.end(1);
    expect(stage.coordinator.identity(f(1))).to.not.have.property("digest");
  });
});
