import { existsSync } from "node:fs";
import type { RunBench } from "./row.js";

/** In the order in which they are run when none is named. */
export const BENCH_NAMES = ["coordinator", "shell-tasks", "transfer", "broadcast", "idle"] as const;

/** Imports bench/NAME.js, and says so in a sentence where it is not there or has no `run`. */
export async function loadBench(name: string): Promise<RunBench> {
  const file = new URL(`./${name}.js`, import.meta.url);
  if (!existsSync(file)) throw new Error(`bench/${name}.ts has not been written or built`);
  const module = (await import(file.href)) as { readonly run?: RunBench };
  if (typeof module.run !== "function") throw new Error(`bench/${name}.ts exports no function "run"`);
  return module.run;
}
