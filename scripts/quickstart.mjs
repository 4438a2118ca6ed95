#!/usr/bin/env node
// npm run quickstart: from a fresh clone to the main job (examples/quickstart.ts), and graphs of Dask where Python is here.
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { ROOT } from "./house/paths.mjs";
import { inForeground } from "./house/run.mjs";
import { Problem, runMain } from "./house/say.mjs";
import { showGraphs } from "./quickstart/graphs.mjs";
import { setUp } from "./setup.mjs";

const PROGRAM = "examples/dist/quickstart.js";

/** The program says itself what is wrong with its options. */
function workersOf(words) {
  const options = { workers: { type: "string", default: "4" } };
  return String(parseArgs({ args: words, options, strict: false }).values.workers);
}

async function main() {
  await setUp(["packages/cli", "packages/executor-dask", "examples"]);
  if (!existsSync(resolve(ROOT, PROGRAM)))
    throw new Problem("examples/quickstart.ts is missing: this clone is not complete.");
  const words = process.argv.slice(2);
  const code = await inForeground(process.execPath, ["--enable-source-maps", PROGRAM, ...words]);
  return code === 0 ? showGraphs({ workers: workersOf(words) }) : code;
}

await runMain(main);
