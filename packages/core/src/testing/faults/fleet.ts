import type { FakeClock } from "../fake-clock.js";
import type { Doors } from "../manager/doors.js";
import type { Random } from "../random.js";
import type { Counts } from "../simulator/counts.js";
import type { Story } from "../simulator/story.js";
import type { Network, Node } from "../world/network.js";
import type { VirtualWorker } from "../world/worker.js";
import type { DrawnLuck } from "./luck.js";

export interface FleetPorts {
  readonly clock: FakeClock;
  readonly random: Random;
  readonly network: Network;
  readonly manager: Node;
  readonly workers: readonly VirtualWorker[];
  readonly doors: Doors;
  readonly luck: DrawnLuck;
  readonly counts: Counts;
  readonly story: Story;
  /** Silence after which either side holds the other for lost, milliseconds. */
  readonly silenceMs: number;
  readonly lateNews: Doors["lose"] extends (...args: never) => infer News ? (news: News) => void : never;
}

const RECONNECT_MS = 300;
const NOTICE_MS = 200;

/** The workers and their comings and goings. */
export class Fleet {
  readonly #ports: FleetPorts;
  readonly #cut = new Set<VirtualWorker>();
  readonly #leaving = new Set<VirtualWorker>();

  constructor(ports: FleetPorts) {
    this.#ports = ports;
  }

  get workers(): readonly VirtualWorker[] {
    return this.#ports.workers;
  }

  /** Workers that asked to leave and were not released yet. */
  get waitingForRelease(): readonly string[] {
    return [...this.#leaving].map((worker) => worker.plan.name);
  }

  start(): void {
    for (const worker of this.workers) this.#connectSoon(worker, this.#ports.random.int(20));
  }

  crash(worker: VirtualWorker, keepsDisk: boolean, returnMs: number | undefined): boolean {
    if (!worker.alive) return false;
    const id = worker.session?.id;
    this.#leaving.delete(worker);
    worker.crash(keepsDisk);
    this.#tell(worker, `crashes${keepsDisk ? "" : " and loses its disk"}`);
    if (id !== undefined) {
      this.#ports.clock.after(this.#ports.random.int(NOTICE_MS), () => {
        this.#ports.lateNews(this.#ports.doors.lose(id, "it died"));
      });
    }
    if (returnMs !== undefined)
      this.#ports.clock.after(returnMs, () => {
        this.revive(worker);
      });
    return true;
  }

  revive(worker: VirtualWorker): void {
    if (worker.alive) return;
    worker.restart();
    this.#tell(worker, "is started again");
    this.#connectSoon(worker, 10);
  }

  partition(worker: VirtualWorker, forMs: number): boolean {
    if (!worker.alive || this.#cut.has(worker)) return false;
    const { network, manager, clock, silenceMs, random } = this.#ports;
    this.#cut.add(worker);
    network.cut(manager, worker.node);
    this.#tell(worker, `is cut off for ${forMs} ms`);
    clock.after(forMs, () => {
      this.heal(worker);
    });
    if (forMs <= silenceMs) return true;
    const id = worker.session?.id;
    if (id === undefined) return true;
    clock.after(silenceMs, () => {
      this.#ports.lateNews(this.#ports.doors.lose(id, "silence"));
    });
    clock.after(silenceMs + random.int(500), () => {
      if (worker.session?.id === id) this.#sessionOver(worker);
    });
    return true;
  }

  heal(worker: VirtualWorker): void {
    if (!this.#cut.delete(worker)) return;
    this.#ports.network.heal(this.#ports.manager, worker.node);
    this.#tell(worker, "can be reached again");
  }

  disconnect(worker: VirtualWorker): boolean {
    const { session } = worker;
    if (session === undefined) return false;
    this.#ports.lateNews(this.#ports.doors.lose(session.id, "connection reset"));
    this.#tell(worker, "loses its connection");
    this.#sessionOver(worker);
    return true;
  }

  drain(worker: VirtualWorker, returnMs: number): boolean {
    if (worker.session === undefined || this.#leaving.has(worker)) return false;
    this.#leaving.add(worker);
    this.#tell(worker, "wants to leave");
    worker.leave();
    this.#returns.set(worker, returnMs);
    return true;
  }

  /** The manager let it go. */
  released(worker: VirtualWorker): void {
    const id = worker.session?.id;
    this.#ports.counts.add("released");
    this.#leaving.delete(worker);
    worker.crash(true);
    this.#tell(worker, "leaves");
    if (id !== undefined) this.#ports.lateNews(this.#ports.doors.lose(id, "left"));
    this.#ports.clock.after(this.#returns.get(worker) ?? 0, () => {
      this.revive(worker);
    });
  }

  /** Everybody comes back. */
  healAll(): void {
    for (const worker of this.workers) {
      this.heal(worker);
      if (!worker.alive)
        this.#ports.clock.after(this.#ports.random.int(1_000), () => {
          this.revive(worker);
        });
    }
  }

  readonly #returns = new Map<VirtualWorker, number>();

  #sessionOver(worker: VirtualWorker): void {
    this.#leaving.delete(worker);
    worker.sessionEnded(this.#ports.luck.dropsWork());
    this.#connectSoon(worker, RECONNECT_MS);
  }

  #connectSoon(worker: VirtualWorker, delayMs: number): void {
    const { clock, network, manager, luck, doors, counts } = this.#ports;
    clock.after(delayMs, () => {
      if (!worker.alive || worker.session !== undefined) return;
      if (!network.reachable(manager, worker.node)) {
        this.#connectSoon(worker, RECONNECT_MS);
        return;
      }
      if (worker.runs > 0 && luck.dropsWork()) worker.stopOldWork();
      if (worker.runs > 0) counts.add("joined-while-running");
      counts.add("joined");
      doors.connect(worker, luck.tellsThePast());
    });
  }

  #tell(worker: VirtualWorker, what: string): void {
    this.#ports.story.fact(`${worker.plan.name} ${what}`);
  }
}
