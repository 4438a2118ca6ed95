import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { copyFile, readFile, writeFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { Manager, type Result, Task } from "@taskvine/core";
import { expect } from "chai";
import { type Cluster, cluster } from "../support/cluster.js";
import { eventually } from "../support/eventually.js";
import { markedProcesses } from "../support/leaks.js";
import type { WorkerProcess } from "../support/worker-process.js";

/** Longer than a worker may be silent. */
const PATIENCE_MS = 45_000;

function places(c: Cluster): {
  readonly runDirectory: string;
  readonly cacheDirectory: string;
  readonly handleSignals: false;
} {
  return { runDirectory: c.path("runs"), cacheDirectory: c.path("digests"), handleSignals: false };
}

/** Resolves when the worker has said this, or what it says next of this kind after `from` lines. */
function said(worker: WorkerProcess, type: string, from = 0): Promise<unknown> {
  return eventually(
    `${worker.name} says ${type}`,
    () => worker.lines.slice(from).find((line) => line.type === type),
    PATIENCE_MS,
  );
}

/** A program whose manager is killed: it starts a task that does not end. */
const PROGRAM = `
  import { Manager, Task } from "@taskvine/core";
  const options = JSON.parse(process.argv[1]);
  const m = await Manager.start(options);
  const temp = m.declareTemp();
  m.submit(new Task("sleep 1000").env("VINE_TEST_TASK", options.name).output(temp, "out"));
  m.events.on("task-started", () => console.log("started"));
`;

describe("two managers that write the same connection file", function () {
  this.timeout(60_000);

  it("are told so, and the end of the first leaves the second's file", async () => {
    await using c = await cluster({ workers: 0 });
    const connectionFile = c.path("shared.json");
    const warned = once(process, "warning") as Promise<[Error]>;
    const first = await Manager.start({ ...places(c), connectionFile, name: "first" });
    const second = await Manager.start({ ...places(c), connectionFile, name: "second" });
    const [warning] = await warned;
    expect(warning.message).to.match(/led to the manager first, which still runs/);
    await first.close();
    expect(await readFile(connectionFile, "utf8")).to.contain('"second"');
    await second.close();
    expect(existsSync(connectionFile)).to.equal(false);
  });
});

describe("a worker that is stopped, not ended", function () {
  this.timeout(120_000);

  // Takes as long as a silence must last to count: a quarter of a minute.
  it("is given up, its task runs elsewhere, and what it says when it is back does not count", async () => {
    await using c = await cluster({ workers: 0 });
    for (let count = 0; count < 2; count += 1) await c.addWorker([], { stays: true });
    const [go, temp] = [c.path("go"), c.manager.declareTemp()];
    const command = `while ! [ -e ${go} ]; do sleep 0.05; done; date +%s%N | tee out`;
    const handle = c.manager.submit(new Task(command).output(temp, "out"));
    const stopped = await eventually("it is known where it runs", () =>
      c.workers.find(({ lines }) => lines.some(({ type }) => type === "task-started")),
    );
    const results: Result[] = [];
    c.manager.events.on("task-finished", (result) => results.push(result));
    await stopped.kill("SIGSTOP");
    try {
      await writeFile(go, "");
      const result = (await handle.done).check();
      expect(result.attempts.map(({ ended }) => ended)).to.deep.equal(["worker-lost", "success"]);
      expect(result.worker?.name).not.to.equal(stopped.name);
    } finally {
      await stopped.kill("SIGCONT");
    }
    await eventually("it is back", () => c.manager.workers().length === 2, PATIENCE_MS);
    const both = [1, 2].map(() => new Task("cat in; sleep 0.2").input(temp, "in"));
    const texts = (await Promise.all(c.manager.submitAll(both).map(({ done }) => done))).map(
      (result) => result.check().output,
    );
    expect(texts).to.deep.equal([results[0]?.output, results[0]?.output]);
    expect(results.map(({ id }) => id).filter((id) => id === handle.id)).to.deep.equal([handle.id]);
  });
});

describe("when the manager ends and another begins", function () {
  this.timeout(90_000);

  it("waiting workers come to it, with what lives forever, if it has their connection file", async () => {
    await using c = await cluster({ workers: 0 });
    const connectionFile = c.path("vine.json");
    const first = await Manager.start({ ...places(c), connectionFile });
    const worker = c.startWorker([], { connectionFile, stays: true });
    await said(worker, "joined");
    await writeFile(c.path("data"), "x".repeat(100_000));
    const count = (m: Manager): Task =>
      new Task("wc -c < in").input(m.declareFile(c.path("data"), { lifetime: "forever" }), "in");
    (await first.submit(count(first)).done).check();
    const from = worker.lines.length;
    await first.close();
    await said(worker, "manager-ended", from);
    const second = await Manager.start({ ...places(c), connectionFile });
    try {
      await said(worker, "joined", from);
      expect((await second.submit(count(second)).done).check().output.trim()).to.equal("100000");
      expect([second.stats().bytesServed, second.stats().cacheHits]).to.deep.equal([0, 1]);
    } finally {
      await second.close();
    }
  });

  it("on the same port, but with other keys, waiting workers stay outside until they get its connection file", async () => {
    await using c = await cluster({ workers: 0 });
    const [old, fresh] = [c.path("old.json"), c.path("new.json")];
    const first = await Manager.start({ ...places(c), connectionFile: c.path("vine.json") });
    const { port } = first;
    await copyFile(c.path("vine.json"), old);
    const worker = c.startWorker([], { connectionFile: old, stays: true });
    await said(worker, "joined");
    const from = worker.lines.length;
    await first.close();
    const second = await Manager.start({ ...places(c), port, connectionFile: fresh });
    try {
      const refused = await eventually(
        "it is refused",
        () =>
          worker.lines
            .slice(from)
            .find(({ type, code }) => type === "searching" && code === "NOT_AUTHORISED"),
        PATIENCE_MS,
      );
      expect(refused["message"]).to.be.a("string");
      expect(second.workers()).to.deep.equal([]);
      await copyFile(fresh, old);
      await said(worker, "joined", from);
      expect((await second.submit(new Task("echo in")).done).check().output).to.equal("in\n");
    } finally {
      await second.close();
    }
  });

  it("without a word, its tasks are ended before those of another run", async () => {
    await using c = await cluster({ workers: 0 });
    const connectionFile = c.path("vine.json");
    const mark = ["VINE_TEST_TASK", c.folder] as const;
    const options = { ...places(c), connectionFile, name: c.folder };
    const program = spawn(process.execPath, ["--input-type=module", "-e", PROGRAM, JSON.stringify(options)], {
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, [c.marker[0]]: c.marker[1] },
    });
    const ended = once(program, "exit");
    try {
      await eventually("it listens", () => existsSync(connectionFile));
      const worker = c.startWorker([], { connectionFile, stays: true });
      await once(createInterface(program.stdout), "line");
      expect((await markedProcesses(mark)).length).to.be.greaterThan(0);
      const from = worker.lines.length;
      program.kill("SIGKILL");
      await ended;
      await said(worker, "manager-lost", from);
      const second = await Manager.start({ ...places(c), connectionFile });
      try {
        expect((await second.submit(new Task("echo next")).done).check().output).to.equal("next\n");
        await eventually("the orphan is gone", async () => (await markedProcesses(mark)).length === 0);
      } finally {
        await second.close();
      }
    } finally {
      program.kill("SIGKILL");
    }
  });

  it("without a word, a worker of its own ends and leaves nothing that runs", async () => {
    await using c = await cluster({ workers: 0 });
    const connectionFile = c.path("vine.json");
    const options = { ...places(c), connectionFile, name: c.folder };
    const program = spawn(process.execPath, ["--input-type=module", "-e", PROGRAM, JSON.stringify(options)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const ended = once(program, "exit");
    try {
      await eventually("it listens", () => existsSync(connectionFile));
      const worker = c.startWorker([], { connectionFile });
      await once(createInterface(program.stdout), "line");
      program.kill("SIGKILL");
      await ended;
      await eventually("the worker ends", () => !worker.isRunning, PATIENCE_MS);
      const mark = ["VINE_TEST_TASK", c.folder] as const;
      await eventually("its task is gone", async () => (await markedProcesses(mark)).length === 0);
    } finally {
      program.kill("SIGKILL");
    }
  });
});
