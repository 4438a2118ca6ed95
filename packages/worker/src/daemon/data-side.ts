import { randomBytes } from "node:crypto";
import { type DataServer, startDataServer } from "@taskvine/core/data";
import { cacheName as toCacheName, VineError } from "@taskvine/core/model";
import { dataHosts } from "../detect/host.js";
import { ManagerClock } from "../link/manager-clock.js";
import { routesTo } from "../link/route.js";
import type { Body } from "../perform/body.js";
import { isLoopback, type ResolvedOptions } from "./options.js";

const TICKET_KEY_BYTES = 32;
const LOOPBACK = "127.0.0.1";
const ANYWHERE = "0.0.0.0";

type Port = ResolvedOptions["transferPort"];

/**
 * The worker's data server: gives cache entries to whoever the manager sends. It listens on loopback for as long as all
 * managers were on this machine: their workers are as well, and the port is open to nobody else.
 */
export class DataSide {
  readonly clock = new ManagerClock();
  readonly #body: Body;
  readonly #options: ResolvedOptions;
  /** Nobody's until the manager gives us its own: the server reads it anew for each ticket. */
  readonly #ticketKey = new Uint8Array(randomBytes(TICKET_KEY_BYTES));
  #host = LOOPBACK;
  #server!: DataServer;

  private constructor(body: Body, options: ResolvedOptions) {
    this.#body = body;
    this.#options = options;
  }

  /** For the managers that are known now. */
  static async start(body: Body, options: ResolvedOptions): Promise<DataSide> {
    const side = new DataSide(body, options);
    if (!(await side.#isLocal())) side.#host = ANYWHERE;
    side.#server = await side.#listen(options.transferPort);
    return side;
  }

  get port(): number {
    return this.#server.port;
  }

  get fingerprint(): Uint8Array {
    return this.#server.fingerprint;
  }

  /** Addresses to announce: under these the server can be reached. Most useful first. */
  get hosts(): readonly string[] {
    const { dataHost } = this.#options;
    if (this.#host === LOOPBACK) return [LOOPBACK];
    return dataHost === undefined ? dataHosts() : [dataHost, LOOPBACK];
  }

  /** Call before a manager hears of us: where it can be reached from elsewhere, so must we, on the same port if it is free. */
  async prepare(): Promise<void> {
    if (this.#host === ANYWHERE || (await this.#isLocal())) return;
    const { port } = this.#server;
    await this.#server.close();
    this.#host = ANYWHERE;
    this.#server = await this.#listen(port).catch(() => this.#listen(this.#options.transferPort));
  }

  /** From now on tickets of this manager are good, and no others. */
  trust(ticketKey: Uint8Array): void {
    this.#ticketKey.set(ticketKey.subarray(0, TICKET_KEY_BYTES));
  }

  async close(): Promise<void> {
    await this.#server.close();
  }

  async #listen(port: Port): Promise<DataServer> {
    const { news } = this.#body.parts;
    return await startDataServer({
      host: this.#host,
      port,
      insecure: this.#options.insecure,
      ticketKey: this.#ticketKey,
      clockMs: () => this.clock.at(performance.now()),
      hold: (name) => hold(this.#body, name),
      onRefused: (error) => {
        const { code, message } = VineError.from(error, "TICKET_REFUSED");
        news.tell({ type: "warning", code, message });
      },
    });
  }

  async #isLocal(): Promise<boolean> {
    const { dataHost, manager } = this.#options;
    const hosts = dataHost === undefined ? await hostsOf(manager) : [dataHost];
    return hosts.every(isLoopback);
  }
}

async function hostsOf(manager: ResolvedOptions["manager"]): Promise<string[]> {
  const routes = await routesTo(manager).catch(() => []);
  return routes.map(({ address }) => new URL(address).hostname);
}

type Hold = ReturnType<Parameters<typeof startDataServer>[0]["hold"]>;

function hold(body: Body, name: string): Hold {
  const { world, store } = body.parts;
  const cacheName = toCacheName(name);
  const entry = world.cache.get(cacheName);
  if (entry === undefined || !world.cache.has(cacheName)) return undefined;
  if (store.changeOf(cacheName) === "damaged") {
    body.post([{ type: "entry-damaged", cacheName, reason: "changed by a task that had it as input" }]);
    return undefined;
  }
  const { kind, size, digest } = entry;
  const path = store.pathOf(cacheName);
  body.post([{ type: "hold-taken", cacheName }]);
  return {
    held: { type: "path", path, kind, size, ...(digest === undefined ? {} : { digest }) },
    release: () => body.post([{ type: "hold-released", cacheName }]),
  };
}
