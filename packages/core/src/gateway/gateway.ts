import type { RunningExecutor } from "../executor/running-executor.js";
import type { House } from "../manager/body/house.js";
import { houseOf, type Manager } from "../manager/manager.js";
import { LIMITS } from "../model/limits.js";
import type { Link, LinkHandlers } from "../transport/link.js";
import { Client } from "./client/client.js";
import type { Ready } from "./gateway-message.js";

/**
 * The manager's second face: programs in other processes, in any language, that use it over the control port in the role of
 * a client. It ends with the manager.
 */
export class Gateway {
  readonly #manager: Manager;
  readonly #house: House;
  readonly #clients = new Set<Client>();
  readonly #executors: Promise<readonly RunningExecutor[]>;

  /** Takes clients from now on. They are told that it is ready when the executors are. */
  constructor(manager: Manager, executors: Promise<readonly RunningExecutor[]> = Promise.resolve([])) {
    this.#manager = manager;
    this.#executors = executors;
    // Whoever loads them hears of it.
    executors.catch(() => undefined);
    this.#house = houseOf(manager);
    this.#house.body.acceptClient = (link) => this.#accept(link);
    const change = (): void => {
      for (const client of this.#clients) client.noteChange();
    };
    manager.events.on("worker-joined", change);
    manager.events.on("worker-lost", change);
    manager.events.on("note", (level, message, task) => {
      for (const client of this.#clients)
        if (task === undefined || client.owns(task)) client.outgoing.say({ type: "note", level, message });
    });
  }

  /** Clients that are connected. */
  get size(): number {
    return this.#clients.size;
  }

  #accept(link: Link): LinkHandlers {
    const client = new Client({
      house: this.#house,
      link,
      executors: this.#executors,
      onEnd: () => {
        this.#clients.delete(client);
        this.#house.log.write("info", "client-left", { clients: this.#clients.size });
      },
    });
    this.#clients.add(client);
    this.#house.log.write("info", "client-joined", { clients: this.#clients.size });
    void this.#welcome(client);
    return client.handlers;
  }

  async #welcome(client: Client): Promise<void> {
    const executors = await this.#executors.catch(() => undefined);
    if (executors === undefined) return;
    client.outgoing.say(this.#ready(executors.map(({ name }) => name)));
    client.noteChange();
  }

  #ready(executors: readonly string[]): Ready {
    const { name, port, connectionFile, runDirectory } = this.#manager;
    return {
      type: "ready",
      name,
      port,
      connectionFile,
      runDirectory,
      inlineBytes: LIMITS.inlineBytes,
      executors,
    };
  }
}
