#!/usr/bin/env node
// npm run format [-- PATH…]: layout and order of imports, put right.
import { install } from "./house/install.mjs";
import { tool } from "./house/run.mjs";
import { runMain } from "./house/say.mjs";

async function main() {
  await install();
  const paths = process.argv.slice(2);
  const { code } = await tool(
    "@biomejs/biome/bin/biome",
    ["check", "--write", ...(paths.length > 0 ? paths : ["."])],
    {
      show: true,
    },
  );
  return code;
}

await runMain(main);
