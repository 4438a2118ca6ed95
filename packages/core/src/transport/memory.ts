import { Buffer } from "node:buffer";
import { VineError } from "../model/errors.js";
import { LinkGuest } from "./guest.js";
import { LinkHost } from "./host.js";
import type { Dial, LinkServer, LinkServerOptions, RoleKeys } from "./link.js";

const NO_KEYS: RoleKeys = { publicKey: "", secretKey: "", secret: "" };
const INSECURE_KEYS = { insecure: true, serverKey: "", worker: NO_KEYS, client: NO_KEYS } as const;

/** Servers and dialers of one process that find each other at memory://port. */
export interface MemoryLinks {
  listen(options: LinkServerOptions): Promise<LinkServer>;
  readonly dial: Dial;
}

/**
 * The same links without sockets and without encryption, for tests and simulations: frames pass as bytes, in later turns
 * of the event loop, through the same handshake, sessions and queues.
 */
export function memoryLinks(): MemoryLinks {
  const servers = new Map<number, MemoryServer>();
  return {
    listen: (options) => {
      const port = freePort(servers, options);
      const server = new MemoryServer(port, options, () => servers.delete(port));
      servers.set(port, server);
      return Promise.resolve(server);
    },
    dial: (options) => {
      const server = servers.get(Number(options.address.slice(options.address.lastIndexOf(":") + 1)));
      const address = server?.nextAddress() ?? Buffer.alloc(0);
      const guest = new LinkGuest({
        dial: options,
        transmit: (frame) => {
          setImmediate(() => server?.receive(address, frame));
          return Promise.resolve("sent");
        },
        onDone: () => server?.disconnect(address),
      });
      server?.connect(address, guest);
      return guest.dialled;
    },
  };
}

class MemoryServer implements LinkServer {
  readonly port: number;
  readonly keys = INSECURE_KEYS;
  readonly #host: LinkHost;
  readonly #guests = new Map<string, LinkGuest>();
  readonly #onClosed: () => void;
  #connections = 0;

  constructor(port: number, options: LinkServerOptions, onClosed: () => void) {
    this.port = port;
    this.#onClosed = onClosed;
    this.#host = new LinkHost({
      ...options,
      transmit: (address, frame) => {
        const guest = this.#guests.get(address.toString("hex"));
        setImmediate(() => guest?.receive(frame));
        return Promise.resolve(guest === undefined ? "gone" : "sent");
      },
    });
  }

  nextAddress(): Buffer {
    const address = Buffer.alloc(4);
    address.writeUInt32BE(++this.#connections);
    return address;
  }

  connect(address: Buffer, guest: LinkGuest): void {
    if (guest.ended) return;
    this.#guests.set(address.toString("hex"), guest);
    guest.connected();
    guest.start();
  }

  receive(address: Buffer, frame: Buffer): void {
    this.#host.receive(address, frame);
  }

  disconnect(address: Buffer): void {
    if (this.#guests.delete(address.toString("hex"))) this.#host.someoneLeft();
  }

  async close(reason: VineError): Promise<void> {
    this.#onClosed();
    await this.#host.close(reason);
    // The goodbyes first: they pass in a later turn.
    await new Promise((resolve) => setImmediate(resolve));
    for (const guest of this.#guests.values()) guest.lost("closed the connection without a goodbye");
    this.#guests.clear();
  }
}

function freePort(servers: ReadonlyMap<number, unknown>, { port = 0 }: LinkServerOptions): number {
  const [first, last] = typeof port === "number" ? [port || 1, port || Number.MAX_SAFE_INTEGER] : port;
  for (let candidate = first; candidate <= last; candidate++) {
    if (!servers.has(candidate)) return candidate;
  }
  throw new VineError("ADDRESS_IN_USE", `port ${first} is taken`);
}
