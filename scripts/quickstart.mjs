#!/usr/bin/env node
// npm run quickstart: from a fresh clone to the main job (examples/quickstart.ts).
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { ROOT } from "./house/paths.mjs";
import { Problem, runMain } from "./house/say.mjs";
import { setUp } from "./setup.mjs";

const PROGRAM = "examples/dist/quickstart.js";

async function main() {
  await setUp(["packages/cli", "examples"]);
  if (!existsSync(resolve(ROOT, PROGRAM)))
    throw new Problem("examples/quickstart.ts is missing: this clone is not complete.");
  const child = spawn(process.execPath, ["--enable-source-maps", PROGRAM, ...process.argv.slice(2)], {
    cwd: ROOT,
    stdio: "inherit",
  });
  // Ctrl-C goes to the whole foreground group: the program ends itself and its workers, and we wait for that.
  process.on("SIGINT", () => undefined);
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  return new Promise((done) => {
    child.on("close", (code, signal) => done(signal === null ? code : 130));
  });
}

await runMain(main);
