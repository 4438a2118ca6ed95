import { spawn, type ChildProcess } from "node:child_process";
import { writeFileSync } from "node:fs";
import type { Readable } from "node:stream";
import { Capture, type CaptureLimits } from "./capture.js";
import type { Ended, ProcessLimit, Start, Usage } from "./messages.js";
import { killProcess } from "./sweep.js";

/** One argument of a process may have 128 KiB on Linux: a longer command is given as a file. */
const MAX_ARGUMENT_BYTES = 120 * 1024;
const DEFAULT_GRACE_MS = 500;
const MAX_TIMER_MS = 2 ** 31 - 1;

export interface TaskProcessEvents {
  /** The main process has ended; somebody may still hold its streams. */
  onExit(task: TaskProcess): void;
  /** The main process has ended and nobody holds its streams. */
  onClose(task: TaskProcess): void;
  /** The operating system refused to start it. */
  onRefused(task: TaskProcess, error: NodeJS.ErrnoException): void;
}

/** One running command: leader of its own session and process group. */
export class TaskProcess {
  readonly start: Start;
  readonly startedAt = performance.now();
  /** Absent when the start was refused. */
  readonly pid: number | undefined;
  /** What the sampler has seen so far. */
  seen: Omit<Usage, "wallMs"> = {};
  limit: ProcessLimit | undefined;
  /** It was asked to end. */
  killed = false;
  #exit: { readonly exitCode: number | null; readonly signal: string | null; readonly wallMs: number } | undefined;
  #captures: readonly [Capture, Capture] | undefined;
  readonly #timers: NodeJS.Timeout[] = [];

  constructor(start: Start, env: NodeJS.ProcessEnv, limits: CaptureLimits, events: TaskProcessEvents) {
    this.start = start;
    try {
      const child = spawn("/bin/sh", shellArguments(start), {
        cwd: start.cwd,
        env,
        detached: true,
        stdio: ["ignore", "pipe", "pipe"],
      });
      this.pid = child.pid;
      child.once("error", (error) => events.onRefused(this, error));
      if (child.pid !== undefined) this.#follow(child, child.stdout!, child.stderr!, limits, events);
    } catch (error) {
      queueMicrotask(() => events.onRefused(this, error as NodeJS.ErrnoException));
    }
  }

  get exited(): boolean {
    return this.#exit !== undefined;
  }

  get ageMs(): number {
    return performance.now() - this.startedAt;
  }

  /** Ends the process group: asks first, then insists. */
  kill(graceMs = DEFAULT_GRACE_MS): void {
    if (this.pid === undefined || this.exited) return;
    this.killed = true;
    killProcess(-this.pid, graceMs > 0 ? "SIGTERM" : "SIGKILL");
    if (graceMs > 0) this.#timers.push(setTimeout(() => this.killNow(), graceMs));
  }

  /** SIGKILL to whoever is in the process group. */
  killNow(): void {
    if (this.pid !== undefined) killProcess(-this.pid, "SIGKILL");
  }

  /** Kills it for going over a limit; the first one counts. */
  exceed(limit: ProcessLimit): void {
    if (this.limit !== undefined || this.exited) return;
    this.limit = limit;
    this.kill();
  }

  /** Gives up on streams that somebody holds open after the end. */
  cutStreams(): void {
    for (const capture of this.#captures ?? []) capture.cut();
  }

  /** The account of the task. Call once, after onClose. */
  async report(seq: number): Promise<Ended> {
    const [stdout, stderr] = await Promise.all(this.#captures!.map((capture) => capture.finish()));
    const { exitCode, signal, wallMs } = this.#exit!;
    return {
      type: "ended",
      key: this.start.key,
      seq,
      ...(exitCode === null ? {} : { exitCode }),
      ...(signal === null ? {} : { signal }),
      ...(this.limit === undefined ? {} : { limit: this.limit }),
      usage: { wallMs, ...this.seen },
      stdout: stdout!.stream,
      stderr: stderr!.stream,
      blobs: [stdout!.tail, stderr!.tail],
    };
  }

  #follow(
    child: ChildProcess,
    stdout: Readable,
    stderr: Readable,
    limits: CaptureLimits,
    events: TaskProcessEvents,
  ): void {
    const { spill } = this.start;
    this.#captures = [new Capture(stdout, spill.stdout, limits), new Capture(stderr, spill.stderr, limits)];
    this.#limitTime("wall-time", this.start.limits.wallMs);
    this.#limitTime("end-time", this.start.limits.endMs);
    child.once("exit", (exitCode, signal) => {
      this.#exit = { exitCode, signal, wallMs: this.ageMs };
      for (const timer of this.#timers) clearTimeout(timer);
      // The group's number cannot be anyone else's while it has a member, and without one the signal goes nowhere.
      this.killNow();
      events.onExit(this);
    });
    child.once("close", () => events.onClose(this));
  }

  #limitTime(limit: ProcessLimit, ms: number | undefined): void {
    if (ms === undefined) return;
    const wait = Math.min(Math.max(0, ms), MAX_TIMER_MS);
    const expire = (): void => (wait < ms ? this.#limitTime(limit, ms - wait) : this.exceed(limit));
    this.#timers.push(setTimeout(expire, wait));
  }
}

function shellArguments({ command, spill }: Start): string[] {
  if (Buffer.byteLength(command) <= MAX_ARGUMENT_BYTES) return ["-c", command];
  const script = `${spill.stdout}.sh`;
  writeFileSync(script, command, { mode: 0o600 });
  return [script];
}
