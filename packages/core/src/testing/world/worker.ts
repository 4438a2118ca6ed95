import type { TransferFailure } from "../../coordinator/event.js";
import type { Attempt, CacheName, TaskId, WorkerId } from "../../model/ids.js";
import type { Resources } from "../../model/resources.js";
import type { HeldReplica, WorkerSpec } from "../../workers/worker.js";
import type { FakeClock } from "../fake-clock.js";
import { type Copy, Disk } from "./disk.js";
import { Hosts } from "./hosts.js";
import { Intake } from "./intake.js";
import type { Network, Node } from "./network.js";
import type { Holder, Luck, News, Order } from "./order.js";
import type { Session } from "./session.js";
import { Workbench } from "./workbench.js";

/** A virtual computer with a worker on it. */
export interface WorkerPlan {
  readonly name: string;
  readonly hostId: string;
  readonly resources: Resources;
  readonly features: readonly string[];
  /** Bytes per millisecond, each way. */
  readonly rate: number;
  /** What its disk holds from before the first start. */
  readonly holds?: readonly Copy[];
}

export interface Habitat {
  readonly clock: FakeClock;
  readonly network: Network;
  readonly luck: Luck;
}

/** Does what real workers do, as the doc-comments of events and effects promise it, on a virtual disk and in virtual time. */
export class VirtualWorker implements Holder {
  readonly node: Node;
  readonly plan: WorkerPlan;
  readonly #habitat: Habitat;
  #disk: Disk;
  #rotten = new WeakSet<Copy>();
  #bench: Workbench;
  #intake: Intake;
  #hosts: Hosts;
  #session: Session | undefined;
  /** Told while there was no connection, or over one that broke. */
  #untold: News[] = [];
  #alive = true;
  #leaving = false;

  constructor(plan: WorkerPlan, habitat: Habitat) {
    this.plan = plan;
    this.#habitat = habitat;
    this.node = { name: plan.name, upRate: plan.rate, downRate: plan.rate };
    this.#disk = new Disk(plan.resources.disk);
    for (const copy of plan.holds ?? []) this.#disk.add(copy);
    [this.#bench, this.#intake, this.#hosts] = this.#furnish();
  }

  get alive(): boolean {
    return this.#alive;
  }

  get session(): Session | undefined {
    return this.#session;
  }

  get disk(): Disk {
    return this.#disk;
  }

  get runs(): number {
    return this.#bench.runs;
  }

  /** How it introduces itself on a new connection. */
  introduction(id: WorkerId): WorkerSpec {
    const { name, hostId, resources, features } = this.plan;
    const holds = this.#disk.copies.map(heldOf);
    return { id, name, host: hostId, hostId, resources, features, holds, linksCalls: true };
  }

  /** Enters on a new connection. What it did meanwhile for an earlier one it tells too, if it is one who does. */
  join(session: Session, tellsThePast: boolean): void {
    this.#session = session;
    this.#leaving = false;
    const past = tellsThePast ? this.#untold : [];
    this.#untold = [];
    const ended = past.flatMap((news) => (news.type === "task-ended" ? [news] : []));
    const running = [...this.#bench.attempts, ...ended].map(({ task, attempt }) => ({ task, attempt }));
    session.news.send({ type: "worker-joined", worker: this.introduction(session.id), running });
    for (const news of past) this.#tell(news);
  }

  /** The connection is gone. What has not started is nobody's any more; the rest goes on, unless it is one who drops it. */
  sessionEnded(dropsWork: boolean): void {
    this.#session = undefined;
    this.#untold = [];
    this.#intake.abandon();
    this.#bench.forgetQueue();
    this.#bench.stopInstances();
    if (dropsWork) this.#bench.stopAll();
  }

  /** Ends what still runs for an earlier connection. */
  stopOldWork(): void {
    this.#bench.stopAll();
  }

  /** kill -9 or a power cut: everything stops; the disk keeps what is `forever`, or nothing. */
  crash(keepsDisk: boolean): void {
    this.#alive = false;
    this.#session = undefined;
    this.#untold = [];
    this.#intake.abandon();
    this.#bench.stopAll();
    const kept = keepsDisk ? this.#disk.copies.filter((copy) => copy.lifetime === "forever") : [];
    this.#disk = new Disk(this.plan.resources.disk);
    for (const copy of kept) this.#disk.add(copy);
    this.#habitat.network.breakAll(this.node);
  }

  /** The process is started again after a crash. */
  restart(): void {
    this.#alive = true;
    this.#leaving = false;
    [this.#bench, this.#intake, this.#hosts] = this.#furnish();
  }

  /** It wants to go: takes nothing new, gives back what has not started, and waits for its release. */
  leave(): void {
    this.#leaving = true;
    this.#tell({ type: "worker-draining" });
    this.#bench.giveBackQueue();
    this.#hosts.giveBackQueue();
  }

  /** The process of one of its instances dies. Undefined: it has none that is ready. */
  crashInstance(): TaskId | undefined {
    const instance = this.#hosts.instances[0];
    if (instance !== undefined) this.#bench.exit(instance);
    return instance;
  }

  receive(orders: readonly Order[], released: () => void): void {
    for (const order of orders) {
      if (order.type === "release") released();
      else this.#obey(order);
    }
  }

  find(name: CacheName): Copy | TransferFailure {
    if (!this.#alive)
      return { error: "TRANSFER_UNREACHABLE", message: `${this.plan.name} is down`, fault: "source" };
    const copy = this.#disk.get(name);
    if (copy !== undefined && this.#rotten.has(copy))
      return { error: "DIGEST_MISMATCH", message: `${name} has another digest`, fault: "source" };
    return copy ?? { error: "NOT_HELD", message: `${this.plan.name} does not hold ${name}`, fault: "source" };
  }

  /** A cache entry turns out to be damaged. False where it is not there. */
  damage(name: CacheName): boolean {
    if (!this.#disk.remove(name)) return false;
    this.#went([name], "damaged");
    return true;
  }

  /** A cache entry is not what it was, and only who fetches it will notice. False where it is not there. */
  rot(name: CacheName): boolean {
    const copy = this.#disk.get(name);
    if (copy !== undefined) this.#rotten.add(copy);
    return copy !== undefined;
  }

  /** All that it has is as it should be. */
  mend(): void {
    this.#rotten = new WeakSet();
  }

  /** Something else on this computer takes (or gives back) disk space. */
  occupy(bytes: number): void {
    this.#disk.occupied = bytes;
    if (bytes === 0) this.#bench.pump();
  }

  #obey(order: Exclude<Order, { type: "release" }>): void {
    switch (order.type) {
      case "assign":
        if (this.#leaving) this.#refuse(order.spec.id, order.attempt);
        else this.#bench.assign(order);
        return;
      case "deploy":
        if (this.#leaving) this.#refuse(order.task, order.attempt);
        else this.#bench.assign(order);
        return;
      case "call":
        if (this.#leaving) this.#refuse(order.spec.id, order.attempt);
        else this.#hosts.call(order);
        return;
      case "retract":
        this.#bench.retract(order.task, order.attempt);
        this.#hosts.retract(order.task, order.attempt);
        return;
      case "kill":
        this.#bench.kill(order.task, order.attempt);
        this.#hosts.kill(order.task, order.attempt);
        return;
      case "fetch":
        this.#intake.fetch(order);
        return;
      case "make":
        this.#intake.make(order);
        return;
      case "drop":
        this.#disk.drop(order.cacheName);
    }
  }

  #refuse(task: TaskId, attempt: Attempt): void {
    this.#tell({
      type: "task-returned",
      task,
      attempt,
      reason: "leaving",
      message: "the worker leaves",
    });
  }

  #went(names: readonly CacheName[], reason: string): void {
    for (const cacheName of names) {
      this.#tell({ type: "replica-gone", cacheName, reason });
      this.#bench.inputWent(cacheName);
    }
  }

  #tell(news: News): void {
    const session = this.#session;
    if (!this.#alive) return;
    if (session === undefined) this.#untold.push(news);
    else session.news.send({ ...news, worker: session.id });
  }

  #furnish(): [Workbench, Intake, Hosts] {
    const { clock, luck, network } = this.#habitat;
    const disk = this.#disk;
    const tell = (news: News): void => {
      this.#tell(news);
    };
    const evicted = (names: readonly CacheName[]): void => {
      this.#went(names, "evicted to make room");
    };
    const changed = (): void => {
      this.#bench.pump();
      this.#hosts.pump();
    };
    const damaged = (name: CacheName): void => {
      this.damage(name);
    };
    const crashed = (instance: TaskId): void => {
      this.#bench.exit(instance);
    };
    const hosts = new Hosts({ clock, luck, disk, tell, crashed });
    const ports = { clock, luck, disk, tell, hosts, evicted, damaged, changed };
    const bench = new Workbench(this.plan.resources, ports);
    const intake = new Intake({ clock, network, node: this.node, luck, disk, tell, evicted, changed });
    return [bench, intake, hosts];
  }
}

function heldOf({ cacheName, size, kind, lifetime, content }: Copy): HeldReplica {
  return { cacheName, size, kind, lifetime, digest: content };
}
