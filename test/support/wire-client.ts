import {
  type ClientMessage,
  decodeGatewayBatch,
  encodeClientBatch,
  type Finished,
  type GatewayMessage,
} from "@taskvine/core/gateway";
import { dial, type Link, type LinkEnd, readConnectionFile } from "@taskvine/core/transport";
import { eventually } from "./eventually.js";

type MessageOf<T extends GatewayMessage["type"]> = Extract<GatewayMessage, { type: T }>;

const NO_TASK = {
  command: "",
  inputs: [],
  outputs: [],
  env: {},
  resources: {},
  features: [],
  tag: "",
  category: "",
  priority: 0,
  policy: "",
} as const;
const NO_FILE = { peerTransfer: true, unlinkWhenDone: false, executable: false, label: "" } as const;

/** A program that speaks the client's protocol, as one in another language would. */
export class WireClient implements AsyncDisposable {
  /** Everything that it was told, in order. */
  readonly heard: readonly GatewayMessage[];
  readonly #link: Link;
  readonly #ends: readonly LinkEnd[];

  private constructor(link: Link, heard: readonly GatewayMessage[], ends: readonly LinkEnd[]) {
    this.#link = link;
    this.heard = heard;
    this.#ends = ends;
  }

  static async connect(connectionFile: string): Promise<WireClient> {
    const file = await readConnectionFile(connectionFile);
    const heard: GatewayMessage[] = [];
    const ends: LinkEnd[] = [];
    const { link } = await dial({
      address: file.addresses[0] ?? "",
      role: "client",
      software: "test",
      ...(file.insecure ? {} : { keys: { serverKey: file.serverKey, ...file.client } }),
      connectTimeoutMs: 30_000,
      handlers: {
        onBatch: (batch) => heard.push(...decodeGatewayBatch(batch)),
        onEnd: (end) => ends.push(end),
      },
    });
    return new WireClient(link, heard, ends);
  }

  say(...messages: readonly ClientMessage[]): void {
    this.#link.send(encodeClientBatch(messages));
  }

  /** Bytes that are no batch of ours, perhaps. */
  sayBytes(bytes: Uint8Array): void {
    this.#link.send(bytes);
  }

  declare(
    file: number,
    origin: Extract<ClientMessage, { type: "declare" }>["origin"],
    rest: Partial<Extract<ClientMessage, { type: "declare" }>> = {},
  ): void {
    this.say({ type: "declare", file, origin, ...NO_FILE, ...rest });
  }

  submit(task: number, rest: Partial<Extract<ClientMessage, { type: "submit" }>>): void {
    this.say({ type: "submit", task, ...NO_TASK, ...rest });
  }

  all<T extends GatewayMessage["type"]>(type: T): MessageOf<T>[] {
    return this.heard.filter((message): message is MessageOf<T> => message.type === type);
  }

  /** The first message of a type (of which this is true), when it has come. */
  next<T extends GatewayMessage["type"]>(
    type: T,
    isIt: (message: MessageOf<T>) => boolean = () => true,
  ): Promise<MessageOf<T>> {
    return eventually(`a message ${type} comes`, () => {
      const found = this.all(type).find(isIt);
      const [end] = this.#ends;
      if (found === undefined && end !== undefined) throw end.error;
      return found;
    });
  }

  /** Resolves when this task has ended in more than a value. */
  finished(task: number): Promise<Finished> {
    return this.next("finished", (message) => message.task === task);
  }

  /** Why its link ended. */
  ended(): Promise<LinkEnd> {
    return eventually("the link ends", () => this.#ends[0]);
  }

  /** Says goodbye. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#ends.length === 0) this.say({ type: "bye" });
    await this.ended();
  }
}
