import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { CACHE, ROOT } from "./paths.mjs";
import { run } from "./run.mjs";
import { duration, say } from "./say.mjs";

/** Distributions of ours: each needs those before it. */
const OURS = ["packages/core/python", "packages/executor-dask/python"];
const LEAST = [3, 10];
const VERSION = 'import sys; print(".".join(map(str, sys.version_info[:3])))';

/** Debian's own Python, with the packages that Debian has. */
const DEBIAN = "/usr/bin/python3";

let prepared;
let preparedOlder;

/** A Python that is new enough: { version }, or { missing } with a sentence. */
async function look(base) {
  const { code, text } = await run(base, ["-c", VERSION]);
  const version = text.trim();
  const [major, minor] = version.split(".").map(Number);
  if (code === 0 && (major > LEAST[0] || (major === LEAST[0] && minor >= LEAST[1]))) return { version };
  return { missing: `needs Python ${LEAST.join(".")} or newer (Debian: python3)` };
}

/**
 * The Python in which the client's tests and checks run: a virtual environment in .cache, made of the `python3` on the PATH
 * (or VINE_TEST_PYTHON). Resolves to { python }, or to { missing } with a sentence.
 */
export function pythonEnvironment() {
  prepared ??= prepare();
  return prepared;
}

async function prepare() {
  const base = process.env.VINE_TEST_PYTHON ?? "python3";
  const { version, missing } = await look(base);
  if (missing !== undefined) return { missing };
  const packages = OURS.flatMap((ours) => ["--editable", `${ours}[dev]`]);
  return environment(base, `python-${version}`, packages);
}

/** The Python of the quickstart: with Dask, numpy and what is ours, and nothing for tests. */
export async function graphsEnvironment() {
  const base = "python3";
  const { version, missing } = await look(base);
  if (missing !== undefined) return { missing };
  const packages = [...OURS.flatMap((ours) => ["--editable", ours]), "dask[array]"];
  return environment(base, `python-graphs-${version}`, packages);
}

/** The same with the Dask that Debian has, which is years older. */
export function olderDaskEnvironment() {
  preparedOlder ??= prepareOlder();
  return preparedOlder;
}

async function prepareOlder() {
  const { code, text } = await run(DEBIAN, ["-c", "import dask; print(dask.__version__)"]);
  if (code !== 0) return { missing: "needs Debian's Dask (Debian: python3-dask)" };
  const packages = [...OURS.flatMap((ours) => ["--editable", ours]), "pytest", "numpy<2", "pandas<2"];
  return environment(DEBIAN, `python-dask-${text.trim()}`, packages, ["--system-site-packages"]);
}

/** Made where it is not there yet. */
async function environment(base, name, packages, flags) {
  const folder = join(CACHE, `${name}-${fingerprint(base)}`);
  const python = join(folder, "bin/python");
  if (existsSync(python)) return { python };
  const missing = await make(base, folder, packages, flags);
  return missing === undefined ? { python } : { missing };
}

function fingerprint(base) {
  const hash = createHash("sha256").update(base).update(ROOT);
  for (const folder of OURS) hash.update(readFileSync(resolve(ROOT, folder, "pyproject.toml")));
  return hash.digest("hex").slice(0, 8);
}

/** Beside and renamed: another process may be making the same, and what is in use is not touched. */
async function make(base, folder, packages, flags = []) {
  say("Making the Python environment (once) …");
  const beside = `${folder}.${process.pid}`;
  mkdirSync(CACHE, { recursive: true });
  try {
    const venv = await run(base, ["-m", "venv", "--clear", ...flags, beside]);
    if (venv.code !== 0) return `needs Python's module venv (Debian: python3-venv): ${lastLine(venv.text)}`;
    const quietly = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
    const pip = await run(join(beside, "bin/python"), [...quietly, ...packages]);
    if (pip.code !== 0) return `needs packages that pip could not install: ${lastLine(pip.text)}`;
    if (!existsSync(folder)) renameSync(beside, folder);
    say(`Made in ${duration(venv.ms + pip.ms)}.`);
    return undefined;
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
}

function lastLine(text) {
  return text.trimEnd().split("\n").at(-1);
}
