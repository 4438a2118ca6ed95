/**
 * Makes packages/core/src/protocol/gen/ from packages/core/proto/*.proto (pbjs and pbts, pure JavaScript, offline).
 * `node scripts/gen.mjs` writes; `node scripts/gen.mjs --check` exits with 1 when what is committed is not fresh.
 */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import pbjs from "protobufjs-cli/pbjs.js";
import pbts from "protobufjs-cli/pbts.js";

const core = fileURLToPath(new URL("../packages/core/", import.meta.url));
const gen = join(core, "src/protocol/gen");
const HEADER = "// Made by scripts/gen.mjs from packages/core/proto/. Do not edit: run `npm run gen`.\n";

const PBJS = [
  ["--target", "static-module"],
  ["--wrap", "esm"],
  ["--root", "taskvine"],
  ["--dependency", "protobufjs/minimal.js"],
  // Only what the codecs call. An absent optional field or sub-message reads as null.
  [
    "--null-semantics",
    "--no-create",
    "--no-verify",
    "--no-convert",
    "--no-delimited",
    "--no-typeurl",
    "--no-service",
  ],
].flat();

const runPbjs = promisify(pbjs.main);
const runPbts = promisify(pbts.main);

async function generate() {
  const protoDir = join(core, "proto");
  const protos = (await readdir(protoDir)).filter((name) => name.endsWith(".proto")).sort();
  const paths = protos.map((name) => join(protoDir, name));
  const temporary = await mkdtemp(join(tmpdir(), "vine-gen-"));
  try {
    const commented = join(temporary, "wire.js");
    await writeFile(commented, await runPbjs([...PBJS, ...paths]));
    const declarations = await runPbts(["--no-comments", commented]);
    const code = await runPbjs([...PBJS, "--no-comments", ...paths]);
    return { "wire.js": HEADER + code, "wire.d.ts": HEADER + withOwnLong(declarations) };
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** 64-bit numbers arrive as objects of the package `long`; all that we need of it is this. */
function withOwnLong(declarations) {
  return declarations.replace(/^import Long = require\("long"\);$/m, "interface Long { toNumber(): number }");
}

async function isFresh(name, text) {
  const committed = await readFile(join(gen, name), "utf8").catch(() => "");
  if (committed !== text)
    console.error(`packages/core/src/protocol/gen/${name} is not fresh: run \`npm run gen\``);
  return committed === text;
}

const made = Object.entries(await generate());
if (process.argv.includes("--check")) {
  const fresh = await Promise.all(made.map(([name, text]) => isFresh(name, text)));
  process.exitCode = fresh.every(Boolean) ? 0 : 1;
} else {
  await mkdir(gen, { recursive: true });
  await Promise.all(made.map(([name, text]) => writeFile(join(gen, name), text)));
}
