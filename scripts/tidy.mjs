#!/usr/bin/env node
// Part of npm run check: names of files, and how many there are in a folder.
import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { ROOT } from "./house/paths.mjs";
import { runMain, say } from "./house/say.mjs";

const MOST_FILES = 12;
const SKIPPED = new Set(["node_modules", "dist", "gen"]);
const VAGUE = new Set(["utils", "util", "helpers", "helper", "types", "common", "misc", "constants"]);
const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*(\.property)?(\.test(\.kit)?)?\.(ts|mjs|cjs|js)$/;

function* folders(folder) {
  const entries = readdirSync(resolve(ROOT, folder), { withFileTypes: true });
  yield { folder, files: entries.filter((entry) => entry.isFile()).map((entry) => entry.name) };
  for (const entry of entries) {
    if (entry.isDirectory() && !SKIPPED.has(entry.name)) yield* folders(join(folder, entry.name));
  }
}

function findings({ folder, files }) {
  const code = files.filter((name) => /\.(ts|mjs|cjs|js)$/.test(name));
  const product = code.filter((name) => !name.includes(".test."));
  const crowded =
    product.length > MOST_FILES
      ? [`${folder}: ${product.length} files, ${MOST_FILES} at most: make a sub-folder`]
      : [];
  const misnamed = code
    .filter((name) => !KEBAB.test(name))
    .map((name) => `${folder}/${name}: not kebab-case`);
  const vague = [folder, ...code]
    .map((path) => path.split("/").at(-1).split(".")[0])
    .filter((name) => VAGUE.has(name))
    .map((name) => `${folder}: "${name}" says nothing; name it for its noun`);
  return [...crowded, ...misnamed, ...vague];
}

function main() {
  const roots = [
    "packages/core/src",
    "packages/worker/src",
    "packages/cli/src",
    "test",
    "bench",
    "examples",
    "scripts",
  ];
  const all = roots.flatMap((root) => [...folders(root)].flatMap(findings));
  for (const finding of all) say(finding);
  return all.length === 0 ? 0 : 1;
}

await runMain(main);
