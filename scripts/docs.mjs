#!/usr/bin/env node
// npm run docs: the API reference from the doc-comments, into docs/api.
import { tool } from "./house/run.mjs";
import { Problem, runMain, say } from "./house/say.mjs";
import { setUp } from "./setup.mjs";

async function main() {
  await setUp(["packages/cli"]);
  const { code } = await tool("typedoc/bin/typedoc", ["--logLevel", "Warn"], { show: true });
  if (code !== 0) throw new Problem("The API reference could not be made: see above.");
  say("Written: docs/api/index.html");
}

await runMain(main);
