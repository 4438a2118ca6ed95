#!/usr/bin/env node
import { install } from "./house/install.mjs";
// npm run check: everything that a machine can say about the sources without running them.
import { requireNode } from "./house/node-version.mjs";
import { pythonEnvironment } from "./house/python.mjs";
import { run, tool } from "./house/run.mjs";
import { dim, duration, green, red, runMain, say, yellow } from "./house/say.mjs";

const CI = process.env.CI === "true";
const script = (name, ...args) => run(process.execPath, [`scripts/${name}`, ...args]);

/** The rest reads the declarations that this one writes. */
const TYPES = {
  name: "types",
  start: () => tool("typescript/bin/tsc", ["-b"]),
  todo: "correct the type errors above",
};

/** `todo`: what to do about its findings. Longest first. */
const STEPS = [
  {
    name: "lint",
    start: () => tool("eslint/bin/eslint.js", [".", "--max-warnings=0"]),
    todo: "npx eslint --fix PATH mends some; size limits ask for smaller pieces",
  },
  {
    name: "layers",
    start: () =>
      tool("dependency-cruiser/bin/dependency-cruise.mjs", [
        ...["--config", ".dependency-cruiser.mjs", "--output-type", "err-long"],
        ...["packages", "test", "bench", "examples"],
      ]),
    todo: "move the code to the layer where it belongs (docs/ARCHITECTURE.md)",
  },
  {
    name: "format",
    start: () => tool("@biomejs/biome/bin/biome", ["check", "--max-diagnostics=10", "."]),
    todo: "npm run format",
  },
  {
    name: "dead code",
    start: () => tool("knip/bin/knip.js", ["--no-progress", "--no-config-hints"]),
    todo: "delete what nobody uses, or stop exporting it",
  },
  {
    name: "generated wire",
    start: () => script("gen.mjs", "--check"),
    todo: "npm run gen, and commit the result",
  },
  {
    name: "generated docs",
    start: () => script("gen-docs.mjs", "--check"),
    todo: "npm run gen:docs, and commit",
  },
];

const PYTHON_FOLDERS = [
  "packages/core/python",
  "packages/worker/hosts/python",
  "packages/executor-dask/python",
];

/** Runs modules of the Python environment one after the other, as far as there is one. */
async function inPython(...lines) {
  const { python, missing } = await pythonEnvironment();
  if (missing !== undefined) return { code: CI ? 1 : 0, text: missing, ms: 0, skipped: missing };
  const total = { code: 0, text: "", ms: 0 };
  for (const { args, cwd } of lines) {
    const { code, text, ms } = await run(python, args, { cwd });
    total.code ||= code;
    total.text += code === 0 ? "" : text;
    total.ms += ms;
  }
  return total;
}

const PYTHON_STEPS = [
  {
    name: "python lint",
    start: () =>
      inPython(
        { args: ["-m", "ruff", "check", "--no-cache", "--quiet", ...PYTHON_FOLDERS] },
        { args: ["-m", "ruff", "format", "--no-cache", "--check", "--quiet", ...PYTHON_FOLDERS] },
      ),
    todo: "ruff check --fix PATH and ruff format PATH, of the Python environment in .cache",
  },
  {
    name: "python types",
    start: () => inPython(...PYTHON_FOLDERS.map((cwd) => ({ args: ["-m", "mypy"], cwd }))),
    todo: "correct the type errors above",
  },
  {
    name: "python wire",
    start: () => inPython({ args: [`${PYTHON_FOLDERS[0]}/dev/wire.py`, "--check"] }),
    todo: "npm run gen:python, and commit the result",
  },
];

async function perform({ name, start, todo }) {
  const { code, text, ms, skipped } = await start();
  const ok = code === 0;
  if (ok && skipped !== undefined) say(`${yellow("–")} ${name.padEnd(16)} ${yellow(skipped)}`);
  else say(`${ok ? green("✓") : red("✗")} ${name.padEnd(16)} ${dim(duration(ms))}`);
  if (!ok) say(`${text.trimEnd()}\n  ${yellow("→")} ${name}: ${todo}\n`);
  return ok;
}

async function main() {
  requireNode();
  await install();
  const results = [await perform(TYPES)];
  const waiting = [...STEPS, ...PYTHON_STEPS];
  const lane = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift())
      results.push(await perform(step));
  };
  await Promise.all([lane(), lane()]);
  const failed = results.filter((ok) => !ok).length;
  say(
    failed === 0 ? `\nAll ${results.length} checks hold.` : `\n${failed} of ${results.length} checks failed.`,
  );
  return failed === 0 ? 0 : 1;
}

await runMain(main);
