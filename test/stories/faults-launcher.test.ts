import { readdir, readFile, writeFile } from "node:fs/promises";
import { Task } from "@taskvine/core";
import { expect } from "chai";
import { needs } from "../needs/needs.js";
import { cluster } from "../support/cluster.js";
import { eventually } from "../support/eventually.js";
import { markedProcesses } from "../support/leaks.js";
import type { WorkerProcess } from "../support/worker-process.js";

const linux = needs({ linux: true });

/** Process id of the launcher of a worker: its only child. */
async function launcherOf({ pid }: WorkerProcess): Promise<number> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  for (const candidate of pids) {
    const stat = await readFile(`/proc/${candidate}/stat`, "latin1").catch(() => "");
    const parent = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
    if (parent === pid) return Number(candidate);
  }
  throw new Error(`worker ${pid} has no launcher`);
}

describe("when a worker loses its launcher", function () {
  this.timeout(60_000);

  linux.it("the tasks that ran are ended and run again, and the worker goes on with another", async () => {
    await using c = await cluster({ cores: 2 });
    const mark = ["VINE_TEST_TASK", c.folder] as const;
    const go = c.path("go");
    const tasks = ["a", "b"].map((word) =>
      new Task(`while ! [ -e ${go} ]; do sleep 0.05; done; echo ${word}`).env(...mark).cores(1),
    );
    const handles = c.manager.submitAll(tasks);
    await eventually("both run", () => handles.every(({ state }) => state === "running"));
    const first = (await markedProcesses(mark)).map((line) => line.split(" ")[0]);
    process.kill(await launcherOf(c.workers[0] as WorkerProcess), "SIGKILL");
    await eventually("the first attempts are gone", async () => {
      const left = (await markedProcesses(mark)).map((line) => line.split(" ")[0]);
      return !left.some((pid) => first.includes(pid));
    });
    await writeFile(go, "");
    const results = await Promise.all(handles.map(({ done }) => done));
    expect(results.map((result) => result.check().output)).to.deep.equal(["a\n", "b\n"]);
    expect(results[0]?.attempts.map(({ ended }) => ended)).to.deep.equal(["unknown", "success"]);
    expect(c.manager.stats().workersLost).to.equal(0);
  });

  linux.it("again and again by the same task, that task fails and the worker does not", async () => {
    await using c = await cluster();
    const killer = c.manager.submit(new Task("kill -9 $PPID; sleep 1000").retries(1));
    const result = await killer.done;
    expect([result.state, result.code, result.error?.code]).to.deep.equal([
      "failed",
      "max-retries",
      "MAX_RETRIES",
    ]);
    expect(result.message).to.contain("the process that starts tasks at the worker ended");
    expect((await c.manager.submit(new Task("echo next")).done).check().output).to.equal("next\n");
  });
});
