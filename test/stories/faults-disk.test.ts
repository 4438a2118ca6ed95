import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { FunctionCall, javascriptLibrary, pythonLibrary, Task } from "@taskvine/core";
import { expect } from "chai";
import { needs } from "../needs/needs.js";
import { type Cluster, cluster } from "../support/cluster.js";
import { eventually } from "../support/eventually.js";
import { mountSmall } from "../support/mounted.js";

const MB = 1_000_000;
const root = needs({ root: true, linux: true, commands: ["mount"] });
const rootPython = needs({ root: true, linux: true, commands: ["mount", "python3"] });

async function aLargeFile(c: Cluster): Promise<string> {
  await writeFile(c.path("large"), Buffer.alloc(20 * MB, "x"));
  return c.path("large");
}

describe("when a worker has no room left", function () {
  this.timeout(60_000);

  it("in its budget for an input, the task goes to a worker that has", async () => {
    await using c = await cluster({ workers: 0 });
    await c.addWorker(["--disk", "10MB"]);
    const large = c.manager.declareFile(await aLargeFile(c));
    const handle = c.manager.submit(new Task("wc -c < in").input(large, "in").disk("1MB"));
    await eventually("it has been seen that it waits", () =>
      /disk|room|fit|space|worker/.test(handle.explain()),
    );
    const roomy = await c.addWorker();
    const result = (await handle.done).check();
    expect([result.output.trim(), result.worker?.name]).to.deep.equal([String(20 * MB), roomy.name]);
  });

  it("in its budget for what a task writes, the task is ended, and runs again where there is more", async () => {
    await using c = await cluster();
    const roomy = c.workers[0];
    const go = c.path("go");
    const other = c.manager.submit(new Task(`while ! [ -e ${go} ]; do sleep 0.05; done`));
    await eventually("one worker is busy", () => other.state === "running");
    await c.addWorker(["--disk", "10MB"]);
    const handle = c.manager.submit(new Task("head -c 12000000 /dev/zero > scratch; wc -c < scratch"));
    await eventually("it was tried", () => c.manager.stats().retries > 0);
    await writeFile(go, "");
    const result = (await handle.done).check();
    expect([result.output.trim(), result.worker?.name]).to.deep.equal([String(12 * MB), roomy?.name]);
    expect(result.attempts.map(({ ended }) => ended)).to.deep.equal(["sandbox-exhaustion", "success"]);
  });

  it("in any budget for what a task writes, the task fails and says how much it used", async () => {
    await using c = await cluster({ flags: ["--disk", "10MB"] });
    const result = await c.manager.submit(new Task("head -c 20000000 /dev/zero > scratch")).done;
    expect([result.code, result.error?.code]).to.deep.equal(["sandbox-exhaustion", "SANDBOX_EXHAUSTED"]);
    expect(result.message).to.match(/grew to \d+ bytes/);
  });

  it("in its budget for what a function returns, the call says so, and runs where there is more", async () => {
    await using c = await cluster({ workers: 0 });
    await c.addWorker(["--disk", "10MB"]);
    const source = "export const repeat = (text, times) => text.repeat(times);";
    const library = c.manager.declareLibrary(javascriptLibrary("texts", { source }).cores(1));
    const call = (retries: number): FunctionCall =>
      new FunctionCall(library, "repeat", ["x", 20 * MB]).retries(retries).keepInCluster();
    const failed = await c.manager.submit(call(0)).done;
    expect(["DISK_FULL", "SANDBOX_EXHAUSTED"]).to.include(failed.error?.code);
    const handle = c.manager.submit(call(50));
    await eventually("it was tried", () => c.manager.stats().retries > 0);
    const roomy = await c.addWorker();
    expect((await handle.done).check().worker?.name).to.equal(roomy.name);
  });

  it("no worker has the disk that a task asks for, so it waits, says so, and runs when one joins", async () => {
    await using c = await cluster({ workers: 0 });
    await c.addWorker(["--disk", "10MB"]);
    const handle = c.manager.submit(new Task("echo ran").disk("1GB"));
    await eventually("it is said", () => /disk/.test(handle.explain()));
    await c.addWorker();
    expect((await handle.done).check().output).to.equal("ran\n");
  });

  root.it("on its disk for an input, the task goes to a worker that has", async () => {
    await using c = await cluster({ workers: 0 });
    await using _small = await mountSmall(c.path("small"), "8m");
    const full = await c.addWorker([], { workdir: join(c.path("small"), "worker") });
    const large = c.manager.declareFile(await aLargeFile(c));
    const handle = c.manager.submit(new Task("wc -c < in").input(large, "in"));
    await eventually(
      "the disk is full",
      () => full.lines.find(({ type }) => type === "file-failed")?.["code"] === "DISK_FULL",
    );
    const roomy = await c.addWorker();
    const result = (await handle.done).check();
    expect([result.output.trim(), result.worker?.name]).to.deep.equal([String(20 * MB), roomy.name]);
    await full.stop();
  });

  rootPython.it("on its disk for what a function returns, the call goes to a worker that has", async () => {
    await using c = await cluster({ workers: 0 });
    await using _small = await mountSmall(c.path("small"), "8m");
    const full = await c.addWorker([], { workdir: join(c.path("small"), "worker") });
    await writeFile(c.path("texts.py"), "def text(size): return 'x' * size\n");
    const files = { "texts.py": c.path("texts.py") };
    const library = pythonLibrary("texts", { functions: { text: "texts:text" }, files });
    const call = new FunctionCall(c.manager.declareLibrary(library.cores(1)), "text", [20 * MB]);
    const handle = c.manager.submit(call.retries(5).keepInCluster());
    await eventually("it was tried", () => c.manager.stats().retries > 0);
    const roomy = await c.addWorker();
    const result = (await handle.done).check();
    expect(result.worker?.name).to.equal(roomy.name);
    await full.stop();
  });

  root.it("for another file on its disk, the task goes to a worker that has", async () => {
    await using c = await cluster({ workers: 0 });
    await using _small = await mountSmall(c.path("small"), "8m,nr_inodes=60");
    const full = await c.addWorker([], { workdir: join(c.path("small"), "worker") });
    const task = new Task("cat f* | wc -l");
    for (let at = 0; at < 100; at += 1) task.inputBuffer(`${at}\n`, `f${at}`);
    const handle = c.manager.submit(task);
    await eventually("it was given back, or its inputs did not fit", () =>
      full.lines.some(({ type }) => type === "file-failed" || type === "task-returned"),
    );
    const roomy = await c.addWorker();
    expect((await handle.done).check().worker?.name).to.equal(roomy.name);
    await full.stop();
  });

  root.it("on the manager's disk for an output, its task says so", async () => {
    await using c = await cluster();
    await using _small = await mountSmall(c.path("small"), "1m");
    const output = c.manager.declareFile(c.path("small", "out"));
    const result = await c.manager.submit(new Task("head -c 5000000 /dev/zero > out").output(output, "out"))
      .done;
    expect([result.code, result.error?.code]).to.deep.equal(["output-transfer-error", "OUTPUT_TRANSFER"]);
    expect(result.message).to.match(/space|full/i);
  });
});
