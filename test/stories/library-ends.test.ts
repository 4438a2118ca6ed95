import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { FunctionCall } from "@taskvine/core";
import { expect } from "chai";
import { type Cluster, cluster } from "../support/cluster.js";
import { eventually } from "../support/eventually.js";
import { javascriptFunctions } from "../support/functions.js";
import { markedProcesses } from "../support/leaks.js";

async function sockets(): Promise<string[]> {
  return (await readdir(tmpdir())).filter((name) => name.startsWith("vine-sockets-"));
}

/** A cluster with a library that has answered a call, and works on another. */
async function withLibrary(flags: readonly string[] = []): Promise<Cluster> {
  const c = await cluster({ flags });
  const js = c.manager.declareLibrary(await javascriptFunctions(c));
  expect(await c.manager.call<number>(js, "add", 1, 2)).to.equal(3);
  c.manager.submit(new FunctionCall(js, "spin"));
  await eventually("a call runs", () => js.status().busy === 1);
  return c;
}

describe("the processes of libraries", function () {
  this.timeout(180_000);

  for (const signal of ["SIGKILL", "SIGINT", "SIGTERM"] as const) {
    it(`end with their worker, and leave no socket: ${signal}`, async () => {
      const before = await sockets();
      await using c = await withLibrary();
      expect(await sockets()).to.have.length(before.length + 1);
      await c.workers[0]?.kill(signal);
      await eventually("nothing of the worker is left", async () => {
        const left = await markedProcesses(c.marker);
        return left.length === 0 && (await sockets()).length === before.length;
      });
    });
  }

  it("end with their manager", async () => {
    const c = await withLibrary();
    await c[Symbol.asyncDispose](); // looks for what is left, too
    expect(existsSync(c.folder)).to.equal(false);
  });

  it("do not keep a worker from leaving when it has nothing to do", async () => {
    await using c = await cluster({ flags: ["--idle-timeout", "1s"] });
    const js = c.manager.declareLibrary(await javascriptFunctions(c));
    expect(await c.manager.call<number>(js, "add", 1, 2)).to.equal(3);
    await eventually("the worker has left", () => c.workers[0]?.isRunning === false);
  });
});
