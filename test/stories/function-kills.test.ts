import { FunctionCall, type LibraryHandle } from "@taskvine/core";
import { expect } from "chai";
import { needs } from "../needs/needs.js";
import { type Cluster, cluster } from "../support/cluster.js";
import { javascriptFunctions, pythonFunctions } from "../support/functions.js";

const python = needs({ commands: ["python3"], debian: ["python3"] });
const CALLS = 60;

interface Victim {
  readonly library: LibraryHandle;
  /** Function that tells the number of the process that is the library's first. */
  readonly host: "pid" | "parent";
  readonly waits: (at: number) => number;
}

/** Kills the host while calls run and wait: all of them return, from a host that is another one. */
async function survivesKill(c: Cluster, { library, host, waits }: Victim): Promise<void> {
  const before = await c.manager.call<number>(library, host);
  const calls = Array.from({ length: CALLS }, (_, at) => new FunctionCall(library, "wait", [waits(at)]));
  const handles = c.manager.submitAll(calls);
  await handles[2]?.done;
  process.kill(before, "SIGKILL");
  const values = await Promise.all(handles.map(async ({ done }) => (await done).value));
  expect(values).to.deep.equal(calls.map(({ args }) => args[0]));
  expect(await c.manager.call<number>(library, host)).not.to.equal(before);
}

describe("calls whose host is killed", function () {
  this.timeout(180_000);

  it("in JavaScript: run again, and the rest go on", async () => {
    await using c = await cluster();
    const library = c.manager.declareLibrary(await javascriptFunctions(c));
    await survivesKill(c, { library, host: "pid", waits: (at) => 20 + at });
  });

  for (const mode of ["direct", "fork"] as const) {
    python.it(`in Python, ${mode}: run again, and the rest go on`, async () => {
      await using c = await cluster();
      const library = c.manager.declareLibrary(await pythonFunctions(c, mode, 2));
      await survivesKill(c, { library, host: "parent", waits: (at) => 0.02 + at / 1_000 });
    });
  }
});
