import type { Event } from "../../coordinator/event.js";
import { type WorkerId, workerId } from "../../model/ids.js";
import type { FakeClock } from "../fake-clock.js";
import type { Random } from "../random.js";
import type { Network, Node } from "../world/network.js";
import type { Order } from "../world/order.js";
import { Lane, type Session } from "../world/session.js";
import type { VirtualWorker } from "../world/worker.js";

export interface DoorPorts {
  readonly clock: FakeClock;
  readonly random: Random;
  readonly network: Network;
  readonly manager: Node;
  /** Mean delay of a message, milliseconds. */
  readonly delayMs: number;
  /** News came in. */
  readonly post: (event: Event) => void;
  readonly released: (worker: VirtualWorker) => void;
}

interface Entrance {
  readonly session: Session;
  readonly worker: VirtualWorker;
}

/** The connections between the virtual manager and its workers. Each connection is a worker of its own to the coordinator. */
export class Doors {
  readonly #ports: DoorPorts;
  readonly #open = new Map<WorkerId, Entrance>();
  #count = 0;

  constructor(ports: DoorPorts) {
    this.#ports = ports;
  }

  get open(): readonly WorkerId[] {
    return [...this.#open.keys()];
  }

  workerOf(id: WorkerId): VirtualWorker | undefined {
    return this.#open.get(id)?.worker;
  }

  connect(worker: VirtualWorker, tellsThePast: boolean): Session {
    const id = workerId(++this.#count);
    const { clock, random, network, manager, delayMs, post } = this.#ports;
    const passes = (): boolean => network.reachable(manager, worker.node);
    const ports = { clock, passes, delayMs: () => 0.1 + random.exponential(delayMs) };
    const orders = new Lane<readonly Order[]>({
      ...ports,
      deliver: (batch) => {
        worker.receive(batch, () => {
          this.#ports.released(worker);
        });
      },
    });
    const session = { id, orders, news: new Lane<Event>({ ...ports, deliver: post }) };
    this.#open.set(id, { session, worker });
    worker.join(session, tellsThePast);
    return session;
  }

  send(id: WorkerId, orders: readonly Order[]): void {
    this.#open.get(id)?.session.orders.send(orders);
  }

  /** The manager gives a connection up. Returns the news that was still on its way. */
  lose(id: WorkerId, reason: string): Event[] {
    const entrance = this.#open.get(id);
    if (entrance === undefined) return [];
    this.#open.delete(id);
    entrance.session.orders.close();
    const lost = entrance.session.news.close();
    this.#ports.post({ type: "worker-lost", worker: id, reason });
    return lost;
  }
}
