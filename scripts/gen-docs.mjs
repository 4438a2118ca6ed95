#!/usr/bin/env node
// npm run gen:docs [-- --check]: fills the parts of docs/*.md that follow from the code, between
// <!-- gen: NAME ARGUMENTS --> and <!-- end -->. With --check nothing is written; what is not fresh is named.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { dependenciesBlock } from "./docs/dependencies.mjs";
import { errorsBlock } from "./docs/errors.mjs";
import { exampleBlock } from "./docs/example.mjs";
import { layersBlock } from "./docs/layers.mjs";
import { findMoveTables, movesBlock } from "./docs/moves.mjs";
import { ROOT } from "./house/paths.mjs";
import { Problem, runMain, say } from "./house/say.mjs";

const BLOCKS = {
  moves: movesBlock,
  errors: errorsBlock,
  layers: layersBlock,
  dependencies: dependenciesBlock,
  example: exampleBlock,
};
const BLOCK = /(<!-- gen: (\S+) ?(.*?) -->)[\s\S]*?(<!-- end -->)/g;

async function filled(text) {
  const parts = [];
  let at = 0;
  for (const match of text.matchAll(BLOCK)) {
    const [whole, open, name, argument, close] = match;
    if (BLOCKS[name] === undefined) throw new Problem(`There is no generated part called "${name}".`);
    parts.push(text.slice(at, match.index), open, "\n", await BLOCKS[name](argument), "\n", close);
    at = match.index + whole.length;
  }
  return parts.join("") + text.slice(at);
}

function documents() {
  const inDocs = readdirSync(resolve(ROOT, "docs")).filter((file) => file.endsWith(".md"));
  return ["README.md", ...inDocs.map((name) => `docs/${name}`)];
}

/** Tables of moves that no document draws. */
function undrawn() {
  const states = readFileSync(resolve(ROOT, "docs/STATES.md"), "utf8");
  return findMoveTables().filter((place) => !states.includes(`<!-- gen: moves ${place} -->`));
}

/** Fills one document. A part that cannot be made is a problem of its own, and the document stays as it is. */
async function refresh(name, check) {
  const path = resolve(ROOT, name);
  const text = readFileSync(path, "utf8");
  try {
    const fresh = await filled(text);
    if (fresh !== text && !check) writeFileSync(path, fresh);
    return { stale: fresh !== text };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { stale: false, problem: error.message };
  }
}

async function main() {
  const check = process.argv.includes("--check");
  const problems = undrawn().map(
    (place) => `docs/STATES.md does not draw ${place}: add <!-- gen: moves ${place} --> and <!-- end -->`,
  );
  const stale = [];
  for (const name of documents()) {
    const result = await refresh(name, check);
    if (result.stale) stale.push(name);
    if (result.problem !== undefined) problems.push(result.problem);
  }
  if (stale.length > 0) say(`${check ? "Not fresh" : "Written"}: ${stale.join(", ")}`);
  for (const problem of problems) say(problem);
  return problems.length > 0 || (check && stale.length > 0) ? 1 : 0;
}

await runMain(main);
