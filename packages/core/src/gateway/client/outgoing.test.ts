import { expect } from "chai";
import type { VineError } from "../../model/errors.js";
import { LIMITS } from "../../model/limits.js";
import type { Link } from "../../transport/link.js";
import { decodeGatewayBatch } from "../codec/gateway-codec.js";
import type { GatewayMessage } from "../gateway-message.js";
import { Outgoing } from "./outgoing.js";

/** A link that hands nothing to the network until it is told to. */
class SlowLink implements Link {
  readonly id = "slow";
  readonly version = 1;
  readonly batches: Buffer[] = [];
  queuedBytes = 0;
  closed: VineError | undefined;
  #waiting: (() => void)[] = [];

  send(batch: Uint8Array): void {
    this.batches.push(Buffer.from(batch));
    this.queuedBytes += batch.length;
  }

  drained(): Promise<void> {
    return this.queuedBytes === 0 ? Promise.resolve() : new Promise((resolve) => this.#waiting.push(resolve));
  }

  close(reason: VineError): Promise<void> {
    this.closed = reason;
    return Promise.resolve();
  }

  drain(): void {
    this.queuedBytes = 0;
    for (const tell of this.#waiting.splice(0)) tell();
  }

  get messages(): GatewayMessage[] {
    return this.batches.flatMap(decodeGatewayBatch);
  }
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const MiB = 1024 * 1024;

describe("what a client is to be told", () => {
  it("leaves as one batch a turn, in which values of one encoding share a message", async () => {
    const link = new SlowLink();
    const outgoing = new Outgoing(link);
    for (let task = 1; task <= 500; task++) outgoing.returned("json", task, Buffer.from("1"));
    outgoing.returned("pickle", 501, Buffer.of(0x80));
    outgoing.say({ type: "running", tasks: [502] });
    outgoing.returned("pickle", 502, Buffer.of(0x80));
    expect(link.batches).to.deep.equal([]);
    await turn();
    expect(link.batches.length).to.equal(1);
    expect(link.messages.map(({ type }) => type)).to.deep.equal([
      "returned",
      "returned",
      "running",
      "returned",
    ]);
    const [first] = link.messages;
    expect(first?.type === "returned" && first.tasks.length).to.equal(500);
  });

  it("keeps values that stay in the cluster apart from those that come", async () => {
    const link = new SlowLink();
    const outgoing = new Outgoing(link);
    const attempt = {
      attempt: 1,
      worker: 1,
      workerName: "w",
      host: "h",
      assignedAtMs: 1,
      endedAtMs: 2,
      ended: "success",
      allocation: {},
    };
    for (const [task, kept] of [false, false, true, true, false].entries())
      outgoing.returned("json", task + 1, Buffer.of(), { attempt, wallMs: 1, cpuMs: undefined, kept });
    await turn();
    const told = link.messages.flatMap((said) => (said.type === "returned" ? [[said.kept, said.tasks]] : []));
    expect(told).to.deep.equal([
      [false, [1, 2]],
      [true, [3, 4]],
      [false, [5]],
    ]);
  });

  it("waits while the client does not read, and comes whole and in order when it does", async () => {
    const link = new SlowLink();
    const outgoing = new Outgoing(link);
    const value = Buffer.alloc(4 * MiB);
    for (let task = 1; task <= 30; task++) {
      outgoing.returned("json", task, value);
      await turn();
    }
    expect(link.queuedBytes).to.be.below(48 * MiB);
    for (let round = 0; round < 10; round++) {
      link.drain();
      await turn();
    }
    const tasks = link.messages.flatMap((message) => (message.type === "returned" ? message.tasks : []));
    expect(tasks).to.deep.equal(Array.from({ length: 30 }, (_, at) => at + 1));
  });

  it("is bounded: a client that lets too much wait is sent away, and costs nothing more", async () => {
    const link = new SlowLink();
    const outgoing = new Outgoing(link);
    const value = Buffer.alloc(16 * MiB);
    const most = LIMITS.clientHeldBytes / value.length + 10;
    for (let task = 1; task <= most && link.closed === undefined; task++) {
      outgoing.returned("json", task, value);
      await turn();
    }
    expect(link.closed?.code).to.equal("TOO_LARGE");
    expect(link.closed?.message).to.contain("clientHeldBytes");
    const sent = link.batches.length;
    outgoing.say({ type: "note", level: "info", message: "late" });
    link.drain();
    await turn();
    expect(link.batches.length).to.equal(sent);
  });

  it("has room for pieces of a file only when others have left", async () => {
    const link = new SlowLink();
    const outgoing = new Outgoing(link);
    outgoing.say({ type: "content", request: 1, data: Buffer.alloc(20 * MiB), last: false });
    await turn();
    let hasRoom = false;
    void outgoing.room().then(() => {
      hasRoom = true;
    });
    await turn();
    expect(hasRoom).to.equal(false);
    link.drain();
    await turn();
    expect(hasRoom).to.equal(true);
  });
});
