import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const PROGRAM = fileURLToPath(new URL("../../dask/graphs.py", import.meta.url));
const SCRIPT = new URL("../../../scripts/house/python.mjs", import.meta.url);

/** What a scheduler took for one workload. */
export interface Taken {
  readonly name: string;
  readonly seconds: number;
  /** Most memory of the program, and of our manager. */
  readonly peakMb: number;
}

/** What a scheduler gave up. */
interface GivenUp {
  readonly name: string;
  readonly failure: string;
}

/** The environment of the tests, which has Dask and our scheduler; undefined, with a sentence said, where there is none. */
export async function daskPython(say: (line: string) => void): Promise<string | undefined> {
  const { pythonEnvironment } = (await import(SCRIPT.href)) as {
    readonly pythonEnvironment: () => Promise<{ readonly python?: string; readonly missing?: string }>;
  };
  const { python, missing } = await pythonEnvironment();
  if (python === undefined) say(`Dask is left out: it ${missing ?? "needs Python"}`);
  return python;
}

/** Runs workloads under one scheduler, in a program of their own. Says what did not come to its end, and leaves it out. */
export async function runWorkloads(
  python: string,
  scheduler: string,
  workloads: readonly string[],
  options: { readonly scale: number; readonly limitMs: number; say(line: string): void },
): Promise<ReadonlyMap<string, Taken>> {
  const taken = new Map<string, Taken>();
  const child = spawn(python, [PROGRAM, scheduler, String(options.scale), ...workloads], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" },
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const complaints: string[] = [];
  child.stderr.setEncoding("utf8").on("data", (text: string) => complaints.push(text));
  const timer = setTimeout(() => child.kill("SIGINT"), options.limitMs);
  for await (const line of createInterface({ input: child.stdout })) {
    const one = JSON.parse(line) as Taken | GivenUp;
    if ("failure" in one) options.say(`${scheduler} cannot do ${one.name}: ${one.failure}`);
    else {
      taken.set(one.name, one);
      options.say(`${scheduler}, ${one.name}: ${one.seconds.toFixed(2)} s`);
    }
  }
  const code = await ended;
  clearTimeout(timer);
  if (code !== 0)
    options.say(`${scheduler} ended early: ${complaints.join("").trim().split("\n").at(-1) ?? ""}`);
  return taken;
}
