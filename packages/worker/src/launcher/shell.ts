import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, writeFileSync } from "node:fs";
import type { Readable } from "node:stream";
import type { Start } from "./messages.js";
import type { NamedPipe, PipePool } from "./streams/pipe-pool.js";

/** One argument of a process may have 128 KiB on Linux: a longer command is given as a file. */
const MAX_ARGUMENT_BYTES = 120 * 1024;

/** A shell that runs a command: leader of a session and process group of its own. */
export interface Shell {
  readonly pid: number;
  /** On the clock of `performance`: before anything of it ran. */
  readonly begunMs: number;
  readonly child: ChildProcess;
  readonly stdout: ShellStream;
  readonly stderr: ShellStream;
}

/** Where to read what it writes. */
export interface ShellStream {
  readonly from: number | Readable;
  /** Call when the stream was read to its end (nobody has it open any more), or was cut. */
  done(atEnd: boolean): void;
}

/** The operating system would not start it. */
export interface Refused {
  readonly pid: undefined;
  readonly error: Promise<NodeJS.ErrnoException>;
}

export function startShell(start: Start, env: NodeJS.ProcessEnv, pipes: PipePool): Shell | Refused {
  const named = [pipes.take(), pipes.take()] as const;
  const begunMs = performance.now();
  try {
    const child = spawn("/bin/sh", shellArguments(start), {
      cwd: start.cwd,
      env,
      detached: true,
      stdio: ["ignore", named[0]?.writeFd ?? "pipe", named[1]?.writeFd ?? "pipe"],
    });
    closeWriteEnds(named);
    const stdout = streamOf(named[0], child.stdout, pipes);
    const stderr = streamOf(named[1], child.stderr, pipes);
    if (child.pid !== undefined && stdout !== undefined && stderr !== undefined) {
      return { pid: child.pid, begunMs, child, stdout, stderr };
    }
    discard(named, pipes);
    const error = once(child, "error").then(([refusal]) => refusal as NodeJS.ErrnoException);
    return { pid: undefined, error };
  } catch (error) {
    closeWriteEnds(named);
    discard(named, pipes);
    return { pid: undefined, error: Promise.resolve(error as NodeJS.ErrnoException) };
  }
}

/** `readable` is there where there was no pipe for the stream. */
function streamOf(
  pipe: NamedPipe | undefined,
  readable: Readable | null,
  pipes: PipePool,
): ShellStream | undefined {
  if (pipe === undefined) return readable === null ? undefined : { from: readable, done: () => undefined };
  const done = (atEnd: boolean): void => (atEnd ? pipes.give(pipe.path) : pipes.abandon(pipe.path));
  return { from: pipe.readFd, done };
}

function closeWriteEnds(named: readonly (NamedPipe | undefined)[]): void {
  for (const pipe of named) if (pipe !== undefined) closeSync(pipe.writeFd);
}

function discard(named: readonly (NamedPipe | undefined)[], pipes: PipePool): void {
  for (const pipe of named) {
    if (pipe === undefined) continue;
    closeSync(pipe.readFd);
    pipes.give(pipe.path);
  }
}

function shellArguments({ command, spill }: Start): string[] {
  if (Buffer.byteLength(command) <= MAX_ARGUMENT_BYTES) return ["-c", command];
  const script = `${spill.stdout}.sh`;
  writeFileSync(script, command, { mode: 0o600 });
  return [script];
}
