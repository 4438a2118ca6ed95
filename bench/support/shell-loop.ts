import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { seconds } from "./rounds.js";

const run = promisify(execFile);

/** Seconds that a shell takes to start so many shells, one after another. */
export async function runShellLoop(count: number): Promise<number> {
  const loop = 'i=0; while [ "$i" -lt "$0" ]; do /bin/sh -c true; i=$((i+1)); done';
  return seconds(() => run("/bin/sh", ["-c", loop, String(count)]));
}
