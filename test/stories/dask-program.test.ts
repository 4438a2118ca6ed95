import { executorConformance, type TestCluster } from "@taskvine/core/testing";
import { expect } from "chai";
import { cluster } from "../support/cluster.js";
import { daskWithProgram } from "../support/dask-program.js";

const SCRIPT = new URL("../../../scripts/house/python.mjs", import.meta.url);
const { pythonEnvironment } = (await import(SCRIPT.href)) as {
  readonly pythonEnvironment: () => Promise<{ readonly python?: string; readonly missing?: string }>;
};
/** One that has Dask. */
const { python, missing } = await pythonEnvironment();
const given = process.env["VINE_PYTHON"];

async function start(): Promise<TestCluster> {
  if (python !== undefined) process.env["VINE_PYTHON"] = python;
  const c = await cluster({ workers: 1, cores: 1 });
  const end = async (): Promise<void> => {
    await c[Symbol.asyncDispose]();
    if (given === undefined) delete process.env["VINE_PYTHON"];
    else process.env["VINE_PYTHON"] = given;
  };
  return { manager: c.manager, end };
}

if (missing === undefined)
  executorConformance({
    plugin: daskWithProgram,
    start,
    request: { run: "eval", text: "6 * 7" },
    check: ({ body }) => expect(body).to.deep.equal({ state: "done", requested: [0] }),
    wrong: { type: "graph", lists: [], groups: [], libraries: [] },
    endless: { run: "exec", text: "import time; time.sleep(600)" },
  });
else it.skip(`the executor of Dask does what every executor must [${missing}]`);
