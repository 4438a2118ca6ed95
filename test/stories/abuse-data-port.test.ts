import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { request } from "node:https";
import { connect, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { LIMITS, Task, type VineFile } from "@taskvine/core";
import type { DataSource } from "@taskvine/core/protocol";
import { expect } from "chai";
import { type Cluster, cluster } from "../support/cluster.js";
import { eventually } from "../support/eventually.js";
import { RogueWorker } from "../support/rogue-worker.js";

const PATIENCE_MS = 30_000;
const AGAIN_MS = 50;
const LARGE = "large\n".repeat(40_000);

interface Asking {
  readonly url: string;
  readonly ticket?: Uint8Array | string;
  readonly receiver?: string;
  readonly method?: string;
}

interface Answer {
  readonly status: number;
  readonly bytes: number;
}

/** Asks a data server as anyone can; what it shows as a certificate does not matter to a thief. */
async function ask({ url, ticket, receiver, method = "GET" }: Asking): Promise<Answer> {
  const word = typeof ticket === "string" ? ticket : Buffer.from(ticket ?? []).toString("base64");
  const headers = {
    ...(ticket === undefined ? {} : { authorization: `Vine ${word}` }),
    ...(receiver === undefined ? {} : { "x-vine-receiver": receiver }),
  };
  const asking = request(url, { method, headers, rejectUnauthorized: false, agent: false });
  asking.end();
  const [response] = (await once(asking, "response")) as [IncomingMessage];
  let bytes = 0;
  for await (const chunk of response) bytes += (chunk as Buffer).length;
  return { status: response.statusCode ?? 0, bytes };
}

/** How a worker with this file as an input is told to get it, and as whom. */
async function wayTo(
  c: Cluster,
  rogue: RogueWorker,
  file: VineFile,
): Promise<DataSource & { readonly receiver: string }> {
  c.manager.submit(new Task("true").feature("rogue").input(file, "in"));
  const { workerName } = await rogue.next("setup");
  const { source } = await rogue.next("fetch");
  if (source.type !== "peer") throw new Error(`a ${source.type} instead of a peer`);
  return { ...source, receiver: workerName };
}

/** A thief has a genuine way to one file, and tries everything else. */
async function expectOnlyOneFileOnce(way: DataSource & { readonly receiver: string }): Promise<void> {
  const { url, ticket, receiver } = way;
  const bent = (at: number): Uint8Array => ticket.map((byte, index) => (index === at ? byte ^ 1 : byte));
  const other = url.replace(/[^/]+$/, "another-file");
  const thefts: Readonly<Record<string, Asking>> = {
    "no ticket": { url, receiver },
    "an empty ticket": { url, ticket: "", receiver },
    "no base64": { url, ticket: "%%%", receiver },
    "a ticket of zeros": { url, ticket: new Uint8Array(56), receiver },
    "a longer life": { url, ticket: bent(0), receiver },
    "another number": { url, ticket: bent(20), receiver },
    "another signature": { url, ticket: bent(55), receiver },
    "a shorter ticket": { url, ticket: ticket.subarray(0, 40), receiver },
    "another file": { url: other, ticket, receiver },
    "another receiver": { url, ticket, receiver: "worker-77" },
    "no receiver": { url, ticket },
    "the lifeline": { url: url.replace(/[^/]+$/, "lifeline"), ticket, receiver },
    "a way out": { url: url.replace(/[^/]+$/, "..%2f..%2fetc%2fpasswd"), ticket, receiver },
    "another method": { url, ticket, receiver, method: "DELETE" },
  };
  for (const [what, theft] of Object.entries(thefts))
    expect(await ask(theft), what).to.deep.equal({ status: 403, bytes: 0 });
  expect(await ask({ url, ticket, receiver })).to.deep.equal({ status: 200, bytes: LARGE.length });
  await eventually(
    "it is spent",
    async () => (await ask({ url, ticket, receiver })).status === 403,
    PATIENCE_MS,
  );
}

describe("a stranger at a data port", function () {
  this.timeout(90_000);

  it("of the manager gets one file once for a genuine ticket, and nothing for anything else", async () => {
    await using c = await cluster();
    await using rogue = await RogueWorker.join(c.manager.connectionFile);
    const file = c.manager.declareBuffer(LARGE);
    await expectOnlyOneFileOnce(await wayTo(c, rogue, file));
    const honest = await c.manager.submit(new Task("wc -c < in").input(file, "in")).done;
    expect(honest.check().output.trim()).to.equal(String(LARGE.length));
    c.manager.cancel("all");
  });

  it("of a worker likewise", async () => {
    await using c = await cluster();
    const temp = c.manager.declareTemp();
    const made = new Task(`i=0; while [ $i -lt 40000 ]; do echo large; i=$((i+1)); done > out`).output(
      temp,
      "out",
    );
    (await c.manager.submit(made).done).check();
    await using rogue = await RogueWorker.join(c.manager.connectionFile);
    await expectOnlyOneFileOnce(await wayTo(c, rogue, temp));
    expect((await temp.contents()).length).to.equal(LARGE.length);
    c.manager.cancel("all");
  });
});

/** Connections that are held open with as little as possible. */
class SlowLoris implements Disposable {
  readonly #sockets = new Set<Socket>();
  #stopped = false;
  closed = 0;

  /** One that says nothing, one that begins a handshake, one that begins a request, by turns. */
  async open(port: number, count: number): Promise<void> {
    const begun = Array.from({ length: count }, (_, at) => this.#openOne(port, at % 3));
    await Promise.all(begun);
  }

  /** Opens more silent ones than any data server takes, and each again as soon as it is closed. */
  async fill(port: number): Promise<void> {
    const begun = Array.from({ length: LIMITS.dataConnections + 76 }, () => this.#hold(port));
    await Promise.all(begun);
  }

  stop(): void {
    this.#stopped = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  [Symbol.dispose](): void {
    this.stop();
  }

  async #hold(port: number): Promise<void> {
    const socket = connect({ port, host: "127.0.0.1" });
    this.#sockets.add(socket);
    socket.on("error", () => undefined);
    socket.once("close", () => {
      this.#sockets.delete(socket);
      this.closed += 1;
      if (!this.#stopped) setTimeout(() => void this.#hold(port), AGAIN_MS);
    });
    await once(socket, "connect").catch(() => undefined);
  }

  async #openOne(port: number, way: number): Promise<void> {
    const place = { port, host: "127.0.0.1" };
    const socket = way === 2 ? connectTls({ ...place, rejectUnauthorized: false }) : connect(place);
    this.#sockets.add(socket);
    socket.on("error", () => undefined);
    const gone = new Promise<void>((resolve) => socket.once("close", resolve)).then(() => {
      this.closed += 1;
    });
    await Promise.race([gone, once(socket, way === 2 ? "secureConnect" : "connect").catch(() => undefined)]);
    if (way === 1) socket.write(Uint8Array.from([22, 3, 1]));
    if (way === 2) socket.write("GET /x HTTP/1.1\r\nHost: x\r\nX-Slow: ");
  }
}

/** Port of the manager's data server. */
async function dataPort(c: Cluster): Promise<number> {
  await using rogue = await RogueWorker.join(c.manager.connectionFile, { name: "asks" });
  const { lifeline } = await rogue.next("setup");
  return Number(new URL(lifeline?.url ?? "").port);
}

describe("hundreds of connections that are held open at the manager's data server", function () {
  this.timeout(120_000);

  it("do not hold up a workflow, and are closed after a while", async () => {
    await using c = await cluster({ workers: 2 });
    using loris = new SlowLoris();
    const count = 300;
    await loris.open(await dataPort(c), count);
    const files = [1, 2, 3, 4].map((number) => c.manager.declareBuffer(`${number}${LARGE}`));
    const handles = files.map((file) => c.manager.submit(new Task("wc -c < in").input(file, "in")));
    for (const { done } of handles) {
      expect((await done).check().output.trim()).to.equal(String(LARGE.length + 1));
    }
    await eventually("all are closed", () => loris.closed === count, PATIENCE_MS);
    expect(c.manager.workers().length).to.equal(2);
  });

  it("and are more than it takes delay those who come, but nobody is lost", async () => {
    await using c = await cluster();
    const file = c.manager.declareBuffer(LARGE);
    using loris = new SlowLoris();
    await loris.fill(await dataPort(c));
    await eventually("connections are refused", () => loris.closed > 200, PATIENCE_MS);
    const late = await c.addWorker();
    const handles = [1, 2].map(() => c.manager.submit(new Task("wc -c < in").input(file, "in")));
    const refusals = loris.closed;
    await eventually("many more are", () => loris.closed > refusals + 2_000, PATIENCE_MS);
    expect(late.lines.map(({ type }) => type)).not.to.include("manager-lost");
    loris.stop();
    for (const { done } of handles) expect((await done).check().output.trim()).to.equal(String(LARGE.length));
    expect(c.manager.workers().length).to.equal(2);
  });
});
