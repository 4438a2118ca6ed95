import { writeFile } from "node:fs/promises";
import { Task, type TaskHandle } from "@taskvine/core";
import { expect } from "chai";
import { needs } from "../needs/needs.js";
import { type Cluster, cluster } from "../support/cluster.js";
import { eventually } from "../support/eventually.js";
import { markedProcesses } from "../support/leaks.js";

const linux = needs({ linux: true });
const PATIENCE_MS = 30_000;
/** For processes to be found in the system that do not carry the mark of the test. */
const IGNORES_ALL = "trap '' HUP INT TERM QUIT USR1 USR2 PIPE;";

/** A program that forks itself anew in a session of its own again and again, faster than one can look. */
const HOPPING = `${IGNORES_ALL} sleep 0.02; setsid sh ./hop < /dev/null > /dev/null 2>&1 & exit 0\n`;

/** Ways to stay behind. */
const ESCAPES: Readonly<Record<string, string>> = {
  "a session of its own": "setsid sleep 1000 &",
  "a double fork without streams": `(setsid sh -c '${IGNORES_ALL} cd /; sleep 1000 & sleep 1000' < /dev/null > /dev/null 2>&1 &)`,
  nohup: "nohup sleep 1000 > /dev/null 2>&1 &",
  "open streams": `(setsid sh -c '${IGNORES_ALL} while :; do sleep 1; done' &)`,
  "another environment":
    'env -i VINE_TEST_TASK="$VINE_TEST_TASK" setsid sleep 1000 < /dev/null > /dev/null 2>&1 &',
  "a stopped process": "setsid sh -c 'kill -STOP $$' < /dev/null > /dev/null 2>&1 &",
  "endless forks": "setsid sh ./hop < /dev/null > /dev/null 2>&1 &",
};

const mark = (c: Cluster): readonly [string, string] => ["VINE_TEST_TASK", c.folder];

/** A task that leaves all of these behind, says "left", and does what comes last. */
function escaping(c: Cluster, last: string): Task {
  return new Task(`${Object.values(ESCAPES).join("\n")}\nsleep 0.2; echo left; ${last}`)
    .inputBuffer(HOPPING, "hop")
    .env(...mark(c));
}

async function expectGone(c: Cluster): Promise<void> {
  let left: string[] = [];
  const look = async (): Promise<boolean> => (left = await markedProcesses(mark(c))).length === 0;
  await eventually("what the task started ends", look, PATIENCE_MS).catch((cause: unknown) => {
    throw new Error(`left behind: ${left.join("; ")}`, { cause });
  });
}

/** Resolves when the task runs and its escaped processes do. */
async function escaped(c: Cluster, handle: TaskHandle): Promise<void> {
  await eventually("the task runs", () => handle.state === "running", PATIENCE_MS);
  await eventually("it has forked", async () => (await markedProcesses(mark(c))).length > 6, PATIENCE_MS);
}

describe("a task that forks and detaches", function () {
  this.timeout(90_000);

  linux.it("is rid of all that it started when it ends, and its result is not held up", async () => {
    await using c = await cluster();
    const result = await c.manager.submit(escaping(c, "exit 4")).done;
    expect([result.state, result.exitCode, result.stdout]).to.deep.equal(["done", 4, "left\n"]);
    await expectGone(c);
    expect((await c.manager.submit(new Task("echo next")).done).check().output).to.equal("next\n");
  });

  linux.it("is rid of it when it is cancelled", async () => {
    await using c = await cluster();
    const handle = c.manager.submit(escaping(c, `${IGNORES_ALL} while :; do sleep 1; done`));
    await escaped(c, handle);
    handle.cancel();
    expect((await handle.done).state).to.equal("cancelled");
    await expectGone(c);
    expect((await c.manager.submit(new Task("echo next")).done).check().output).to.equal("next\n");
  });

  linux.it("is rid of it when its time is over", async () => {
    await using c = await cluster();
    const result = await c.manager.submit(escaping(c, "sleep 1000").maxWallTime("1s")).done;
    expect([result.state, result.code, result.error?.code]).to.deep.equal([
      "failed",
      "max-wall-time",
      "WALL_TIME",
    ]);
    await expectGone(c);
  });

  for (const signal of ["SIGTERM", "SIGKILL", "SIGINT"] as const) {
    linux.it(`is rid of it when its worker gets ${signal}, and runs again elsewhere`, async () => {
      await using c = await cluster();
      const [victim] = c.workers;
      const handle = c.manager.submit(escaping(c, `[ -e ${c.path("go")} ] || sleep 1000`));
      await escaped(c, handle);
      await victim?.kill(signal);
      await expectGone(c);
      await writeFile(c.path("go"), "");
      await c.addWorker();
      expect((await handle.done).check().output).to.equal("left\n");
      await expectGone(c);
    });
  }

  linux.it("has its other tasks left alone", async () => {
    await using c = await cluster({ cores: 2 });
    const go = c.path("go");
    const waits = `while ! [ -e ${go} ]; do sleep 0.05; done`;
    const honest = c.manager.submit(
      new Task(`setsid sleep 1000 & ${waits}; kill -0 $! && echo "still there"`).cores(1),
    );
    await eventually("the honest one runs", () => honest.state === "running", PATIENCE_MS);
    (await c.manager.submit(escaping(c, `touch ${go}`).cores(1)).done).check();
    expect((await honest.done).check().output).to.equal("still there\n");
    await expectGone(c);
  });
});

describe("a task that ignores SIGTERM", function () {
  this.timeout(60_000);

  linux.it("ends all the same when it is cancelled, and when the manager ends", async () => {
    await using c = await cluster({ cores: 2 });
    const stubborn = (): Task =>
      new Task(`${IGNORES_ALL} echo ready; while :; do sleep 1; done`).env(...mark(c)).cores(1);
    const [first, second] = c.manager.submitAll([stubborn(), stubborn()]) as [TaskHandle, TaskHandle];
    await eventually(
      "both run",
      () => [first, second].every(({ state }) => state === "running"),
      PATIENCE_MS,
    );
    first.cancel();
    expect((await first.done).code).to.equal("cancelled");
    await c.manager.close();
    expect((await second.done).code).to.equal("cancelled");
    await expectGone(c);
  });
});
