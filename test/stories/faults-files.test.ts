import { appendFile, mkdir, readFile, rm, unlink, writeFile } from "node:fs/promises";
import { Task, type TaskHandle, type VineFile } from "@taskvine/core";
import { expect } from "chai";
import { type Cluster, cluster } from "../support/cluster.js";
import { eventually } from "../support/eventually.js";

/** Too large to be remembered when it is named. */
const LARGE = "x".repeat(200_000);

/** A task that is ready to run, but has no worker to run on: its input has been looked at. */
async function readyTask(c: Cluster, input: VineFile): Promise<TaskHandle> {
  const handle = c.manager.submit(new Task("wc -c < in/. 2> /dev/null || wc -c < in").input(input, "in"));
  await eventually("its input is named", () => handle.state === "ready");
  return handle;
}

describe("an input file", function () {
  this.timeout(30_000);

  it("that vanishes after it was declared fails its task with its path, and other tasks go on", async () => {
    await using c = await cluster({ workers: 0 });
    await writeFile(c.path("data"), LARGE);
    const handle = await readyTask(c, c.manager.declareFile(c.path("data")));
    await unlink(c.path("data"));
    await c.addWorker();
    const result = await handle.done;
    expect([result.state, result.code, result.error?.code]).to.deep.equal([
      "failed",
      "fixed-location-missing",
      "INPUT_MISSING",
    ]);
    expect(result.message).to.contain(c.path("data")).and.contain("vanished");
    expect((await c.manager.submit(new Task("echo other")).done).check().output).to.equal("other\n");
  });

  it("that changes after it was declared fails its task with its path", async () => {
    await using c = await cluster({ workers: 0 });
    await writeFile(c.path("data"), LARGE);
    const handle = await readyTask(c, c.manager.declareFile(c.path("data")));
    await appendFile(c.path("data"), "more");
    await c.addWorker();
    const result = await handle.done;
    expect([result.code, result.error?.code]).to.deep.equal(["fixed-location-missing", "INPUT_CHANGED"]);
    expect(result.message).to.contain(c.path("data")).and.contain("changed");
  });

  it("in a folder that was changed after it was declared fails its task", async () => {
    await using c = await cluster({ workers: 0 });
    await mkdir(c.path("tree"));
    await writeFile(c.path("tree", "data"), LARGE);
    const handle = await readyTask(c, c.manager.declareFile(c.path("tree")));
    await writeFile(c.path("tree", "data"), LARGE.replace("x", "y"));
    await c.addWorker();
    const result = await handle.done;
    expect([result.code, result.error?.code]).to.deep.equal(["fixed-location-missing", "INPUT_CHANGED"]);
  });

  it("that is small is kept as it was declared, whatever becomes of it", async () => {
    await using c = await cluster({ workers: 0 });
    await writeFile(c.path("data"), "four");
    const handle = await readyTask(c, c.manager.declareFile(c.path("data")));
    await rm(c.path("data"));
    await c.addWorker();
    expect((await handle.done).check().output.trim()).to.equal("4");
  });

  it("that a worker has already serves its tasks, even when it has vanished here", async () => {
    await using c = await cluster();
    await writeFile(c.path("data"), LARGE);
    const data = c.manager.declareFile(c.path("data"));
    const count = (): Task => new Task("wc -c < in").input(data, "in");
    (await c.manager.submit(count()).done).check();
    await unlink(c.path("data"));
    expect((await c.manager.submit(count()).done).check().output.trim()).to.equal("200000");
  });
});

describe("an output", function () {
  this.timeout(30_000);

  it("that is missing fails its task with its name, keeps the others, and fails who waits for it", async () => {
    await using c = await cluster();
    const [here, absent] = [c.manager.declareFile(c.path("here")), c.manager.declareTemp()];
    const [first, next] = c.manager.submitAll([
      new Task("echo content > here; echo sorry >&2").output(here, "here").output(absent, "absent"),
      new Task("cat in").input(absent, "in"),
    ]) as [TaskHandle, TaskHandle];
    const result = await first.done;
    expect([result.state, result.code, result.error?.code]).to.deep.equal([
      "failed",
      "output-missing",
      "OUTPUT_MISSING",
    ]);
    expect(result.message).to.contain("absent").and.contain("sorry");
    expect(await readFile(c.path("here"), "utf8")).to.equal("content\n");
    const failed = await next.done;
    expect([failed.code, failed.attempts.length]).to.deep.equal(["input-missing", 0]);
    expect(failed.message).to.contain(`task ${first.id}`);
  });

  it("that cannot be written where it belongs fails its task, and says why", async () => {
    await using c = await cluster();
    await writeFile(c.path("file"), "not a folder");
    const output = c.manager.declareFile(c.path("file", "below"));
    const result = await c.manager.submit(new Task("echo x > out").output(output, "out")).done;
    expect([result.state, result.code, result.error?.code]).to.deep.equal([
      "failed",
      "output-transfer-error",
      "OUTPUT_TRANSFER",
    ]);
    expect(result.message).to.contain(c.path("file"));
  });
});
