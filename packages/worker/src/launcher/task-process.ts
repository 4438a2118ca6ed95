import type { Ended, ProcessLimit, Start, Usage } from "./messages.js";
import { killProcess } from "./processes/sweep.js";
import type { Shell } from "./shell.js";
import { Capture, type CaptureLimits } from "./streams/capture.js";
import { TaskStream } from "./streams/task-stream.js";

const DEFAULT_GRACE_MS = 500;
/** A task that lives so long is listened to; what a shorter one wrote is in the pipe at its end. */
const LISTEN_MS = 20;
const MAX_TIMER_MS = 2 ** 31 - 1;

export interface TaskProcessEvents {
  /** The main process has ended; somebody may still hold its streams. */
  onExit(task: TaskProcess): void;
  /** The main process has ended and nobody holds its streams. */
  onClose(task: TaskProcess): void;
}

interface Exit {
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly wallMs: number;
}

/** One running command: leader of its own session and process group. */
export class TaskProcess {
  readonly start: Start;
  readonly pid: number;
  /** What the sampler has seen so far. */
  seen: Omit<Usage, "wallMs"> = {};
  limit: ProcessLimit | undefined;
  /** It was asked to end. */
  killed = false;
  readonly #startedAt: number;
  readonly #stdout: Capture;
  readonly #stderr: Capture;
  readonly #streams: readonly TaskStream[];
  #cut = false;
  readonly #timers: NodeJS.Timeout[] = [];
  #exit: Exit | undefined;

  constructor(start: Start, shell: Shell, limits: CaptureLimits, events: TaskProcessEvents) {
    this.start = start;
    this.pid = shell.pid;
    this.#startedAt = shell.begunMs;
    this.#stdout = new Capture(start.spill.stdout, limits);
    this.#stderr = new Capture(start.spill.stderr, limits);
    this.#streams = [
      new TaskStream(shell.stdout.from, this.#stdout),
      new TaskStream(shell.stderr.from, this.#stderr),
    ];
    this.#limitTime("wall-time", start.limits.wallMs);
    this.#limitTime("end-time", start.limits.endMs);
    this.#timers.push(setTimeout(() => this.#streams.forEach((stream) => stream.listen()), LISTEN_MS));
    shell.child.once("exit", (exitCode, signal) => {
      this.#exit = { exitCode, signal, wallMs: this.ageMs };
      for (const timer of this.#timers) clearTimeout(timer);
      // The group's number cannot be anyone else's while it has a member, and without one the signal goes nowhere.
      this.killNow();
      events.onExit(this);
      this.#finishStreams(shell, events);
    });
  }

  get exited(): boolean {
    return this.#exit !== undefined;
  }

  get ageMs(): number {
    return performance.now() - this.#startedAt;
  }

  /** Ends the process group: asks first, then insists. */
  kill(graceMs = DEFAULT_GRACE_MS): void {
    if (this.exited) return;
    this.killed = true;
    killProcess(-this.pid, graceMs > 0 ? "SIGTERM" : "SIGKILL");
    if (graceMs > 0) this.#timers.push(setTimeout(() => this.killNow(), graceMs));
  }

  /** SIGKILL to whoever is in the process group. */
  killNow(): void {
    killProcess(-this.pid, "SIGKILL");
  }

  /** Kills it for going over a limit; the first one counts. */
  exceed(limit: ProcessLimit): void {
    if (this.limit !== undefined || this.exited) return;
    this.limit = limit;
    this.kill();
  }

  /** Gives up on streams that somebody holds open after the end. */
  cutStreams(): void {
    this.#cut = true;
    for (const stream of this.#streams) stream.cut();
  }

  /** The account of the task. Call once, after onClose. */
  async report(seq: number): Promise<Ended> {
    const [stdout, stderr] = await Promise.all([this.#stdout.finish(), this.#stderr.finish()]);
    const { exitCode, signal, wallMs } = this.#exit ?? { exitCode: null, signal: null, wallMs: this.ageMs };
    return {
      type: "ended",
      key: this.start.key,
      seq,
      ...(exitCode === null ? {} : { exitCode }),
      ...(signal === null ? {} : { signal }),
      ...(this.limit === undefined ? {} : { limit: this.limit }),
      usage: { wallMs, ...this.seen },
      stdout: stdout.stream,
      stderr: stderr.stream,
      blobs: [stdout.tail, stderr.tail],
    };
  }

  #finishStreams({ stdout, stderr }: Shell, events: TaskProcessEvents): void {
    let open = this.#streams.length;
    for (const stream of this.#streams) {
      stream.finish(() => {
        open -= 1;
        if (open > 0) return;
        for (const { done } of [stdout, stderr]) done(!this.#cut);
        events.onClose(this);
      });
    }
  }

  #limitTime(limit: ProcessLimit, ms: number | undefined): void {
    if (ms === undefined) return;
    const wait = Math.min(Math.max(0, ms), MAX_TIMER_MS);
    const expire = (): void => (wait < ms ? this.#limitTime(limit, ms - wait) : this.exceed(limit));
    this.#timers.push(setTimeout(expire, wait));
  }
}
