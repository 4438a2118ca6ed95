import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { Task } from "@taskvine/core";
import { removeTree } from "@taskvine/core/data";
import { expect } from "chai";
import { cluster } from "../support/cluster.js";
import { eventually } from "../support/eventually.js";
import { markedProcesses } from "../support/leaks.js";
import { WorkerProcess } from "../support/worker-process.js";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

/** A manager in a process of its own, with one task that never ends. Prints "running" when it runs. */
const PROGRAM = `
import { Manager, Task } from "@taskvine/core";
const m = await Manager.start({ connectionFile: process.argv[1], runDirectory: process.argv[2], cacheDirectory: process.argv[2] });
m.events.on("task-started", () => console.log("running"));
m.submit(new Task("sleep 1000"));
`;

async function lineOf(child: ChildProcess, wanted: string): Promise<void> {
  if (child.stdout === null) throw new Error("no standard output");
  for await (const line of createInterface(child.stdout)) if (line === wanted) return;
  throw new Error(`it ended before it said ${wanted}`);
}

describe("the end", function () {
  this.timeout(120_000);

  it("of a manager by Ctrl-C releases its workers, ends their tasks and takes its keys away", async () => {
    const folder = await mkdtemp(join(tmpdir(), "vine-ctrl-c-"));
    const connectionFile = join(folder, "vine.json");
    const marker = ["VINE_TEST_CLUSTER", folder] as const;
    const flags = ["--cores", "1", "--memory", "1GB", "--disk", "1GB", "--single-shot"];
    const manager = spawn(
      process.execPath,
      ["--input-type=module", "-e", PROGRAM, connectionFile, join(folder, "runs")],
      {
        cwd: join(ROOT, "test"),
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    const worker = new WorkerProcess({
      name: "w",
      connectionFile,
      workdir: join(folder, "w"),
      marker,
      flags,
    });
    await lineOf(manager, "running");
    const ended = Promise.all([once(manager, "exit"), worker.exited]);
    manager.kill("SIGINT");
    const [[exitCode]] = (await ended) as [[number | null], unknown];
    expect(exitCode).to.equal(130);
    expect(worker.lines.at(-1)?.type).to.equal("ended");
    expect(await readdir(folder)).not.to.include("vine.json");
    await eventually("all processes end", async () => (await markedProcesses(marker)).length === 0);
    await removeTree(folder);
  });

  it("of a worker by kill -9 is seen at once, and its task runs elsewhere", async () => {
    await using c = await cluster({ workers: 2 });
    const go = c.path("go");
    const handle = c.manager.submit(new Task(`while ! [ -e ${go} ]; do sleep 0.05; done; echo survived`));
    let victim = "";
    c.manager.events.once("task-started", (_, worker) => (victim = worker.name));
    await eventually("the task runs", () => handle.state === "running");
    const lost = once(c.manager.events, "worker-lost");
    const killedMs = performance.now();
    await c.workers.find(({ name }) => name === victim)?.kill();
    await lost;
    expect(performance.now() - killedMs).to.be.below(10_000);
    await writeFile(go, "");
    const result = (await handle.done).check();
    expect(result.output).to.equal("survived\n");
    expect(result.attempts.map(({ ended }) => ended)).to.deep.equal(["worker-lost", "success"]);
    expect(result.worker?.name).not.to.equal(victim);
  });
});
