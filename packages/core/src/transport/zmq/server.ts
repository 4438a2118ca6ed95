import { Buffer } from "node:buffer";
import { randomBytes } from "node:crypto";
import { Context, curveKeyPair, Router } from "zeromq";
import { VineError } from "../../model/errors.js";
import { LIMITS } from "../../model/limits.js";
import { LinkHost } from "../host.js";
import type { LinkServer, LinkServerOptions, RoleKeys } from "../link.js";
import type { Sending } from "../outbox.js";
import { bracketed, FRAMES_IN_FLIGHT, MOST_MESSAGE_BYTES } from "./addresses.js";
import { follow, LINGER_MS } from "./follow.js";
import { Gatekeeper } from "./zap.js";

const SECRET_BYTES = 32;
const ZAP_DOMAIN = "taskvine";
const NO_KEYS: RoleKeys = { publicKey: "", secretKey: "", secret: "" };
/** Longest that we wait for the port to be free. */
const CLOSE_MS = 1_000;
const DEFAULT_HOST = "127.0.0.1";

interface ServerKeys {
  readonly public: LinkServer["keys"];
  /** CURVE secret key of the server; never leaves this process. */
  readonly secretKey: string;
}

/** Opens the port. Throws ADDRESS_IN_USE when it, or the whole range, is taken. */
export async function listen(options: LinkServerOptions): Promise<LinkServer> {
  const keys = makeKeys(options.insecure === true);
  // A context of its own: the gatekeeper's address exists once in each.
  const context = new Context();
  const gatekeeper = keys.public.insecure ? undefined : await openGate(context, keys, options);
  const router = openRouter(context, keys, options);
  try {
    const endpoint = await bind(router, options);
    return new ZmqServer({ router, endpoint, keys: keys.public, gatekeeper, options });
  } catch (thrown) {
    router.close();
    gatekeeper?.close();
    throw thrown;
  }
}

interface ServerParts {
  readonly router: Router;
  readonly endpoint: string;
  readonly keys: LinkServer["keys"];
  readonly gatekeeper: Gatekeeper | undefined;
  readonly options: LinkServerOptions;
}

class ZmqServer implements LinkServer {
  readonly port: number;
  readonly keys: LinkServer["keys"];
  readonly #parts: ServerParts;
  readonly #host: LinkHost;
  #onPortFree: (() => void) | undefined;
  #closed: Promise<void> | undefined;

  constructor(parts: ServerParts) {
    const { router, endpoint, keys, options } = parts;
    this.#parts = parts;
    this.keys = keys;
    this.port = Number(endpoint.slice(endpoint.lastIndexOf(":") + 1));
    const secrets = keys.insecure
      ? {}
      : { secrets: { worker: keys.worker.secret, client: keys.client.secret } };
    this.#host = new LinkHost({
      ...options,
      ...secrets,
      transmit: (peer, frame) => transmit(router, peer, frame),
    });
    void follow(router, ({ type }) => {
      if (type === "disconnect") this.#host.someoneLeft();
      if (type === "close" || type === "end") this.#onPortFree?.();
    });
    void this.#receive();
  }

  close(reason: VineError): Promise<void> {
    this.#closed ??= this.#close(reason);
    return this.#closed;
  }

  async #close(reason: VineError): Promise<void> {
    const { router, gatekeeper } = this.#parts;
    await this.#host.close(reason);
    await this.#closeAndFreePort(router);
    gatekeeper?.close();
  }

  /**
   * Resolves when the port is free. Not by `unbind`: that runs in another thread, at the same time as what we still
   * receive, and libzmq aborts the process when peers leave just then.
   */
  async #closeAndFreePort(router: Router): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, CLOSE_MS);
      this.#onPortFree = () => {
        clearTimeout(timer);
        resolve();
      };
      router.close();
    });
  }

  async #receive(): Promise<void> {
    try {
      for await (const [peer, frame, more] of this.#parts.router) {
        // A message of one part is ours; any other is no frame at all.
        if (peer === undefined) continue;
        this.#host.receive(peer, more === undefined && frame !== undefined ? frame : Buffer.alloc(0));
      }
    } catch (thrown) {
      if (!this.#parts.router.closed) this.#parts.options.onRefused?.(VineError.from(thrown));
    }
  }
}

async function transmit(router: Router, peer: Buffer, frame: Buffer): Promise<Sending> {
  try {
    await router.send([peer, frame]);
    return "sent";
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === "EAGAIN" ? "full" : "gone";
  }
}

function makeKeys(insecure: boolean): ServerKeys {
  if (insecure) {
    return { public: { insecure, serverKey: "", worker: NO_KEYS, client: NO_KEYS }, secretKey: "" };
  }
  const server = curveKeyPair();
  const keys = { insecure, serverKey: server.publicKey, worker: roleKeys(), client: roleKeys() };
  return { public: keys, secretKey: server.secretKey };
}

function roleKeys(): RoleKeys {
  return { ...curveKeyPair(), secret: randomBytes(SECRET_BYTES).toString("hex") };
}

async function openGate(context: Context, keys: ServerKeys, options: LinkServerOptions): Promise<Gatekeeper> {
  const allowed = [keys.public.worker.publicKey, keys.public.client.publicKey];
  const gatekeeper = new Gatekeeper(context, allowed, (address) => {
    options.onRefused?.(
      new VineError("NOT_AUTHORISED", `a peer at ${address} does not have a key of this manager`),
    );
  });
  await gatekeeper.open();
  return gatekeeper;
}

function openRouter(context: Context, keys: ServerKeys, options: LinkServerOptions): Router {
  const { heartbeatMs = LIMITS.heartbeatMs, silenceMs = LIMITS.silenceMs } = options;
  const security = keys.public.insecure
    ? {}
    : { curveServer: true, curveSecretKey: keys.secretKey, zapDomain: ZAP_DOMAIN };
  return new Router({
    context,
    ...security,
    // A peer that is gone or full is an error at once, never a silent drop and never a wait.
    mandatory: true,
    sendTimeout: 0,
    handover: false,
    sendHighWaterMark: FRAMES_IN_FLIGHT,
    receiveHighWaterMark: FRAMES_IN_FLIGHT,
    maxMessageSize: MOST_MESSAGE_BYTES,
    handshakeInterval: LIMITS.handshakeMs,
    // libzmq's own heartbeats let go of connections whose other end fell silent.
    heartbeatInterval: heartbeatMs,
    heartbeatTimeout: silenceMs,
    linger: LINGER_MS,
    backlog: 1_024,
    ipv6: options.host?.includes(":") ?? false,
  });
}

async function bind(router: Router, options: LinkServerOptions): Promise<string> {
  const { host = DEFAULT_HOST, port = 0 } = options;
  const [first, last] = typeof port === "number" ? [port, port] : port;
  for (let candidate = first; candidate <= last; candidate++) {
    try {
      await router.bind(`tcp://${bracketed(host)}:${candidate === 0 ? "*" : candidate}`);
      return router.lastEndpoint ?? "";
    } catch (thrown) {
      checkBindError(thrown, host, candidate);
    }
  }
  const ports = first === last ? `port ${first} is` : `all ports from ${first} to ${last} are`;
  throw new VineError("ADDRESS_IN_USE", `${ports} taken on ${host}`);
}

/** Returns when another port may do. */
function checkBindError(thrown: unknown, host: string, port: number): void {
  const { code } = thrown as NodeJS.ErrnoException;
  if (code === "EADDRINUSE") return;
  throw new VineError("BAD_ARGUMENT", `cannot listen on ${host} port ${port}: ${String(code)}`, {
    cause: thrown,
  });
}
