#!/usr/bin/env node
import { existsSync } from "node:fs";

const main = new URL("../dist/main.js", import.meta.url);
if (existsSync(main)) {
  const { runMain } = await import(main.href);
  await runMain(process.argv);
} else {
  process.stderr.write(
    "vine: it has not been built yet\n  hint: run `npm run build` at the root of the repository\n",
  );
  process.exitCode = 1;
}
