import type { Attempt, CacheName, TaskId } from "../../model/ids.js";
import type { Alarm, FakeClock } from "../fake-clock.js";
import { callOutcomeOf } from "./call-outcome.js";
import type { Content } from "./content.js";
import type { Disk } from "./disk.js";
import type { Luck, News, OrderOf } from "./order.js";
import { type OutcomeWithCopies, type PlannedEnd, plannedEnd } from "./outcome.js";

type Call = OrderOf<"call">;

interface CallJob {
  order: Call;
  end: PlannedEnd | undefined;
  alarm: Alarm | undefined;
}

/** An instance that takes calls. */
interface Host {
  readonly slots: number;
  readonly queue: Map<string, CallJob>;
  readonly running: Map<string, CallJob>;
}

export interface HostsPorts {
  readonly clock: FakeClock;
  readonly luck: Luck;
  readonly disk: Disk;
  readonly tell: (news: News) => void;
  /** A call took the process of its instance with it. */
  readonly crashed: (instance: TaskId) => void;
}

/** Values that linked calls returned and that are remembered, at most. */
const MOST_RECENT = 16;

/** The library instances at a virtual worker that are ready, and their calls. */
export class Hosts {
  readonly #ports: HostsPorts;
  readonly #hosts = new Map<TaskId, Host>();
  /** What linked calls returned before one came that was linked to them. */
  readonly #recent = new Map<CacheName, Content>();

  constructor(ports: HostsPorts) {
    this.#ports = ports;
  }

  get instances(): readonly TaskId[] {
    return [...this.#hosts.keys()];
  }

  open(instance: TaskId, slots: number): void {
    this.#hosts.set(instance, { slots, queue: new Map(), running: new Map() });
  }

  /** The process is gone: what ran has failed, the rest was not begun. Silent where nobody is to be told. */
  close(instance: TaskId, how: "crash" | "silent"): void {
    const host = this.#hosts.get(instance);
    if (host === undefined) return;
    this.#hosts.delete(instance);
    for (const job of host.running.values()) {
      this.#leave(job);
      if (how === "crash")
        this.#tellEnd(job, { code: "library-exit", afterMs: 0, message: "its process died" });
    }
    for (const job of host.queue.values()) {
      this.#leave(job);
      if (how === "crash") this.#giveBack(job, "library-gone");
    }
  }

  call(order: Call): void {
    const job: CallJob = { order, end: undefined, alarm: undefined };
    const host = this.#hosts.get(order.instance);
    if (host === undefined) {
      this.#giveBack(job, "library-gone");
      return;
    }
    for (const input of order.inputs) if (input.value === undefined) this.#ports.disk.pin(input.cacheName);
    if (order.linked === true && !this.#isLinked(job)) {
      this.#unpin(job);
      this.#giveBack(job, "retracted");
      return;
    }
    host.queue.set(keyOf(order.spec.id, order.attempt), job);
    this.pump();
  }

  /** Starts what has its inputs and a slot. */
  pump(): void {
    for (const host of this.#hosts.values()) {
      for (const [key, job] of host.queue) {
        if (host.running.size >= host.slots) break;
        if (this.#hasInputs(job)) this.#start(host, key, job);
      }
    }
  }

  retract(task: TaskId, attempt: Attempt): void {
    const key = keyOf(task, attempt);
    for (const { queue } of this.#hosts.values()) {
      const job = queue.get(key);
      if (job === undefined || !queue.delete(key)) continue;
      this.#leave(job);
      this.#giveBack(job, "retracted");
    }
  }

  kill(task: TaskId, attempt: Attempt): void {
    const key = keyOf(task, attempt);
    for (const { queue, running } of this.#hosts.values()) {
      const job = queue.get(key) ?? running.get(key);
      if (job === undefined) continue;
      this.#leave(job);
      queue.delete(key);
      const ran = running.delete(key);
      if (ran && this.#ports.luck.killedSpeaks())
        this.#tellEnd(job, { code: "cancelled", afterMs: 0, message: "killed" });
    }
    this.pump();
  }

  giveBackQueue(): void {
    for (const { queue } of this.#hosts.values()) {
      for (const job of queue.values()) {
        this.#leave(job);
        this.#giveBack(job, "leaving");
      }
      queue.clear();
    }
  }

  stopAll(): void {
    this.#recent.clear();
    for (const instance of [...this.#hosts.keys()]) this.close(instance, "silent");
  }

  /** Whether what a linked call lacks is to be returned here; what was returned already it is given. */
  #isLinked(job: CallJob): boolean {
    for (const { cacheName } of job.order.inputs) {
      const recent = this.#recent.get(cacheName);
      if (recent !== undefined) this.#giveValue(job, cacheName, recent);
    }
    return job.order.inputs.every(
      ({ value, cacheName }) =>
        value !== undefined || this.#ports.disk.has(cacheName) || this.#isComing(cacheName),
    );
  }

  #isComing(cacheName: CacheName): boolean {
    return this.#jobs().some(({ order }) => order.outputs.some((output) => output.cacheName === cacheName));
  }

  #jobs(): CallJob[] {
    return [...this.#hosts.values()].flatMap(({ queue, running }) => [
      ...queue.values(),
      ...running.values(),
    ]);
  }

  #giveValue(job: CallJob, cacheName: CacheName, value: Content): void {
    const inputs = job.order.inputs.map((input) => {
      if (input.cacheName !== cacheName || input.value !== undefined) return input;
      this.#ports.disk.unpin(cacheName);
      return { ...input, value };
    });
    job.order = { ...job.order, inputs };
  }

  /** Calls that wait for the value of this one. */
  #linkedTo({ order }: CallJob): CallJob[] {
    const made = new Set(order.outputs.map(({ cacheName }) => cacheName));
    return this.#jobs().filter(
      (job) =>
        job.order.linked === true &&
        job.order.inputs.some(({ cacheName, value }) => value === undefined && made.has(cacheName)),
    );
  }

  /** A value that travels goes to those that were linked to its call at once. */
  #passOn(job: CallJob, outcome: OutcomeWithCopies): void {
    const linked = this.#linkedTo(job);
    for (const { cacheName, digest, bytes } of outcome.outputs) {
      if (bytes === undefined || digest === undefined) continue;
      const value = digest as Content;
      for (const next of linked) this.#giveValue(next, cacheName, value);
      if (linked.length === 0 && job.order.linked === true) this.#remember(cacheName, value);
    }
  }

  #remember(cacheName: CacheName, value: Content): void {
    this.#recent.set(cacheName, value);
    const [oldest] = this.#recent.keys();
    if (this.#recent.size > MOST_RECENT && oldest !== undefined) this.#recent.delete(oldest);
  }

  /** Those that wait for its value will not get it from here, unless they have it by now. */
  #desert(job: CallJob): void {
    for (const next of this.#linkedTo(job)) {
      const host = this.#hosts.get(next.order.instance);
      if (host?.queue.delete(keyOf(next.order.spec.id, next.order.attempt)) !== true) continue;
      this.#leave(next);
      this.#giveBack(next, "retracted");
    }
  }

  #hasInputs({ order }: CallJob): boolean {
    return order.inputs.every(
      ({ value, cacheName }) => value !== undefined || this.#ports.disk.has(cacheName),
    );
  }

  #start(host: Host, key: string, job: CallJob): void {
    const { order } = job;
    const { clock, disk, tell } = this.#ports;
    host.queue.delete(key);
    host.running.set(key, job);
    // Only of long calls the start is told.
    if (order.behaviour.runMs > 300)
      tell({ type: "task-started", task: order.spec.id, attempt: order.attempt });
    const inputs = new Map(
      order.inputs.map(({ name, value, cacheName }) => [
        name,
        value ?? disk.get(cacheName)?.content ?? lost(),
      ]),
    );
    const end = plannedEnd(order, clock.nowMs);
    job.end = end;
    job.alarm = clock.after(end.afterMs, () => {
      if (order.behaviour.fails === "crashes" && end.code === "success") this.#ports.crashed(order.instance);
      else this.#finish(host, key, job, inputs);
    });
  }

  #finish(host: Host, key: string, job: CallJob, inputs: ReadonlyMap<string, Content>): void {
    const { order, end } = job;
    const { disk, tell } = this.#ports;
    host.running.delete(key);
    if (end === undefined) return;
    const outcome = callOutcomeOf(order, end, inputs);
    this.#passOn(job, outcome);
    this.#leave(job);
    for (const { copy } of outcome.copies) disk.add(copy);
    tell({ type: "task-ended", task: order.spec.id, attempt: order.attempt, outcome });
    this.pump();
  }

  #tellEnd({ order }: CallJob, end: PlannedEnd): void {
    const outcome = callOutcomeOf(order, end, new Map());
    this.#ports.tell({ type: "task-ended", task: order.spec.id, attempt: order.attempt, outcome });
  }

  #giveBack({ order }: CallJob, reason: "retracted" | "leaving" | "library-gone"): void {
    const { spec, attempt } = order;
    this.#ports.tell({ type: "task-returned", task: spec.id, attempt, reason, message: reason });
  }

  #leave(job: CallJob): void {
    job.alarm?.cancel();
    this.#unpin(job);
    this.#desert(job);
  }

  #unpin(job: CallJob): void {
    for (const input of job.order.inputs)
      if (input.value === undefined) this.#ports.disk.unpin(input.cacheName);
  }
}

function keyOf(task: TaskId, attempt: Attempt): string {
  return `${task}/${attempt}`;
}

function lost(): never {
  throw new Error("a call was started without its input");
}
