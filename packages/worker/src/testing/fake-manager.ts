import { randomBytes } from "node:crypto";
import { type DataServer, type Held, makeTicketIssuer, startDataServer } from "@taskvine/core/data";
import { VineError } from "@taskvine/core/model";
import {
  type DataSource,
  decodeWorkerBatch,
  encodeManagerBatch,
  type Introduce,
  type ManagerMessage,
  type WorkerMessage,
} from "@taskvine/core/protocol";
import { type ConnectionFile, type Link, type LinkServer, listen } from "@taskvine/core/transport";

type MessageOf<T extends WorkerMessage["type"]> = Extract<WorkerMessage, { type: T }>;

interface Waiter {
  readonly isIt: (message: WorkerMessage) => boolean;
  readonly resolve: (message: WorkerMessage) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

export interface FakeManagerOptions {
  readonly insecure?: boolean;
  readonly instance?: string;
  readonly port?: number;
}

const WAIT_MS = 45_000;

/** The manager's side of the wire, real sockets and all, played by a test. One worker at a time. */
export class FakeManager {
  readonly messages: WorkerMessage[] = [];
  /** How the first link ended. */
  readonly ended: Promise<string>;
  readonly files = new Map<string, Held>();
  readonly lifelines: ("open" | "closed")[] = [];
  readonly workerTicketKey = new Uint8Array(randomBytes(32));
  readonly workerName = "worker-1";
  connection!: ConnectionFile;
  link: Link | undefined;
  /** Give the worker a lifeline. */
  givesLifeline = true;
  readonly #ticketKey = new Uint8Array(randomBytes(32));
  #server!: LinkServer;
  #data!: DataServer;
  #waiters: Waiter[] = [];
  #onEnd: (end: string) => void = () => undefined;

  private constructor() {
    this.ended = new Promise((resolve) => (this.#onEnd = resolve));
  }

  static async start(options: FakeManagerOptions = {}): Promise<FakeManager> {
    const manager = new FakeManager();
    const { insecure = false, instance = "instance-1", port = 0 } = options;
    manager.#data = await startDataServer({
      host: "127.0.0.1",
      port: 0,
      insecure,
      ticketKey: manager.#ticketKey,
      clockMs: () => performance.now(),
      hold: (name) => {
        const held = manager.files.get(name);
        return held === undefined ? undefined : { held, release: () => undefined };
      },
      onLifeline: (_receiver, state) => manager.lifelines.push(state),
    });
    manager.#server = await listen({
      insecure,
      port,
      welcome: { managerName: "fake", managerInstance: instance, software: "test" },
      onLink: (link) => {
        manager.link = link;
        return {
          onBatch: (batch) => manager.#heard(decodeWorkerBatch(batch)),
          onEnd: (end) => manager.#onEnd(end.type),
        };
      },
    });
    const address = `tcp://127.0.0.1:${manager.#server.port}`;
    manager.connection = { format: 1, managerName: "fake", addresses: [address], ...manager.#server.keys };
    return manager;
  }

  get port(): number {
    return this.#server.port;
  }

  get bytesSent(): number {
    return this.#data.stats.bytesSent;
  }

  send(...messages: ManagerMessage[]): void {
    this.link?.send(encodeManagerBatch(messages, Math.floor(performance.now())));
  }

  /** Where the worker gets one of `files`. */
  source(cacheName: string): DataSource {
    const scheme = this.#data.fingerprint.length > 0 ? "https" : "http";
    return {
      url: `${scheme}://127.0.0.1:${this.#data.port}/${cacheName}`,
      ticket: makeTicketIssuer(this.#ticketKey, () => performance.now()).issue(cacheName, this.workerName),
      fingerprint: this.#data.fingerprint,
      localPath: "",
    };
  }

  /** Where anyone with this ticket gets an entry of the worker's cache. */
  workerSource(introduction: Introduce, cacheName: string, receiver: string): DataSource {
    const { dataFingerprint, dataPort } = introduction;
    const scheme = dataFingerprint.length > 0 ? "https" : "http";
    return {
      url: `${scheme}://127.0.0.1:${dataPort}/${cacheName}`,
      ticket: makeTicketIssuer(this.workerTicketKey, () => performance.now()).issue(cacheName, receiver),
      fingerprint: dataFingerprint,
      localPath: "",
    };
  }

  /** The next message of a type that passes, heard already or to come; it is taken out of `messages`. */
  async next<T extends WorkerMessage["type"]>(
    type: T,
    passes: (message: MessageOf<T>) => boolean = () => true,
  ): Promise<MessageOf<T>> {
    const isIt = (message: WorkerMessage): boolean =>
      message.type === type && passes(message as MessageOf<T>);
    const at = this.messages.findIndex(isIt);
    if (at >= 0) return this.messages.splice(at, 1)[0] as MessageOf<T>;
    return new Promise<WorkerMessage>((resolve, reject) => {
      const heard = (): string => this.messages.map((message) => message.type).join(", ");
      const timer = setTimeout(() => reject(new Error(`no ${type}; heard: ${heard()}`)), WAIT_MS);
      this.#waiters.push({ isIt, resolve, reject, timer });
    }) as Promise<MessageOf<T>>;
  }

  async close(): Promise<void> {
    for (const { timer } of this.#waiters) clearTimeout(timer);
    await this.#server.close(new VineError("MANAGER_CLOSED", "the test is over"));
    await this.#data.close();
  }

  /** Dies without a word: as after kill -9, as far as sockets go. */
  async vanish(): Promise<void> {
    await this.#data.close();
  }

  #heard(messages: readonly WorkerMessage[]): void {
    for (const message of messages) {
      if (message.type === "introduce") this.#setUp();
      const at = this.#waiters.findIndex(({ isIt }) => isIt(message));
      const [waiter] = at >= 0 ? this.#waiters.splice(at, 1) : [];
      if (waiter === undefined) this.messages.push(message);
      clearTimeout(waiter?.timer);
      waiter?.resolve(message);
    }
  }

  #setUp(): void {
    const lifeline = this.givesLifeline ? { lifeline: this.source("lifeline") } : {};
    this.send({ type: "setup", ticketKey: this.workerTicketKey, workerName: this.workerName, ...lifeline });
  }
}
