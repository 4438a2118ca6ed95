import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { Task, type TaskHandle, type VineFile } from "@taskvine/core";
import { expect } from "chai";
import { type Cluster, cluster } from "../support/cluster.js";
import { eventually } from "../support/eventually.js";
import { receiving } from "../support/half-way.js";
import { markedProcesses } from "../support/leaks.js";
import type { WorkerProcess } from "../support/worker-process.js";

const PATIENCE_MS = 30_000;

const running = (handle: TaskHandle): Promise<true> =>
  eventually("the task runs", () => handle.state === "running", PATIENCE_MS);

/** The process of the worker on which the task runs. */
async function placeOf(c: Cluster, handle: TaskHandle): Promise<WorkerProcess> {
  const started = new Map<number, string>();
  c.manager.events.on("task-started", (task, { name }) => started.set(task, name));
  await running(handle);
  const worker = await eventually("its worker is known", () =>
    c.workers.find(({ name }) => name === started.get(handle.id)),
  );
  return worker;
}

/** Made at a `maker`: large and slow to copy at first; when it is made again it is small. Its first line is "right". */
function largeTemp(c: Cluster): { readonly temp: VineFile; readonly maker: Task } {
  const temp = c.manager.declareTemp();
  const command = `echo right > out; [ -e ${c.path("made")} ] || truncate -s 128M out; touch ${c.path("made")}`;
  return { temp, maker: new Task(command).output(temp, "out").disk("500MB").feature("maker") };
}

describe("when a worker is killed", function () {
  this.timeout(90_000);

  it("while it runs a task, the task runs elsewhere and nothing of the first attempt goes on", async () => {
    await using c = await cluster({ workers: 2 });
    const mark = ["VINE_TEST_TASK", c.folder] as const;
    const go = c.path("go");
    const command = `sleep 1000 & while ! [ -e ${go} ]; do sleep 0.05; done; echo done`;
    const handle = c.manager.submit(new Task(command).env(...mark));
    const worker = await placeOf(c, handle);
    const lost = await markedProcesses(mark);
    expect(lost).not.to.deep.equal([]);
    await worker.kill();
    const pids = lost.map((line) => line.split(" ")[0]);
    await eventually("its processes are gone", async () => {
      const left = await markedProcesses(mark);
      return !left.some((line) => pids.includes(line.split(" ")[0]));
    });
    await writeFile(go, "");
    const result = (await handle.done).check();
    expect(result.output).to.equal("done\n");
    expect(result.attempts.map(({ ended }) => ended)).to.deep.equal(["worker-lost", "success"]);
    expect(result.worker?.name).not.to.equal(worker.name);
    expect(c.manager.stats().workersLost).to.equal(1);
  });

  it("more often than a task may be tried again, its result says so", async () => {
    await using c = await cluster();
    const handle = c.manager.submit(new Task("sleep 1000").retries(0));
    const worker = await placeOf(c, handle);
    await worker.kill();
    const result = await handle.done;
    expect([result.state, result.code, result.error?.code]).to.deep.equal([
      "failed",
      "max-retries",
      "MAX_RETRIES",
    ]);
    expect(result.message).to.contain(worker.name);
  });

  it("while a peer fetches from it, what only it held is made again", async () => {
    await using c = await cluster({ workers: 0, flags: ["--no-local-links"] });
    const sender = await c.addWorker(["--feature", "maker"]);
    const receiver = await c.addWorker(["--feature", "taker"]);
    const { temp, maker } = largeTemp(c);
    (await c.manager.submit(maker).done).check();
    const consumer = c.manager.submit(new Task("head -n 1 in").input(temp, "in").feature("taker"));
    await receiving([receiver]);
    await sender.kill();
    await c.addWorker(["--feature", "maker"]);
    expect((await consumer.done).check().output).to.equal("right\n");
    const { transferFailures, recoveries } = c.manager.stats();
    expect([transferFailures > 0, recoveries]).to.deep.equal([true, 1]);
  });

  it("while it fetches from a peer, the peer gives the file to the next one", async () => {
    await using c = await cluster({ workers: 0, flags: ["--no-local-links"] });
    await c.addWorker(["--feature", "maker"]);
    const takers = [await c.addWorker(["--feature", "taker"]), await c.addWorker(["--feature", "taker"])];
    const { temp, maker } = largeTemp(c);
    (await c.manager.submit(maker).done).check();
    const consumer = c.manager.submit(new Task("head -n 1 in").input(temp, "in").feature("taker"));
    const receiver = await receiving(takers);
    await receiver.kill();
    const result = (await consumer.done).check();
    expect(result.output).to.equal("right\n");
    expect(result.worker?.name).not.to.equal(receiver.name);
    expect(c.manager.stats().recoveries).to.equal(0);
  });
});

describe("when the only holder of a temp is killed", function () {
  this.timeout(60_000);

  it("the whole chain of tasks that leads to it runs again, and its consumer gets the right content", async () => {
    await using c = await cluster();
    const [a, b, sum] = [c.manager.declareTemp(), c.manager.declareTemp(), c.manager.declareTemp()];
    const ran = c.path("ran");
    const chain = c.manager.submitAll([
      new Task(`echo a >> ${ran}; seq 1 100 > out`).output(a, "out"),
      new Task(`echo b >> ${ran}; grep 7 in > out`).input(a, "in").output(b, "out"),
      new Task(`echo c >> ${ran}; awk '{ s += $1 } END { print s }' in > out`)
        .input(b, "in")
        .output(sum, "out"),
    ]);
    for (const { done } of chain) (await done).check();
    expect(await readFile(ran, "utf8")).to.equal("a\nb\nc\n");
    c.manager.prune(a);
    c.manager.prune(b);
    await c.workers[0]?.kill();
    await eventually("it is gone", () => c.manager.workers().length === 0);
    const consumer = c.manager.submit(new Task("cat sum").input(sum, "sum"));
    await eventually(
      "it is said why it waits",
      () => consumer.explain() !== "" && consumer.state !== "running",
    );
    await c.addWorker();
    expect((await consumer.done).check().output).to.equal("1188\n");
    expect(await sum.text()).to.equal("1188\n");
    expect(await readFile(ran, "utf8")).to.equal("a\nb\nc\na\nb\nc\n");
    expect(c.manager.stats().recoveries).to.equal(3);
  });

  it("a program that reads it here gets it all the same", async () => {
    await using c = await cluster();
    const temp = c.manager.declareTemp();
    (await c.manager.submit(new Task("echo content > out").output(temp, "out")).done).check();
    await c.workers[0]?.kill();
    await eventually("it is gone", () => c.manager.workers().length === 0);
    const reading = temp.text();
    await c.addWorker();
    expect(await reading).to.equal("content\n");
  });

  it("replicas save the work where there are any", async () => {
    await using c = await cluster({ workers: 2, manager: { tempReplicas: 2 } });
    const temp = c.manager.declareTemp();
    const made = (await c.manager.submit(new Task("echo content > out").output(temp, "out")).done).check();
    await eventually("there are two", () => c.manager.holdersOf(temp).length === 2);
    await c.workers.find(({ name }) => name === made.worker?.name)?.kill();
    expect((await c.manager.submit(new Task("cat in").input(temp, "in")).done).check().output).to.equal(
      "content\n",
    );
    expect(c.manager.stats().recoveries).to.equal(0);
  });

  it("a task that cannot be run again is named as the reason", async () => {
    await using c = await cluster();
    const [temp, next] = [c.manager.declareTemp(), c.manager.declareTemp()];
    const once = c.path("once");
    const maker = new Task(`[ -e ${once} ] && exit 7; touch ${once}; echo x > out`).output(temp, "out");
    (await c.manager.submit(maker).done).check();
    await c.workers[0]?.kill();
    expect(existsSync(once)).to.equal(true);
    const consumer = c.manager.submit(new Task("cat in > out").input(temp, "in").output(next, "out"));
    await c.addWorker();
    const result = await consumer.done;
    expect([result.state, result.code]).to.deep.equal(["failed", "input-missing"]);
    expect(result.message).to.contain("task 1");
  });
});
