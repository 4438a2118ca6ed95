import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL("../../../..", import.meta.url));
const CLIENT = join(ROOT, "packages/core/python");
const FOLDER = join(ROOT, ".cache/bench-python");
const PIP = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"];
const INSTALL_MS = 600_000;

/** What is installed from the package index, each by itself, so that one that cannot be is merely left out. */
const PACKAGES = { numpy: ["numpy", "pandas"], dask: ["distributed"], parsl: ["parsl"] } as const;

export type PythonPackage = keyof typeof PACKAGES;

/** A virtual environment with our client and those that it is compared with. */
export interface BenchPython {
  readonly python: string;
  /** Folder of the programs that packages brought. */
  readonly bin: string;
  has(name: PythonPackage): boolean;
}

/** The environment in which the client is tested: for runs whose figures say nothing. */
export async function testPython(say: (line: string) => void): Promise<BenchPython | undefined> {
  const script = new URL("../../../../scripts/house/python.mjs", import.meta.url);
  const { pythonEnvironment } = (await import(script.href)) as {
    readonly pythonEnvironment: () => Promise<{ readonly python?: string; readonly missing?: string }>;
  };
  const { python, missing } = await pythonEnvironment();
  if (python !== undefined) return { python, bin: dirname(python), has: () => false };
  say(`Python is left out: it ${missing ?? "is missing"}`);
  return undefined;
}

/**
 * Makes the environment in .cache, once; says what could not be installed. Undefined where there is no Python for our own
 * client.
 */
export async function benchPython(
  say: (line: string) => void,
  wanted: readonly PythonPackage[],
): Promise<BenchPython | undefined> {
  const bin = join(FOLDER, "bin");
  const python = join(bin, "python");
  try {
    if (!existsSync(python)) await makeEnvironment(say);
    await installOnce(python, "client", ["--editable", CLIENT]);
  } catch (error) {
    say(`Python is left out: ${reason(error)}`);
    return undefined;
  }
  const there = new Set<PythonPackage>();
  for (const name of wanted) {
    try {
      await installOnce(python, name, PACKAGES[name]);
      there.add(name);
    } catch (error) {
      say(`${PACKAGES[name].join(", ")} could not be installed, and is left out: ${reason(error)}`);
    }
  }
  return { python, bin, has: (name) => there.has(name) };
}

async function makeEnvironment(say: (line: string) => void): Promise<void> {
  say("making a Python environment for benches in .cache/bench-python (once)");
  await mkdir(FOLDER, { recursive: true });
  await run("python3", ["-m", "venv", FOLDER], { timeout: INSTALL_MS });
}

async function installOnce(python: string, name: string, words: readonly string[]): Promise<void> {
  const stamp = join(FOLDER, `${name}.installed`);
  const now = words.join(" ");
  if ((await readFile(stamp, "utf8").catch(() => "")) === now) return;
  await run(python, [...PIP, ...words], { timeout: INSTALL_MS });
  await writeFile(stamp, now);
}

function reason(error: unknown): string {
  const { stderr, message } = error as { readonly stderr?: string; readonly message?: string };
  return (stderr?.trim() || (message ?? String(error))).split("\n").at(-1) ?? "";
}
