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

/** The worker's data server: gives cache entries to whoever the manager sends. */
export class DataSide {
  readonly clock = new ManagerClock();
  readonly server: DataServer;
  /** Addresses to announce: under these the server can be reached. Most useful first. */
  readonly hosts: readonly string[];
  readonly #ticketKey: Uint8Array;

  private constructor(server: DataServer, hosts: readonly string[], ticketKey: Uint8Array) {
    this.server = server;
    this.hosts = hosts;
    this.#ticketKey = ticketKey;
  }

  static async start(body: Body, options: ResolvedOptions): Promise<DataSide> {
    // Nobody's key until the manager gives us its own: the server reads it anew for each ticket.
    const ticketKey = new Uint8Array(randomBytes(TICKET_KEY_BYTES));
    const holder: { side?: DataSide } = {};
    const host = await listeningHost(options);
    const server = await startDataServer({
      host,
      port: options.transferPort,
      insecure: options.insecure,
      ticketKey,
      clockMs: () => holder.side?.clock.at(performance.now()) ?? Number.MAX_SAFE_INTEGER,
      hold: (name) => hold(body, name),
      onDigest: (name, digest) => body.post([{ type: "digest-found", cacheName: toCacheName(name), digest }]),
      onRefused: (error) => {
        const { code, message } = VineError.from(error, "TICKET_REFUSED");
        body.parts.news.tell({ type: "warning", code, message });
      },
    });
    holder.side = new DataSide(server, announced(host, options), ticketKey);
    return holder.side;
  }

  /** From now on tickets of this manager are good, and no others. */
  trust(ticketKey: Uint8Array): void {
    this.#ticketKey.set(ticketKey.subarray(0, TICKET_KEY_BYTES));
  }
}

/** A manager on this machine has no workers elsewhere, who would want our files: then the port is open to nobody else. */
async function listeningHost({ dataHost, manager }: ResolvedOptions): Promise<string> {
  const told = dataHost === undefined ? await hostsOf(manager) : [dataHost];
  return told.length > 0 && told.every(isLoopback) ? LOOPBACK : "0.0.0.0";
}

function announced(host: string, { dataHost }: ResolvedOptions): readonly string[] {
  if (host === LOOPBACK) return [LOOPBACK];
  return dataHost === undefined ? dataHosts() : [dataHost, LOOPBACK];
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
