import type { FakeClock } from "../fake-clock.js";
import type { Random } from "../random.js";
import type { Counts } from "../simulator/counts.js";
import type { Story } from "../simulator/story.js";
import type { Network } from "../world/network.js";
import type { VirtualWorker } from "../world/worker.js";
import type { Fleet } from "./fleet.js";
import type { DrawnLuck } from "./luck.js";
import type { Fault, FaultPlan, FaultType } from "./plan.js";

export interface InjectorPorts {
  readonly plan: FaultPlan;
  readonly clock: FakeClock;
  readonly random: Random;
  readonly network: Network;
  readonly fleet: Fleet;
  readonly luck: DrawnLuck;
  readonly counts: Counts;
  readonly story: Story;
  /** Silence that ends a connection, milliseconds: partitions last about as long. */
  readonly silenceMs: number;
}

type Handlers = { readonly [Type in FaultType]: (fault: Extract<Fault, { readonly type: Type }>) => boolean };

/** Makes things go wrong, by the plan and the seed, until the world heals. */
export class Injector {
  readonly #ports: InjectorPorts;
  readonly #repairs = new Set<() => void>();
  #healed = false;

  constructor(ports: InjectorPorts) {
    this.#ports = ports;
  }

  start(): void {
    const { plan, clock } = this.#ports;
    for (const [type, meanMs] of Object.entries(plan.everyMs)) this.#drawNext(type as FaultType, meanMs);
    for (const { atMs, fault } of plan.script)
      clock.after(atMs, () => {
        this.happen(fault);
      });
    clock.after(plan.untilMs, () => {
      this.#heal();
    });
  }

  /** Lets a fault happen now. False where it cannot (the worker is down, has nothing to damage…). */
  happen(fault: Fault): boolean {
    const happened = (this.#handlers[fault.type] as (fault: Fault) => boolean)(fault);
    if (happened) this.#ports.counts.add(fault.type);
    return happened;
  }

  #drawNext(type: FaultType, meanMs: number): void {
    const { clock, random } = this.#ports;
    clock.after(random.exponential(meanMs), () => {
      if (this.#healed) return;
      this.happen(this.#draw(type));
      this.#drawNext(type, meanMs);
    });
  }

  #draw(type: FaultType): Fault {
    const { random, fleet, silenceMs } = this.#ports;
    const worker = random.int(fleet.workers.length);
    const other = random.int(fleet.workers.length);
    const forMs = Math.round(100 + random.exponential(silenceMs));
    const returnMs = Math.round(random.exponential(2_000));
    const comesBack = random.chance(0.7);
    const draws: { readonly [Type in FaultType]: Fault } = {
      crash: { type: "crash", worker, keepsDisk: random.chance(0.5), ...(comesBack ? { returnMs } : {}) },
      partition: { type: "partition", worker, forMs },
      disconnect: { type: "disconnect", worker },
      "peer-cut": { type: "peer-cut", worker, other, forMs: 2 * forMs },
      "slow-link": { type: "slow-link", worker, factor: random.pick([10, 100]), forMs },
      "disk-full": { type: "disk-full", worker, forMs },
      damage: { type: "damage", worker },
      evict: { type: "evict", worker },
      rot: { type: "rot", worker },
      drain: { type: "drain", worker, returnMs },
      "instance-crash": { type: "instance-crash", worker },
    };
    return draws[type];
  }

  readonly #handlers: Handlers = {
    crash: ({ worker, keepsDisk, returnMs }) =>
      this.#ports.fleet.crash(this.#worker(worker), keepsDisk, returnMs),
    partition: ({ worker, forMs }) => this.#ports.fleet.partition(this.#worker(worker), forMs),
    disconnect: ({ worker }) => this.#ports.fleet.disconnect(this.#worker(worker)),
    drain: ({ worker, returnMs }) => this.#ports.fleet.drain(this.#worker(worker), returnMs),
    "peer-cut": ({ worker, other, forMs }) => {
      const [a, b] = [this.#worker(worker), this.#worker(other)];
      if (a === b) return false;
      this.#ports.network.cut(a.node, b.node);
      this.#fact(`${a.plan.name} and ${b.plan.name} cannot reach each other for ${forMs} ms`);
      this.#repairAfter(forMs, () => {
        this.#ports.network.heal(a.node, b.node);
      });
      return true;
    },
    "slow-link": ({ worker, factor, forMs }) => {
      const { node, plan } = this.#worker(worker);
      this.#ports.network.setRate(node, plan.rate / factor);
      this.#repairAfter(forMs, () => {
        this.#ports.network.setRate(node, plan.rate);
      });
      return true;
    },
    "disk-full": ({ worker, forMs }) => {
      const full = this.#worker(worker);
      if (!full.alive || full.disk.free <= 0) return false;
      full.occupy(full.disk.free);
      this.#fact(`the disk of ${full.plan.name} is full for ${forMs} ms`);
      this.#repairAfter(forMs, () => {
        full.occupy(0);
      });
      return true;
    },
    "instance-crash": ({ worker }) => {
      const at = this.#worker(worker);
      const crashed = at.alive ? at.crashInstance() : undefined;
      if (crashed !== undefined) this.#fact(`instance ${crashed} at ${at.plan.name} dies`);
      return crashed !== undefined;
    },
    damage: ({ worker }) => this.#harm(this.#worker(worker), () => true, "damages"),
    rot: ({ worker }) => this.#harm(this.#worker(worker), () => true, "rots"),
    evict: ({ worker }) => {
      const { disk } = this.#worker(worker);
      return this.#harm(
        this.#worker(worker),
        (name, lifetime) => lifetime === "forever" && !disk.isUsed(name),
        "evicts",
      );
    },
  };

  #harm(
    worker: VirtualWorker,
    among: (name: HeldName, lifetime: string) => boolean,
    verb: "damages" | "evicts" | "rots",
  ): boolean {
    const candidates = worker.disk.copies.filter((copy) => among(copy.cacheName, copy.lifetime));
    if (!worker.alive || candidates.length === 0) return false;
    const { cacheName } = this.#ports.random.pick(candidates);
    this.#fact(`${worker.plan.name} ${verb} ${cacheName}`);
    return verb === "rots" ? worker.rot(cacheName) : worker.damage(cacheName);
  }

  #repairAfter(forMs: number, repair: () => void): void {
    const once = (): void => {
      if (this.#repairs.delete(once)) repair();
    };
    this.#repairs.add(once);
    this.#ports.clock.after(forMs, once);
  }

  #heal(): void {
    this.#healed = true;
    this.#fact("from here on nothing goes wrong");
    for (const repair of [...this.#repairs]) repair();
    for (const worker of this.#ports.fleet.workers) worker.mend();
    this.#ports.luck.heal();
    this.#ports.fleet.healAll();
  }

  #worker(number: number): VirtualWorker {
    const worker = this.#ports.fleet.workers[number];
    if (worker === undefined) throw new RangeError(`there is no worker ${number}`);
    return worker;
  }

  #fact(sentence: string): void {
    this.#ports.story.fact(sentence);
  }
}

type HeldName = VirtualWorker["disk"]["copies"][number]["cacheName"];
