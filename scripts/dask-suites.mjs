#!/usr/bin/env node
// npm run test:dask [-- --older] [any option of pytest or of packages/executor-dask/python/dask_suites]: the tests that
// Dask ships of itself, with our scheduler; --older: those of Debian's Dask.
import { olderDaskEnvironment, pythonEnvironment } from "./house/python.mjs";
import { inForeground } from "./house/run.mjs";
import { Problem, runMain } from "./house/say.mjs";
import { setUp } from "./setup.mjs";

const SUITES = "packages/executor-dask/python/dask_suites";

async function main() {
  const told = process.argv.slice(2);
  const options = told.filter((word) => word !== "--older");
  await setUp(["packages/cli", "packages/executor-dask"]);
  const { python, missing } = await (told.length > options.length
    ? olderDaskEnvironment()
    : pythonEnvironment());
  if (missing !== undefined) throw new Problem(missing);
  return inForeground(python, ["-B", "-m", "pytest", SUITES, "--whole", ...options]);
}

await runMain(main);
