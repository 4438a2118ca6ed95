import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Runs bench/peers/NAME.js in a process of its own, which prints one number. */
export async function runPeer(name: string, ...args: readonly (string | number)[]): Promise<number> {
  const script = fileURLToPath(new URL(`../peers/${name}.js`, import.meta.url));
  const { stdout } = await run(process.execPath, [script, ...args.map(String)]);
  return Number(stdout);
}
