import { appendFileSync, chmodSync, existsSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { anAssign, anInlineFetch, anInput, anOutput } from "../testing/orders.js";
import { Stage } from "../testing/with-worker.js";

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString("utf8");

describe("a worker and the tasks it is given", () => {
  const stage = new Stage();
  afterEach(() => stage.end());

  it("introduces itself, runs a shell task with an input, and keeps its output", async () => {
    const manager = await stage.manager();
    await stage.worker(manager, { features: ["site:east"] });
    const introduction = await manager.next("introduce");
    expect(introduction.resources).to.include({ cores: 2, memory: 1e9, disk: 1e9, gpus: 0 });
    expect(introduction.features).to.deep.equal(["site:east"]);
    const assign = anAssign('cat a; echo "$WHO"; cat a > out', {
      inputs: [anInput("buffer-a", "a")],
      outputs: [anOutput("out")],
      env: { WHO: "world" },
    });
    manager.send(anInlineFetch("buffer-a", "hello "), assign);
    expect(await manager.next("replica-ready")).to.include({ size: 6 });
    await manager.next("started");
    const { outcome } = await manager.next("ended");
    expect(outcome).to.include({ code: "success", exitCode: 0 });
    expect(text(outcome.stdout.tail)).to.equal("hello world\n");
    expect(outcome.outputs).to.have.length(1);
    expect(outcome.outputs[0]).to.include({ cacheName: "temp-out", size: 6, kind: "file" });
    expect(outcome.phases.queuedMs).to.be.at.least(0);
  });

  it("announces only addresses on which it listens", async () => {
    const near = await stage.manager();
    await stage.worker(near);
    expect((await near.next("introduce")).dataHosts).to.deep.equal(["127.0.0.1"]);
    const far = await stage.manager();
    await stage.worker(far, { dataHost: "192.0.2.1" });
    expect((await far.next("introduce")).dataHosts).to.deep.equal(["192.0.2.1", "127.0.0.1"]);
  });

  it("uses the output of one task as the input of the next without asking anyone", async () => {
    const manager = await stage.manager();
    await stage.worker(manager);
    await manager.next("introduce");
    manager.send(
      anAssign("mkdir d; echo one > d/x", { outputs: [anOutput("d")] }),
      anAssign("cat in/x", { inputs: [anInput("temp-d", "in")] }),
    );
    const ended = [await manager.next("ended"), await manager.next("ended")];
    expect(ended.map(({ outcome }) => text(outcome.stdout.tail))).to.deep.equal(["", "one\n"]);
    expect(ended[0]?.outcome.outputs[0]).to.include({ kind: "tree" });
  });

  it("tells of missing outputs, exit codes and signals as they were", async () => {
    const manager = await stage.manager();
    await stage.worker(manager);
    const missing = anAssign("true", { outputs: [anOutput("nothing")] });
    const exit = anAssign("exit 3");
    const signal = anAssign("kill -9 $$");
    await manager.next("introduce");
    manager.send(missing, exit, signal);
    const outcomeOf = async (task: number): Promise<unknown> =>
      (await manager.next("ended", (ended) => ended.task === task)).outcome;
    expect(await outcomeOf(missing.task)).to.include({ code: "output-missing" });
    expect(await outcomeOf(exit.task)).to.include({ code: "success", exitCode: 3 });
    expect(await outcomeOf(signal.task)).to.include({ code: "signal", signal: "SIGKILL" });
  });

  it("keeps a long standard output as a file that the manager can fetch", async () => {
    const manager = await stage.manager();
    const worker = await stage.worker(manager);
    await manager.next("introduce");
    manager.send(anAssign("head -c 200000 /dev/zero"));
    const { outcome } = await manager.next("ended");
    expect(outcome.stdout.size).to.equal(200_000);
    const { spilled } = outcome.stdout;
    expect(spilled).to.match(/^stream-/);
    if (spilled === undefined) return;
    expect(existsSync(`${worker.workdir}/cache/${spilled}`)).to.equal(true);
    manager.send({ type: "drop", cacheName: spilled });
    manager.send(anAssign("true"));
    await manager.next("ended");
    expect(existsSync(`${worker.workdir}/cache/${spilled}`)).to.equal(false);
  });

  it("sends what is appended to a watched output while the task runs", async () => {
    const manager = await stage.manager();
    await stage.worker(manager);
    await manager.next("introduce");
    const gate = anAssign('echo first > log; while [ ! -e "$GO" ]; do sleep 0.02; done; echo second >> log', {
      outputs: [anOutput("log", { watch: true })],
      env: { GO: `/tmp/vine-go-${process.pid}` },
    });
    manager.send(gate);
    const first = await manager.next("watched");
    expect([first.offset, text(first.data)]).to.deep.equal([0, "first\n"]);
    const told = manager.messages.map(({ type }) => type);
    expect(told, "it has started before it writes").to.deep.equal(["started"]);
    manager.send({ type: "kill", task: gate.task, attempt: gate.attempt });
  });

  it("ends a task that is killed, says nothing of it, and uses its room", async () => {
    const manager = await stage.manager();
    await stage.worker(manager);
    await manager.next("introduce");
    const sleeper = anAssign("sleep 1000", {
      allocation: { cores: 2, memory: 0, disk: 0, gpus: 0, gpuIds: [] },
    });
    const next = anAssign("true");
    manager.send(sleeper, next);
    await manager.next("started");
    manager.send({ type: "kill", task: sleeper.task, attempt: sleeper.attempt });
    expect((await manager.next("ended")).task).to.equal(next.task);
    expect(manager.messages.map((message) => message.type)).to.not.include("returned");
  });

  it("gives back a task that it has not started when asked", async () => {
    const manager = await stage.manager();
    await stage.worker(manager);
    await manager.next("introduce");
    const waiting = anAssign("true", { inputs: [anInput("nowhere")] });
    manager.send(waiting, { type: "retract", task: waiting.task, attempt: waiting.attempt });
    expect(await manager.next("returned")).to.include({ task: waiting.task, reason: "retracted" });
  });

  it("does not let a task change its input for others", async () => {
    const manager = await stage.manager();
    await stage.worker(manager);
    await manager.next("introduce");
    const inputs = [anInput("buffer-x", "x")];
    manager.send(anInlineFetch("buffer-x", "good"), anAssign("chmod 666 x; echo bad > x; cat x", { inputs }));
    expect((await manager.next("returned")).reason).to.equal("input-damaged");
    manager.send(anInlineFetch("buffer-x", "good"), anAssign("chmod 666 x; echo bad > x; cat x", { inputs }));
    expect(text((await manager.next("ended")).outcome.stdout.tail), "its own copy").to.equal("bad\n");
    manager.send(anAssign("cat x", { inputs }));
    expect(text((await manager.next("ended")).outcome.stdout.tail)).to.equal("good");
  });

  it("counts no task whose input, one of many files of a tree, is not what it was", async () => {
    const manager = await stage.manager();
    const worker = await stage.worker(manager);
    await manager.next("introduce");
    const made = anAssign("mkdir big; for i in $(seq 600); do echo $i > big/$i; done", {
      outputs: [anOutput("big")],
    });
    manager.send(made, anAssign("cat in/7", { inputs: [anInput("temp-big", "in")] }));
    await manager.next("ended");
    const victim = join(worker.workdir, "cache", "temp-big", "7");
    await manager.next("ended");
    chmodSync(victim, 0o600);
    appendFileSync(victim, "bad");
    manager.send(anAssign("cat in/7", { inputs: [anInput("temp-big", "in")] }));
    expect((await manager.next("returned")).reason).to.equal("input-damaged");
    const { cacheName } = await manager.next("replica-gone");
    expect(cacheName).to.equal("temp-big");
    expect(existsSync(victim)).to.equal(false);
  });

  it("tells the manager at once when it dies, over the lifeline", async () => {
    const manager = await stage.manager();
    const worker = await stage.worker(manager);
    await manager.next("introduce");
    manager.send(anAssign("true"));
    await manager.next("ended");
    expect(manager.lifelines).to.deep.equal(["open"]);
    await worker.stop();
  });

  it("says goodbye, gives tasks back, and leaves nothing behind", async () => {
    const manager = await stage.manager();
    const worker = await stage.worker(manager);
    await manager.next("introduce");
    const running = anAssign("trap '' TERM; sleep 1000");
    const waiting = anAssign("true", { inputs: [anInput("nowhere")] });
    manager.send(running, waiting);
    await manager.next("started");
    const { workdir } = worker;
    const startMs = performance.now();
    expect(await worker.stop("enough")).to.deep.equal({ reason: "enough" });
    expect(performance.now() - startMs).to.be.below(20_000);
    await manager.next("leaving");
    const returned = [await manager.next("returned"), await manager.next("returned")];
    expect(returned.map(({ task, reason }) => `${task} ${reason}`)).to.have.members([
      `${running.task} leaving`,
      `${waiting.task} leaving`,
    ]);
    expect(existsSync(workdir)).to.equal(false);
    expect(await manager.ended).to.equal("goodbye");
  });
});
