import { FunctionCall } from "@taskvine/core";
import { expect } from "chai";
import { needs } from "../needs/needs.js";
import { type Cluster, cluster } from "../support/cluster.js";
import { javascriptFunctions, pythonFunctions } from "../support/functions.js";

const python = needs({ commands: ["python3"], debian: ["python3"] });

/** Calls of a function that used to be quick wait behind one that is not, in its library, while another has nothing to do. */
async function getsUnstuck(
  c: Cluster,
  library: Awaited<ReturnType<typeof javascriptFunctions>>,
): Promise<void> {
  const handle = c.manager.declareLibrary(library);
  const quick = (count: number): FunctionCall[] =>
    Array.from({ length: count }, () => new FunctionCall(handle, "wait", [0]));
  await Promise.all(c.manager.submitAll(quick(400)).map(({ done }) => done));
  const long = c.manager.submit(new FunctionCall(handle, "wait", [600_000]));
  const others = c.manager.submitAll(quick(60));
  await Promise.all(others.map(async ({ done }) => (await done).check()));
  expect(long.state).to.be.oneOf(["assigned", "running"]);
  long.cancel();
  expect((await long.done).state).to.equal("cancelled");
}

describe("calls that are stuck behind a long one", function () {
  this.timeout(120_000);

  it("in JavaScript: run elsewhere", async () => {
    await using c = await cluster({ workers: 2 });
    await getsUnstuck(c, await javascriptFunctions(c));
  });

  for (const mode of ["fork", "threads"] as const) {
    python.it(`in Python, ${mode}: run elsewhere`, async () => {
      await using c = await cluster({ workers: 2 });
      await getsUnstuck(c, await pythonFunctions(c, mode));
    });
  }
});
