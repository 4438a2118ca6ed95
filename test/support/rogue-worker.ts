import { VineError } from "@taskvine/core";
import {
  decodeManagerBatch,
  encodeWorkerBatch,
  type Introduce,
  type ManagerMessage,
  type WorkerMessage,
} from "@taskvine/core/protocol";
import { dial, type Link, type LinkEnd, readConnectionFile } from "@taskvine/core/transport";
import { eventually } from "./eventually.js";

type MessageOf<T extends ManagerMessage["type"]> = Extract<ManagerMessage, { type: T }>;

const CONNECT_MS = 20_000;
const PATIENCE_MS = 20_000;
const GB = 1_000_000_000;

/** What an honest worker with one core and the feature "rogue" would say of itself. */
const CLAIMS: Introduce = {
  type: "introduce",
  name: "rogue",
  host: "127.0.0.1",
  hostId: "a machine of its own",
  resources: { cores: 1, memory: GB, disk: GB, gpus: 0, gpuIds: [] },
  features: ["rogue"],
  holds: [],
  dataHosts: ["127.0.0.1"],
  dataPort: 9,
  dataFingerprint: new Uint8Array(32),
  cachePath: "",
  software: "rogue",
  running: [],
};

/** A peer that has the manager's keys and says whatever a test wants it to say. */
export class RogueWorker implements AsyncDisposable {
  readonly heard: ManagerMessage[] = [];
  readonly ends: LinkEnd[] = [];
  #link!: Link;

  /** Passes the handshake, and introduces itself unless told otherwise. */
  static async join(
    connectionFile: string,
    claims: Partial<Introduce> | "says nothing" = {},
  ): Promise<RogueWorker> {
    const { addresses, serverKey, worker } = await readConnectionFile(connectionFile);
    const rogue = new RogueWorker();
    const { link } = await dial({
      address: addresses[0] ?? "",
      role: "worker",
      software: "rogue",
      keys: { serverKey, ...worker },
      connectTimeoutMs: CONNECT_MS,
      handlers: {
        onBatch: (batch) => void rogue.heard.push(...decodeManagerBatch(batch).messages),
        onEnd: (end) => void rogue.ends.push(end),
      },
    });
    rogue.#link = link;
    if (claims !== "says nothing") rogue.say({ ...CLAIMS, ...claims });
    return rogue;
  }

  say(...messages: readonly WorkerMessage[]): void {
    this.#link.send(encodeWorkerBatch(messages));
  }

  /** Sends bytes where a batch belongs. */
  sayBytes(bytes: Uint8Array): void {
    this.#link.send(bytes);
  }

  /** The first message of a type, heard already or to come. */
  async next<T extends ManagerMessage["type"]>(type: T): Promise<MessageOf<T>> {
    const message = await eventually(
      `the manager says ${type}`,
      () => this.heard.find((heard) => heard.type === type),
      PATIENCE_MS,
    );
    return message as MessageOf<T>;
  }

  /** Why the manager ended the session. */
  async refusal(): Promise<VineError> {
    return (await eventually("the session ends", () => this.ends[0], PATIENCE_MS)).error;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#link.close(new VineError("WORKER_LEFT", "the rogue leaves"));
  }
}
