import { expect } from "chai";
import { fileId, taskId, workerId } from "../../model/ids.js";
import { anInput, anOutput } from "../../testing/builders.js";
import { only, Stage } from "./stage.test.kit.js";

const f = fileId;

describe("a submitted task", () => {
  it("waits without workers, goes to the first that joins, and is reported once", () => {
    const stage = new Stage();
    expect(stage.submit({ id: 1 })).to.deep.equal([]);
    expect(stage.coordinator.explain(taskId(1))).to.contain("no worker has joined");
    stage.join();
    stage.end(1, { exitCode: 3 });
    expect(stage.result(1)).to.include({ state: "done", code: "success" });
    expect(stage.result(1).outcome?.exitCode).to.equal(3);
    expect(stage.state(1)).to.equal(undefined);
    expect(stage.end(1)).to.deep.equal([]);
    expect(stage.coordinator.stats.ignored).to.equal(1);
  });

  it("may name the output of a task that comes later in the list", () => {
    const stage = new Stage();
    stage.join();
    stage.declare({ id: 1 });
    stage.submit({ id: 1, inputs: [anInput(f(1))] }, { id: 2, outputs: [anOutput(f(1))] });
    expect(stage.state(1)).to.equal("waiting");
    expect(stage.coordinator.explain(taskId(1))).to.contain("task 2, which makes it, is assigned");
    stage.end(2);
    expect(stage.state(1)).to.equal("assigned");
  });

  it("goes by priority, then by order of submission", () => {
    const stage = new Stage({ prefetch: 0 });
    stage.submit({ id: 1 }, { id: 2, priority: 5 }, { id: 3 }, { id: 4, priority: 5 });
    stage.join({ resources: { cores: 1, memory: 1e9, disk: 1e9, gpus: 0 } });
    for (const task of [2, 4, 1]) stage.end(task);
    expect(stage.all("assign").map(({ task }) => task)).to.deep.equal([2, 4, 1, 3]);
  });

  it("is not started before its start time, and not after its end time", () => {
    const stage = new Stage();
    stage.join();
    stage.submit({ id: 1, startAfterMs: 500 }, { id: 2, startAfterMs: 900, endByMs: 700 });
    expect(stage.state(1)).to.equal("waiting");
    expect(stage.coordinator.nextDeadlineMs).to.equal(500);
    stage.later(500);
    expect(stage.state(1)).to.equal("assigned");
    stage.later(200);
    expect(stage.result(2)).to.include({ state: "failed", code: "max-end-time", error: "END_TIME" });
  });

  it("is killed when its end time comes while it runs", () => {
    const stage = new Stage();
    stage.join();
    stage.submit({ id: 1, endByMs: 700 });
    stage.start(1);
    expect(only(stage.later(700), "kill")).to.have.length(1);
    expect(stage.result(1).code).to.equal("max-end-time");
    expect(stage.coordinator.nextDeadlineMs).to.equal(undefined);
  });
});

describe("a task that makes no sense", () => {
  const refusals: { title: string; error: string; submit: (stage: Stage) => void }[] = [
    {
      title: "names an unknown file",
      error: "UNKNOWN_FILE",
      submit: (stage) => stage.submit({ id: 1, inputs: [anInput(f(9))] }),
    },
    {
      title: "has two files of one name",
      error: "DUPLICATE_NAME",
      submit: (stage) =>
        stage.submit({ id: 1, inputs: [anInput(f(1), "x")], outputs: [anOutput(f(2), { name: "x" })] }),
    },
    {
      title: "writes a buffer",
      error: "BAD_OUTPUT",
      submit: (stage) => stage.submit({ id: 1, outputs: [anOutput(f(3))] }),
    },
    {
      title: "makes what another makes",
      error: "TWO_PRODUCERS",
      submit: (stage) =>
        stage.submit({ id: 2, outputs: [anOutput(f(1))] }, { id: 1, outputs: [anOutput(f(1))] }),
    },
    {
      title: "asks for NaN cores",
      error: "BAD_ARGUMENT",
      submit: (stage) => stage.submit({ id: 1, resources: { cores: Number.NaN } }),
    },
    {
      title: "names an unknown policy",
      error: "BAD_ARGUMENT",
      submit: (stage) => stage.submit({ id: 1, policy: "nearest" }),
    },
  ];
  for (const { title, error, submit } of refusals) {
    it(`fails at once when it ${title}`, () => {
      const stage = new Stage();
      stage.declare({ id: 1 });
      stage.declare({ id: 2 });
      stage.declare({ id: 3, origin: { type: "buffer" } });
      submit(stage);
      expect(stage.result(1)).to.include({ state: "failed", error });
    });
  }

  it("fails with all others on its circle, and with what depends on them, but nothing else does", () => {
    const stage = new Stage();
    for (const id of [1, 2, 3, 4]) stage.declare({ id });
    stage.submit({ id: 1, inputs: [anInput(f(2))], outputs: [anOutput(f(1))] });
    stage.submit(
      { id: 2, inputs: [anInput(f(1))], outputs: [anOutput(f(2))] },
      { id: 3, inputs: [anInput(f(2))], outputs: [anOutput(f(3))] },
      { id: 4, outputs: [anOutput(f(4))] },
    );
    expect(stage.result(1).error).to.equal("DEPENDENCY_CYCLE");
    expect(stage.result(2).error).to.equal("DEPENDENCY_CYCLE");
    expect(stage.result(3).code).to.equal("input-missing");
    expect(stage.state(4)).to.equal("ready");
  });

  it("may wait for itself in no way, not even through a mini-task", () => {
    const stage = new Stage();
    stage.declare({ id: 1 });
    const command = { command: "make", inputs: [anInput(f(1))], env: {} };
    stage.declare({ id: 2, origin: { type: "mini-task", command, output: "out" } });
    stage.submit({ id: 1, inputs: [anInput(f(2))], outputs: [anOutput(f(1))] });
    expect(stage.result(1).error).to.equal("DEPENDENCY_CYCLE");
  });
});

describe("a failure", () => {
  it("goes down to the last consumer with the task and file where it began", () => {
    const stage = new Stage();
    stage.join();
    for (const id of [1, 2]) stage.declare({ id });
    stage.submit(
      { id: 1, outputs: [anOutput(f(1))] },
      { id: 2, inputs: [anInput(f(1))], outputs: [anOutput(f(2))] },
      { id: 3, inputs: [anInput(f(2))] },
    );
    stage.end(1, { code: "signal", signal: "SIGSEGV", outputs: [] });
    expect(stage.result(1)).to.include({ code: "signal", error: "SIGNAL" });
    expect(stage.result(3).code).to.equal("input-missing");
    expect(stage.result(3).message).to.contain("task 1, which makes it, ended with signal");
  });

  it("of the command itself is final, whatever retries there are", () => {
    const stage = new Stage();
    stage.join();
    stage.submit({ id: 1, retries: 5 });
    stage.end(1, { code: "output-missing" });
    expect(stage.result(1)).to.include({ state: "failed", error: "OUTPUT_MISSING" });
    expect(stage.result(1).attempts).to.have.length(1);
  });

  it("leaves outputs that were made for a failure to their consumers", () => {
    const stage = new Stage();
    stage.join();
    stage.declare({ id: 1 });
    stage.submit(
      { id: 1, outputs: [anOutput(f(1), { when: "failure" })] },
      { id: 2, inputs: [anInput(f(1))] },
    );
    stage.end(1, { code: "signal" });
    expect(stage.result(1).state).to.equal("failed");
    expect(stage.state(2)).to.equal("assigned");
  });

  it("of an output that was not made reaches only those that need it", () => {
    const stage = new Stage();
    stage.join();
    stage.declare({ id: 1 });
    stage.submit(
      { id: 1, outputs: [anOutput(f(1), { when: "failure" })] },
      { id: 2, inputs: [anInput(f(1))] },
    );
    stage.end(1, { outputs: [] });
    expect(stage.result(1).state).to.equal("done");
    expect(stage.result(2)).to.include({ state: "failed", code: "input-missing" });
  });
});

describe("an attempt that was lost", () => {
  it("is repeated as often as the retries allow when the task ran", () => {
    const stage = new Stage();
    stage.submit({ id: 1, retries: 1 });
    for (const id of [1, 2]) {
      stage.join({ id });
      stage.start(1);
      stage.lose(id);
    }
    expect(stage.result(1)).to.include({ code: "max-retries", error: "MAX_RETRIES" });
    expect(stage.result(1).attempts.map(({ ended }) => ended)).to.deep.equal(["worker-lost", "worker-lost"]);
  });

  it("costs no retry when the task had not started", () => {
    const stage = new Stage();
    stage.submit({ id: 1, retries: 0 });
    for (const id of [1, 2, 3]) {
      stage.join({ id });
      stage.lose(id);
    }
    stage.join({ id: 4 });
    stage.end(1);
    expect(stage.result(1).state).to.equal("done");
  });

  it("for want of memory is repeated with twice as much, and given up when no worker has more", () => {
    const stage = new Stage();
    stage.join({ resources: { cores: 4, memory: 16e9, disk: 1e11, gpus: 0 } });
    stage.submit({ id: 1, retries: 9, resources: { memory: 6e9 } });
    const exhausted = { code: "resource-exhaustion", exhausted: ["memory"] } as const;
    stage.end(1, exhausted);
    expect(stage.assignment(1).allocation.memory).to.equal(12e9);
    stage.end(1, exhausted);
    expect(stage.assignment(1).allocation.memory).to.equal(16e9);
    stage.end(1, exhausted);
    expect(stage.result(1)).to.include({ code: "resource-exhaustion", error: "RESOURCE_EXHAUSTED" });
  });

  it("runs again with copies of its inputs when one was changed beside it, and that costs no retry", () => {
    const stage = new Stage();
    stage.join();
    stage.submit({ id: 1, retries: 0 });
    stage.start(1);
    expect(stage.assignment(1)).to.not.have.property("copyInputs");
    stage.returned(1, "input-damaged");
    expect(stage.assignment(1)).to.include({ attempt: 2, copyInputs: true });
    stage.end(1);
    expect(stage.result(1).attempts.map(({ ended }) => ended)).to.deep.equal(["input-damaged", "success"]);
  });

  it("ends in forsaken when workers give the task back for ever", () => {
    const stage = new Stage({ coolOffMs: 100 });
    stage.join();
    stage.submit({ id: 1 });
    for (let time = 0; time < 101; time += 1) {
      stage.returned(1, "no-room");
      stage.later(100);
    }
    expect(stage.result(1)).to.include({ code: "forsaken", error: "FORSAKEN" });
  });
});

describe("cancelling", () => {
  it("ends a task in any state, kills it where it runs, and happens once", () => {
    const stage = new Stage({ prefetch: 0 });
    stage.declare({ id: 1 });
    stage.submit({ id: 1, inputs: [anInput(f(1))] }, { id: 2 }, { id: 3 }, { id: 4 });
    stage.join({ resources: { cores: 2, memory: 1e9, disk: 1e9, gpus: 0 } });
    stage.start(3);
    const cancel = (task: number): void => void stage.step({ type: "task-cancelled", task: taskId(task) });
    for (const task of [1, 2, 3, 4, 4]) cancel(task);
    for (const task of [1, 2, 3, 4])
      expect(stage.result(task)).to.include({ state: "cancelled", code: "cancelled" });
    expect(stage.all("kill").map(({ task }) => task)).to.have.members([2, 3, 4]);
    expect(stage.end(3)).to.deep.equal([]);
  });

  it("makes those fail that wait for the outputs", () => {
    const stage = new Stage();
    stage.declare({ id: 1 });
    stage.submit({ id: 1, outputs: [anOutput(f(1))] }, { id: 2, inputs: [anInput(f(1))] });
    stage.step({ type: "task-cancelled", task: taskId(1) });
    expect(stage.result(2)).to.include({ code: "input-missing", error: "CANCELLED" });
  });
});

describe("news that cannot be true", () => {
  it("of other workers, past attempts and unasked outputs changes nothing and is counted", () => {
    const stage = new Stage();
    stage.join();
    stage.join({ id: 2 });
    stage.declare({ id: 1 });
    stage.declare({ id: 2 });
    stage.submit({ id: 1, outputs: [anOutput(f(1))] });
    const { worker, attempt, outputs } = stage.assignment(1);
    const other = workerId(worker === 1 ? 2 : 1);
    stage.step({ type: "task-started", worker: other, task: taskId(1), attempt });
    stage.step({ type: "task-started", worker, task: taskId(1), attempt: (attempt + 1) as typeof attempt });
    stage.step({ type: "retrieved", transfer: 99 as never });
    expect(stage.state(1)).to.equal("assigned");
    const unasked = { file: f(2), cacheName: "temp-run-2" as never, kind: "file" as const, size: 9 };
    stage.end(1, {
      outputs: [unasked, ...outputs.map((output) => ({ ...output, kind: "file" as const, size: 1 }))],
    });
    expect(stage.coordinator.replicas(f(2))).to.deep.equal([]);
    expect(stage.coordinator.replicas(f(1))).to.deep.equal([worker]);
    expect(stage.coordinator.stats.ignored).to.equal(4);
  });
});
