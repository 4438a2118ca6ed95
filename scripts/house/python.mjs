import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { CACHE, ROOT } from "./paths.mjs";
import { run } from "./run.mjs";
import { duration, say } from "./say.mjs";

const CLIENT = "packages/core/python";
const LEAST = [3, 10];
const VERSION = 'import sys; print(".".join(map(str, sys.version_info[:3])))';

let prepared;

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
  const { code, text } = await run(base, ["-c", VERSION]);
  const version = text.trim();
  const [major, minor] = version.split(".").map(Number);
  if (code !== 0 || !(major > LEAST[0] || (major === LEAST[0] && minor >= LEAST[1])))
    return { missing: `needs Python ${LEAST.join(".")} or newer (Debian: python3)` };
  const folder = join(CACHE, `python-${version}`);
  const python = join(folder, "bin/python");
  const stamp = join(folder, "made-of");
  const now = fingerprint(base);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === now) return { python };
  const missing = await make(base, folder, python);
  if (missing !== undefined) return { missing };
  writeFileSync(stamp, now);
  return { python };
}

function fingerprint(base) {
  const hash = createHash("sha256").update(base).update(ROOT);
  return hash.update(readFileSync(resolve(ROOT, CLIENT, "pyproject.toml"))).digest("hex");
}

async function make(base, folder, python) {
  say("Making the Python environment (once) …");
  mkdirSync(CACHE, { recursive: true });
  const venv = await run(base, ["-m", "venv", "--clear", folder]);
  if (venv.code !== 0) return `needs Python's module venv (Debian: python3-venv): ${lastLine(venv.text)}`;
  const quietly = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
  const pip = await run(python, [...quietly, "--editable", `${CLIENT}[dev]`]);
  if (pip.code !== 0) return `needs packages that pip could not install: ${lastLine(pip.text)}`;
  say(`Made in ${duration(venv.ms + pip.ms)}.`);
  return undefined;
}

function lastLine(text) {
  return text.trimEnd().split("\n").at(-1);
}
