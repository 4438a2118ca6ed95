#!/usr/bin/env node
// npm run gen:python: the wire code of the Python client, from packages/core/proto.
import { pythonEnvironment } from "./house/python.mjs";
import { run } from "./house/run.mjs";
import { Problem, runMain } from "./house/say.mjs";

await runMain(async () => {
  const { python, missing } = await pythonEnvironment();
  if (missing !== undefined) throw new Problem(`It ${missing}.`);
  const { code } = await run(python, ["packages/core/python/dev/wire.py"], { show: true });
  return code;
});
