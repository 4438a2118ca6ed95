#!/usr/bin/env node
// npm run bench [-- NAME…] [--json]: builds, then hands over to bench/index.ts.
import { spawn } from "node:child_process";
import { ROOT } from "./house/paths.mjs";
import { runMain } from "./house/say.mjs";
import { setUp } from "./setup.mjs";

async function main() {
  await setUp(["packages/cli", "bench"]);
  const child = spawn(
    process.execPath,
    ["--enable-source-maps", "bench/dist/index.js", ...process.argv.slice(2)],
    {
      cwd: ROOT,
      stdio: "inherit",
    },
  );
  process.on("SIGINT", () => undefined);
  return new Promise((done) => {
    child.on("close", (code, signal) => done(signal === null ? code : 130));
  });
}

await runMain(main);
