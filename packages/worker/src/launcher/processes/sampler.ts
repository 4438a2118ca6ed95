import type { TaskProcess } from "../task-process.js";
import { listPids, type ProcessStat, readProportionalBytes, readStat, readStatusBytes } from "./proc.js";

const YOUNG_MS = 3_000;
const FAST_MS = 250;
const SLOW_MS = 1_000;
/** Looking may take one part in so many of the time, however many processes the machine has. */
const REST_RATIO = 20;

/** Looks at the processes of all running tasks in one scan of /proc, and ends tasks that outgrew their memory. */
export class Sampler {
  readonly #tasks: ReadonlyMap<string, TaskProcess>;
  #sampledAt = 0;
  #restUntil = 0;

  constructor(tasks: ReadonlyMap<string, TaskProcess>) {
    this.#tasks = tasks;
  }

  /** How soon to look again: often while a task is young or has used half of its memory. */
  get intervalMs(): number {
    for (const task of this.#tasks.values()) {
      const { memory: limit } = task.start.limits;
      const close = limit !== undefined && (task.seen.memory ?? 0) > limit / 2;
      if (close || task.ageMs < YOUNG_MS) return FAST_MS;
    }
    return SLOW_MS;
  }

  sampleIfDue(): void {
    const begun = performance.now();
    if (this.#tasks.size === 0 || begun < this.#restUntil || begun - this.#sampledAt < this.intervalMs)
      return;
    this.#sampledAt = begun;
    for (const [task, processes] of this.#byTask()) this.#note(task, processes);
    const end = performance.now();
    this.#restUntil = end + REST_RATIO * (end - begun);
  }

  #byTask(): Map<TaskProcess, ProcessStat[]> {
    const stats = new Map<number, ProcessStat>();
    for (const pid of listPids()) {
      const stat = readStat(pid);
      if (stat !== undefined) stats.set(pid, stat);
    }
    const bySession = new Map<number, TaskProcess>();
    for (const task of this.#tasks.values()) bySession.set(task.pid, task);
    const found = new Map<TaskProcess, ProcessStat[]>();
    for (const stat of stats.values()) {
      const task = ownerOf(stat, stats, bySession);
      if (task === undefined) continue;
      const processes = found.get(task);
      if (processes === undefined) found.set(task, [stat]);
      else processes.push(stat);
    }
    return found;
  }

  #note(task: TaskProcess, processes: readonly ProcessStat[]): void {
    const resident = processes.reduce((sum, stat) => sum + stat.rssBytes, 0);
    const peakOfMain = readStatusBytes(task.pid, "VmHWM") ?? 0;
    const cpuMs = processes.reduce((sum, stat) => sum + stat.cpuMs + stat.waitedCpuMs, 0);
    const limit = task.start.limits.memory;
    const used = Math.max(
      peakOfMain,
      limit === undefined || resident <= limit ? resident : unshared(processes),
    );
    task.seen = {
      cpuMs: Math.max(task.seen.cpuMs ?? 0, cpuMs),
      memory: Math.max(task.seen.memory ?? 0, used),
      processes: Math.max(task.seen.processes ?? 0, processes.filter((stat) => stat.state !== "Z").length),
    };
    if (limit !== undefined && used > limit) task.exceed("memory");
  }
}

/** The task of a process: that of its session, or that of the nearest forefather which is in a task's session. */
function ownerOf(
  stat: ProcessStat,
  stats: ReadonlyMap<number, ProcessStat>,
  bySession: ReadonlyMap<number, TaskProcess>,
): TaskProcess | undefined {
  for (let at: ProcessStat | undefined = stat; at !== undefined && at.pid > 1; at = stats.get(at.ppid)) {
    const task = bySession.get(at.session);
    if (task !== undefined) return task;
  }
  return undefined;
}

/** Forked processes share pages, which the resident sets count for each of them. */
function unshared(processes: readonly ProcessStat[]): number {
  return processes.reduce((sum, { pid, rssBytes }) => sum + (readProportionalBytes(pid) ?? rssBytes), 0);
}
