import { MARKER } from "../messages.js";
import { readLockLimit } from "./lock-limit.js";
import { listPids, type ProcessStat, readCwd, readStat, readVariable } from "./proc.js";

/** Which processes belong to tasks, and which tasks may have some. */
export interface Marking {
  readonly nonce: string;
  /** What all processes of tasks have, whoever's they are; 0: none. */
  readonly lockLimit: number;
  /** Directory of all sandboxes: a process that works in it is a task's, whatever it did to its environment. */
  readonly root: string;
  isRunning(key: string): boolean;
  /** Whether the path is in the sandbox of a task that runs. */
  isInUse(path: string): boolean;
  /** Sessions of tasks that have ended since the last thorough sweep. */
  readonly endedSessions: ReadonlySet<number>;
  /** Sessions of tasks that run now. */
  runningSessions(): ReadonlySet<number>;
  /** How long the oldest task that runs now has done so, milliseconds; 0: none runs. */
  longestRunMs(): number;
}

type Verdict = "left over" | "running" | "foreign";

const MAX_PASSES = 100;
/** A process that has just been forked still shows its parent's environment: no verdict is kept so early. */
const SETTLED_TICKS = 200;
const TICKS_PER_SECOND = 100;
/** What rounding to ticks can make of the order in which two processes were started. */
const ROUNDING_TICKS = 2;

/**
 * Ends what has left its task's process group (setsid, double fork, job control): every process that carries the mark
 * of a task which does not run. Goes round until a pass finds none, so that a forking process cannot outrun it.
 */
export class Sweeper {
  readonly #marking: Marking;
  readonly #bornTicks = readStat(process.pid)?.startTicks ?? 0;
  /** Processes known to be none of ours, until the next thorough sweep. */
  readonly #foreign = new Set<number>();

  constructor(marking: Marking) {
    this.#marking = marking;
  }

  /** Returns how many processes were killed. `thorough` looks at every process again, also at pids seen before. */
  sweep(thorough: boolean): number {
    if (thorough) this.#foreign.clear();
    const killed = new Set<string>();
    for (let pass = 0; pass < MAX_PASSES; pass += 1) {
      const before = killed.size;
      const running = this.#marking.runningSessions();
      for (const pid of listPids()) this.#judge(pid, running, killed);
      if (killed.size === before) break;
    }
    return killed.size;
  }

  #judge(pid: number, running: ReadonlySet<number>, killed: Set<string>): void {
    if (this.#foreign.has(pid) || pid === process.pid) return;
    const stat = readStat(pid);
    if (stat === undefined || stat.state === "Z" || running.has(stat.session)) return;
    const name = `${pid}:${stat.startTicks}`;
    if (killed.has(name)) return;
    const verdict = this.#verdict(stat);
    if (verdict === "foreign") this.#remember(stat);
    // What was read between two looks at the same start time is about this process, not about a successor.
    if (verdict !== "left over" || readStat(pid)?.startTicks !== stat.startTicks) return;
    killed.add(name);
    killProcess(pid, "SIGKILL");
  }

  #verdict(stat: ProcessStat): Verdict {
    if (stat.startTicks < this.#bornTicks) return "foreign";
    if (this.#marking.endedSessions.has(stat.session)) return "left over";
    const key = taskOf(readVariable(stat.pid, MARKER), this.#marking.nonce);
    if (key !== undefined) return this.#marking.isRunning(key) ? "running" : "left over";
    const cwd = readCwd(stat.pid);
    if (cwd?.startsWith(`${this.#marking.root}/`) === true)
      return this.#marking.isInUse(cwd) ? "running" : "left over";
    return this.#verdictByLimit(stat);
  }

  /** It has taken off all that tells whose it is: it may be of any task that ran when it was started. */
  #verdictByLimit({ pid, startTicks }: ProcessStat): Verdict {
    const { lockLimit } = this.#marking;
    if (lockLimit === 0 || readLockLimit(pid) !== lockLimit) return "foreign";
    const longestRunMs = this.#marking.longestRunMs();
    const oldestTicks = this.#nowTicks() - (longestRunMs / 1000) * TICKS_PER_SECOND;
    return longestRunMs > 0 && oldestTicks <= startTicks + ROUNDING_TICKS ? "running" : "left over";
  }

  #remember(stat: ProcessStat): void {
    if (stat.startTicks + SETTLED_TICKS < this.#nowTicks()) this.#foreign.add(stat.pid);
  }

  #nowTicks(): number {
    return this.#bornTicks + process.uptime() * TICKS_PER_SECOND;
  }
}

/** The mark of a task's processes. A worker that is itself a task of another worker keeps that one's mark in front. */
export function markerOf(nonce: string, key: string, inherited = process.env[MARKER]): string {
  const own = `${nonce}:${key}`;
  return inherited === undefined || inherited === "" ? own : `${inherited},${own}`;
}

/** The key in a mark that was made with this nonce. */
function taskOf(marker: string | undefined, nonce: string): string | undefined {
  const own = marker?.split(",").find((part) => part.startsWith(`${nonce}:`));
  return own?.slice(nonce.length + 1);
}

/** Sends a signal; false when there is nobody (any more) to take it. A negative pid names a process group. */
export function killProcess(pid: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch {
    return false;
  }
}
