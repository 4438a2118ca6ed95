import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import type { Readable } from "node:stream";
import type { Start } from "./messages.js";

/** One argument of a process may have 128 KiB on Linux: a longer command is given as a file. */
const MAX_ARGUMENT_BYTES = 120 * 1024;

/** A shell that runs a command: leader of a session and process group of its own. */
export interface Shell {
  readonly pid: number;
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
}

/** The operating system would not start it. */
export interface Refused {
  readonly pid: undefined;
  readonly error: Promise<NodeJS.ErrnoException>;
}

export function startShell(start: Start, env: NodeJS.ProcessEnv): Shell | Refused {
  try {
    const child = spawn("/bin/sh", shellArguments(start), {
      cwd: start.cwd,
      env,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    if (child.pid !== undefined) return { pid: child.pid, child };
    const error = once(child, "error").then(([refusal]) => refusal as NodeJS.ErrnoException);
    return { pid: undefined, error };
  } catch (error) {
    return { pid: undefined, error: Promise.resolve(error as NodeJS.ErrnoException) };
  }
}

function shellArguments({ command, spill }: Start): string[] {
  if (Buffer.byteLength(command) <= MAX_ARGUMENT_BYTES) return ["-c", command];
  const script = `${spill.stdout}.sh`;
  writeFileSync(script, command, { mode: 0o600 });
  return [script];
}
