import { graphsEnvironment } from "../house/python.mjs";
import { inForeground } from "../house/run.mjs";
import { say } from "../house/say.mjs";

const PROGRAM = "examples/quickstart/graphs.py";

/** Runs Dask graphs where Python is here, and says what is missing where it is not. Resolves to an exit code. */
export async function showGraphs({ workers }) {
  const { python, missing } = await graphsEnvironment();
  if (missing !== undefined) {
    say(`\nGraphs of Dask are left out: that ${missing}.`);
    return 0;
  }
  return inForeground(python, [PROGRAM, "--workers", workers], { VINE_NODE: process.execPath });
}
