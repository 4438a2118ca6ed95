import { existsSync } from "node:fs";
import type { RunBench } from "./row.js";

/** Benches in the order in which they are run when none is named, and where they are. */
const BENCHES = {
  coordinator: "coordinator",
  "shell-tasks": "shell-tasks",
  transfer: "transfer",
  broadcast: "broadcast",
  idle: "idle",
  "manager-calls": "functions/manager-calls",
  "python-calls": "functions/python-calls",
  "js-calls": "functions/js-calls",
  latency: "functions/latency",
  chain: "functions/chain",
  values: "functions/values",
  "library-effect": "functions/library-effect",
  dask: "dask",
} as const;

export type BenchName = keyof typeof BENCHES;

export const BENCH_NAMES = Object.keys(BENCHES) as readonly BenchName[];

/** Imports a bench, and says so in a sentence where it is not there or has no `run`. */
export async function loadBench(name: BenchName): Promise<RunBench> {
  const path = BENCHES[name];
  const file = new URL(`./${path}.js`, import.meta.url);
  if (!existsSync(file)) throw new Error(`bench/${path}.ts has not been written or built`);
  const module = (await import(file.href)) as { readonly run?: RunBench };
  if (typeof module.run !== "function") throw new Error(`bench/${path}.ts exports no function "run"`);
  return module.run;
}
