import type { AttemptName } from "../../coordinator/event.js";
import type { Attempt, CacheName, TaskId } from "../../model/ids.js";
import type { Resources } from "../../model/resources.js";
import { anOutcome } from "../builders.js";
import type { Alarm, FakeClock } from "../fake-clock.js";
import type { Disk } from "./disk.js";
import type { Hosts } from "./hosts.js";
import type { Luck, News, OrderOf } from "./order.js";
import { outcomeOf, type PlannedEnd, plannedEnd } from "./outcome.js";

/** What takes room at a worker: a task, or an instance of a library. */
type Occupant = OrderOf<"assign"> | OrderOf<"deploy">;

interface Job {
  readonly order: Occupant;
  readonly queuedAtMs: number;
  startedAtMs: number;
  alarm: Alarm | undefined;
}

export interface WorkbenchPorts {
  readonly clock: FakeClock;
  readonly luck: Luck;
  readonly disk: Disk;
  readonly tell: (news: News) => void;
  /** Files had to go to make room. */
  readonly evicted: (names: readonly CacheName[]) => void;
  /** A task changed a file that it read. */
  readonly damaged: (name: CacheName) => void;
  /** The instances at this worker that are ready. */
  readonly hosts: Hosts;
  /** Room or a copy came to be: others may go on. */
  readonly changed: () => void;
}

const EPSILON = 1e-6;

/** The attempts at a virtual worker: a queue, and those that run. */
export class Workbench {
  readonly #ports: WorkbenchPorts;
  readonly #queue = new Map<string, Job>();
  readonly #running = new Map<string, Job>();
  readonly #free: { -readonly [R in keyof Resources]: number };

  constructor(resources: Resources, ports: WorkbenchPorts) {
    this.#ports = ports;
    this.#free = { ...resources };
  }

  get runs(): number {
    return this.#running.size;
  }

  /** Tasks whose processes run. */
  get attempts(): AttemptName[] {
    return [...this.#running.values()].flatMap(({ order }) =>
      order.type === "assign" ? [{ task: order.spec.id, attempt: order.attempt }] : [],
    );
  }

  get queued(): number {
    return this.#queue.size;
  }

  assign(order: Occupant): void {
    for (const input of order.inputs) this.#ports.disk.pin(input.cacheName);
    const job: Job = { order, queuedAtMs: this.#ports.clock.nowMs, startedAtMs: 0, alarm: undefined };
    this.#queue.set(keyOf(taskOf(order), order.attempt), job);
    this.pump();
  }

  /** Starts what has its inputs and room, in order of arrival; who does not fit lets smaller ones pass. */
  pump(): void {
    for (const [key, job] of this.#queue) {
      if (this.#free.cores <= EPSILON) return;
      if (!this.#fits(job) || !this.#hasInputs(job)) continue;
      if (this.#takeRoom(job)) this.#start(key, job);
    }
  }

  retract(task: TaskId, attempt: Attempt): void {
    const job = this.#queue.get(keyOf(task, attempt));
    if (job !== undefined) this.#giveBack(job, "retracted", "as asked");
  }

  kill(task: TaskId, attempt: Attempt): void {
    const key = keyOf(task, attempt);
    const queued = this.#queue.get(key);
    if (queued !== undefined) this.#leaveQueue(key, queued);
    const running = this.#running.get(key);
    if (running === undefined) return;
    this.#stop(key, running);
    if (running.order.type === "assign" && this.#ports.luck.killedSpeaks()) {
      const outcome = outcomeOf(
        running.order,
        { code: "cancelled", afterMs: 0, message: "killed" },
        new Map(),
      );
      this.#ports.tell({ type: "task-ended", task, attempt, outcome });
    }
    this.#ports.changed();
  }

  /** Nobody waits any more for those that have not started. Silent: the connection they came over is gone. */
  forgetQueue(): void {
    for (const [key, job] of this.#queue) this.#leaveQueue(key, job);
  }

  giveBackQueue(): void {
    for (const job of [...this.#queue.values()]) this.#giveBack(job, "leaving", "the worker leaves");
  }

  /** Ends everything, silently. */
  stopAll(): void {
    this.forgetQueue();
    for (const [key, job] of this.#running) this.#stop(key, job);
  }

  /** Instances serve one connection only. */
  stopInstances(): void {
    for (const [key, job] of this.#running) if (job.order.type === "deploy") this.#stop(key, job);
  }

  /** A copy went away before its use. */
  inputWent(name: CacheName): void {
    for (const job of [...this.#queue.values()]) {
      const needs = job.order.inputs.some((input) => input.cacheName === name);
      if (needs && this.#ports.luck.returnsWhenInputGoes())
        this.#giveBack(job, "input-missing", `${name} went away`);
    }
  }

  #fits({ order: { allocation } }: Job): boolean {
    const free = this.#free;
    const amounts = allocation.cores <= free.cores + EPSILON && allocation.memory <= free.memory + EPSILON;
    return amounts && allocation.gpus <= free.gpus;
  }

  #hasInputs({ order }: Job): boolean {
    return order.inputs.every((input) => this.#ports.disk.has(input.cacheName));
  }

  /** Disk for the sandbox; a task for which there is none, with nothing running that could give it back, is returned. */
  #takeRoom(job: Job): boolean {
    const evicted = this.#ports.disk.makeRoom(job.order.allocation.disk);
    if (evicted === undefined) {
      // Instances give nothing back by themselves.
      const ends = [...this.#running.values()].some(({ order }) => order.type === "assign");
      if (!ends) this.#giveBack(job, "no-room", "no disk for its sandbox");
      return false;
    }
    if (evicted.length > 0) this.#ports.evicted(evicted);
    if (!this.#ports.luck.startFails()) return true;
    this.#giveBack(job, "no-room", "no space left on device");
    return false;
  }

  #start(key: string, job: Job): void {
    const { order } = job;
    const { clock, disk, tell } = this.#ports;
    this.#queue.delete(key);
    this.#running.set(key, job);
    this.#take(order.allocation, 1);
    disk.reserve(order.allocation.disk);
    job.startedAtMs = clock.nowMs;
    tell({ type: "task-started", task: taskOf(order), attempt: order.attempt });
    if (order.type === "deploy") {
      job.alarm = clock.after(order.library.loadMs, () => {
        this.#loaded(order);
      });
      return;
    }
    const inputs = new Map(
      order.inputs.map((input) => [input.name, disk.get(input.cacheName)?.content ?? missing()]),
    );
    const end = plannedEnd(order, clock.nowMs);
    job.alarm = clock.after(end.afterMs, () => {
      this.#finish(key, job, end, inputs);
    });
  }

  /** A library has loaded what it needs, or comes to nothing. */
  #loaded({ task, attempt, library }: OrderOf<"deploy">): void {
    if (library.broken || this.#ports.luck.libraryFails()) {
      this.exit(task);
      return;
    }
    const { slots } = library.spec;
    this.#ports.hosts.open(task, slots);
    this.#ports.tell({ type: "library-ready", task, attempt, slots });
  }

  /** The process of an instance ends by itself. */
  exit(instance: TaskId): void {
    for (const [key, job] of this.#running) {
      const { order } = job;
      if (order.type !== "deploy" || order.task !== instance) continue;
      this.#ports.hosts.close(instance, "crash");
      this.#stop(key, job);
      const outcome = anOutcome({ exitCode: 1, message: "it exited with code 1" });
      this.#ports.tell({ type: "task-ended", task: instance, attempt: order.attempt, outcome });
      this.#ports.changed();
      return;
    }
  }

  #finish(key: string, job: Job, end: PlannedEnd, inputs: Parameters<typeof outcomeOf>[2]): void {
    const { order } = job;
    if (order.type === "deploy") return;
    this.#stop(key, job);
    if (this.#isSpoilt(order)) return;
    const outcome = outcomeOf(order, end, inputs);
    for (const { copy } of outcome.copies) this.#ports.disk.add(copy);
    this.#ports.tell({ type: "task-ended", task: order.spec.id, attempt: order.attempt, outcome });
    this.#ports.changed();
  }

  /** It has changed what it read: its end does not count. */
  #isSpoilt({ spec, attempt, inputs, copyInputs }: OrderOf<"assign">): boolean {
    const [input] = inputs;
    const { luck, tell, damaged, changed } = this.#ports;
    if (input === undefined || copyInputs === true || !luck.inputSpoils()) return false;
    damaged(input.cacheName);
    tell({ type: "task-returned", task: spec.id, attempt, reason: "input-damaged", message: "changed" });
    changed();
    return true;
  }

  #stop(key: string, job: Job): void {
    job.alarm?.cancel();
    if (job.order.type === "deploy") this.#ports.hosts.close(job.order.task, "silent");
    this.#running.delete(key);
    this.#take(job.order.allocation, -1);
    this.#ports.disk.unreserve(job.order.allocation.disk);
    this.#unpin(job);
  }

  #giveBack(job: Job, reason: "retracted" | "input-missing" | "leaving" | "no-room", message: string): void {
    const { attempt } = job.order;
    const task = taskOf(job.order);
    this.#leaveQueue(keyOf(task, attempt), job);
    this.#ports.tell({ type: "task-returned", task, attempt, reason, message });
  }

  #leaveQueue(key: string, job: Job): void {
    this.#queue.delete(key);
    this.#unpin(job);
  }

  #unpin(job: Job): void {
    for (const input of job.order.inputs) this.#ports.disk.unpin(input.cacheName);
  }

  #take(amount: Resources, sign: 1 | -1): void {
    this.#free.cores -= sign * amount.cores;
    this.#free.memory -= sign * amount.memory;
    this.#free.gpus -= sign * amount.gpus;
  }
}

function taskOf(order: Occupant): TaskId {
  return order.type === "assign" ? order.spec.id : order.task;
}

function keyOf(task: TaskId, attempt: Attempt): string {
  return `${task}/${attempt}`;
}

function missing(): never {
  throw new Error("a task was started without its input");
}
