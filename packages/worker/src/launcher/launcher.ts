import { join } from "node:path";
import { type FromLauncher, type Kill, MARKER, type Setup, type Start } from "./messages.js";
import { hasProc, modeBitsBind, readStat } from "./processes/proc.js";
import { Sampler } from "./processes/sampler.js";
import { type Marking, markerOf, Sweeper } from "./processes/sweep.js";
import { startShell } from "./shell.js";
import { PipePool } from "./streams/pipe-pool.js";
import { TaskProcess, type TaskProcessEvents } from "./task-process.js";

/** Between two thorough sweeps, at least. */
const SWEEP_MS = 500;
/** Sweeping may take one part in so many of the time, however many processes the machine has. */
const REST_RATIO = 20;
const TICK_MS = 250;
/** How long a stream may stay open after the end of the main process: then we sweep, then we cut it. */
const SWEEP_STREAMS_MS = 100;
const CUT_STREAMS_MS = 800;
/** A killed process may still be inside of a system call. */
const DYING_MS = 20;

/** Starts, watches and ends the processes of tasks. Knows nothing of how messages come and go. */
export class Launcher implements TaskProcessEvents {
  readonly #setup: Setup;
  readonly #say: (message: FromLauncher) => void;
  readonly #tasks = new Map<string, TaskProcess>();
  readonly #sampler = new Sampler(this.#tasks);
  readonly #sweeper: Sweeper;
  readonly #pipes: PipePool;
  readonly #endedSessions = new Set<number>();
  readonly #streamTimers = new Map<TaskProcess, NodeJS.Timeout[]>();
  readonly #settling = new Set<TaskProcess>();
  readonly #canLook = hasProc();
  #justExited: TaskProcess[] = [];
  #waitedCpuMs = 0;
  #ends: number;
  #sweptEnds: number;
  #sweepDueAt = 0;
  #ticker: NodeJS.Timeout | undefined;

  constructor(setup: Setup, say: (message: FromLauncher) => void) {
    this.#setup = setup;
    this.#ends = setup.endsBefore;
    this.#sweptEnds = setup.endsBefore;
    this.#say = say;
    this.#pipes = new PipePool(join(setup.root, "pipes"));
    this.#sweeper = new Sweeper(this.#marking());
    say({ type: "ready", modeBitsBind: modeBitsBind() });
  }

  start(start: Start): void {
    const { key } = start;
    const shell = startShell(start, this.#environment(start), this.#pipes);
    if (shell.pid === undefined) {
      void shell.error.then(({ code = "", message }) =>
        this.#say({ type: "failed", key, errno: code, message }),
      );
      return;
    }
    this.#tasks.set(key, new TaskProcess(start, shell, this.#setup, this));
    this.#say({ type: "started", key, pid: shell.pid });
    this.#wake();
  }

  kill({ key, graceMs }: Kill): void {
    this.#tasks.get(key)?.kill(graceMs);
  }

  /** Ends everything, at once. */
  close(): void {
    clearTimeout(this.#ticker);
    for (const task of this.#tasks.values()) {
      task.killNow();
      this.#endedSessions.add(task.pid);
    }
    this.#tasks.clear();
    this.#sweeper.sweep(true);
  }

  onExit(task: TaskProcess): void {
    this.#endedSessions.add(task.pid);
    if (this.#justExited.length === 0) setImmediate(() => this.#accountCpu());
    this.#justExited.push(task);
    this.#streamTimers.set(task, [
      setTimeout(() => this.#sweeper.sweep(false), SWEEP_STREAMS_MS),
      setTimeout(() => task.cutStreams(), CUT_STREAMS_MS),
    ]);
  }

  onClose(task: TaskProcess): void {
    if (this.#justExited.includes(task)) {
      setImmediate(() => this.onClose(task)); // not before its processor time is known
      return;
    }
    for (const timer of this.#streamTimers.get(task) ?? []) clearTimeout(timer);
    this.#streamTimers.delete(task);
    if (!task.start.settle && !task.killed) return this.#end(task);
    if (this.#settling.size === 0) setImmediate(() => this.#settle());
    this.#settling.add(task);
  }

  /** One sweep for all tasks that ended in this turn and were killed, or whose sandbox is looked at next. */
  #settle(): void {
    const tasks = [...this.#settling];
    this.#settling.clear();
    const killed = this.#sweeper.sweep(false);
    const end = (): void => tasks.forEach((task) => this.#end(task));
    if (killed === 0) end();
    else setTimeout(end, DYING_MS);
  }

  #end(task: TaskProcess): void {
    this.#tasks.delete(task.start.key);
    this.#ends += 1;
    void task.report(this.#ends).then(this.#say);
    this.#wake();
  }

  /** The system tells what all our dead children together have used: exact for a task that ended alone in its turn. */
  #accountCpu(): void {
    const [task, ...others] = this.#justExited;
    this.#justExited = [];
    const waited = readStat(process.pid)?.waitedCpuMs;
    if (waited === undefined) return;
    if (task !== undefined && others.length === 0) {
      const cpuMs = Math.max(task.seen.cpuMs ?? 0, waited - this.#waitedCpuMs);
      task.seen = { ...task.seen, cpuMs };
    }
    this.#waitedCpuMs = waited;
  }

  #environment(start: Start): NodeJS.ProcessEnv {
    const mark = markerOf(this.#setup.nonce, start.key);
    const env: NodeJS.ProcessEnv = { ...this.#setup.env };
    for (const [name, value] of Object.entries(start.env)) env[name] = value ?? undefined; // undefined is left out
    env[MARKER] = mark;
    return env;
  }

  #marking(): Marking {
    const tasks = this.#tasks;
    const isAlive = (task: TaskProcess | undefined): boolean => task !== undefined && !task.exited;
    return {
      nonce: this.#setup.nonce,
      lockLimit: this.#setup.lockLimit,
      root: this.#setup.root,
      longestRunMs: () => Math.max(0, ...[...tasks.values()].filter(isAlive).map(({ ageMs }) => ageMs)),
      isRunning: (key) => isAlive(tasks.get(key)),
      isInUse: (path) => [...tasks.values()].some((task) => !task.exited && path.startsWith(task.start.cwd)),
      endedSessions: this.#endedSessions,
      runningSessions: () => new Set([...tasks.values()].filter(isAlive).map((task) => task.pid)),
    };
  }

  /** Ticks only while a task runs, or has ended since the last sweep. */
  #wake(): void {
    if (this.#ticker !== undefined) return;
    if (this.#sweptEnds === this.#ends && (this.#tasks.size === 0 || !this.#canLook)) return;
    this.#ticker = setTimeout(() => this.#tick(), TICK_MS);
  }

  #tick(): void {
    this.#ticker = undefined;
    this.#sampler.sampleIfDue();
    if (this.#sweptEnds !== this.#ends && performance.now() >= this.#sweepDueAt) this.#sweep();
    this.#wake();
  }

  #sweep(): void {
    const begun = performance.now();
    this.#sweeper.sweep(true);
    const end = performance.now();
    this.#sweepDueAt = end + Math.max(SWEEP_MS, REST_RATIO * (end - begun));
    this.#sweptEnds = this.#ends;
    this.#endedSessions.clear();
    this.#say({ type: "swept", seq: this.#ends });
  }
}
