import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { Task, VineError } from "@taskvine/core";
import { encodeFrame, type Frame, handshakeFrame } from "@taskvine/core/protocol";
import { type DialOptions, dial, readConnectionFile } from "@taskvine/core/transport";
import { expect } from "chai";
import { curveKeyPair } from "zeromq";
import { type Cluster, cluster } from "../support/cluster.js";
import { eventually } from "../support/eventually.js";
import { RawDealer } from "../support/raw-dealer.js";
import { RogueWorker } from "../support/rogue-worker.js";

const MB = 1_000_000;
const PATIENCE_MS = 30_000;

/** A chain of tasks through temps that goes on while `during` does what it does; its result is what it always is. */
async function workflowDuring(c: Cluster, during: () => Promise<void>): Promise<void> {
  const go = c.path("go");
  const [first, last] = [c.manager.declareTemp(), c.manager.declareTemp()];
  const handles = c.manager.submitAll([
    new Task(`while ! [ -e ${go} ]; do sleep 0.05; done; seq 1 1000 > out`).output(first, "out"),
    new Task("wc -l < in > out").input(first, "in").output(last, "out"),
  ]);
  await eventually("it runs", () => handles[0]?.state === "running", PATIENCE_MS);
  await during();
  await writeFile(go, "");
  expect((await last.text()).trim()).to.equal("1000");
  for (const { done } of handles) expect((await done).check().attempts.length).to.equal(1);
  expect(c.manager.workers().map(({ name }) => name)).to.deep.equal(["worker-0"]);
}

async function dialOptions(
  c: Cluster,
): Promise<DialOptions & { readonly keys: NonNullable<DialOptions["keys"]> }> {
  const { addresses, serverKey, worker } = await readConnectionFile(c.manager.connectionFile);
  return {
    address: addresses[0] ?? "",
    role: "worker",
    software: "test",
    keys: { serverKey, ...worker },
    connectTimeoutMs: 20_000,
    handlers: { onBatch: () => undefined, onEnd: () => undefined },
  };
}

async function refusalOf(options: DialOptions): Promise<string> {
  return dial(options).then(
    () => "let in",
    (error: unknown) => VineError.from(error).code,
  );
}

/** A connection that speaks no protocol of ours. */
async function plainSocket(port: number, words: Uint8Array | string): Promise<Socket> {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => undefined);
  await once(socket, "connect");
  socket.write(words);
  return socket;
}

describe("a stranger at the control port", function () {
  this.timeout(90_000);

  it("without a key, with a wrong key, or with another role's key is not let in, and the workflow goes on", async () => {
    await using c = await cluster();
    const options = await dialOptions(c);
    const { client } = await readConnectionFile(c.manager.connectionFile);
    const { address, role, software, connectTimeoutMs, handlers } = options;
    await workflowDuring(c, async () => {
      const refusals = await Promise.all([
        refusalOf({ address, role, software, connectTimeoutMs, handlers }),
        refusalOf({ ...options, keys: { ...options.keys, ...curveKeyPair() } }),
        refusalOf({ ...options, keys: { ...options.keys, serverKey: curveKeyPair().publicKey } }),
        refusalOf({ ...options, keys: { ...options.keys, secret: "00".repeat(32) } }),
        refusalOf({ ...options, keys: { serverKey: options.keys.serverKey, ...client } }),
        refusalOf({ ...options, role: "client" }),
      ]);
      expect(refusals).to.deep.equal(refusals.map(() => "NOT_AUTHORISED"));
    });
    await c.manager.close();
    const log = await readFile(`${c.manager.runDirectory}/log.jsonl`, "utf8");
    expect(log).to.contain("peer-refused").and.not.to.contain(options.keys.secret);
  });

  it("that talks nonsense, or says nothing at all on hundreds of connections, holds nobody up", async () => {
    await using c = await cluster();
    const { port } = c.manager;
    const sockets: Socket[] = [];
    await workflowDuring(c, async () => {
      const words = ["GET / HTTP/1.1\r\n\r\n", randomBytes(100_000), "\xff\0\0\0\0\0\0\0\x01\x7f", ""];
      for (let at = 0; at < 200; at++) sockets.push(await plainSocket(port, words[at % 4] ?? ""));
      await using late = await RogueWorker.join(c.manager.connectionFile, { features: [] });
      await late.next("setup");
    });
    for (const socket of sockets) socket.destroy();
  });
});

describe("frames that break the rules, from inside", function () {
  this.timeout(120_000);

  const GARBAGE: Readonly<Record<string, Uint8Array>> = {
    "random bytes": randomBytes(1_000),
    "a message that ends after its frame": Uint8Array.from([10, 255, 255, 255, 255, 15, 1]),
    "more messages than allowed": new Uint8Array(400_000).map((_, at) => (at % 2 === 0 ? 10 : 0)),
    "nesting without end": new Uint8Array(2 * MB).fill(11),
  };

  it("malformed ones end their own session with BAD_FRAME, before and after an introduction", async () => {
    await using c = await cluster();
    await workflowDuring(c, async () => {
      for (const [what, bytes] of Object.entries(GARBAGE)) {
        for (const claims of ["says nothing", {}] as const) {
          await using rogue = await RogueWorker.join(c.manager.connectionFile, claims);
          if (claims !== "says nothing") await rogue.next("setup");
          rogue.sayBytes(bytes);
          expect((await rogue.refusal()).code, what).to.equal("BAD_FRAME");
        }
      }
      await eventually("they are gone", () => c.manager.workers().length === 1);
    });
  });

  it("replayed, out of order, of another session or oversized ones end their own session only", async () => {
    await using c = await cluster();
    const { keys, address } = await dialOptions(c);
    const hello = RawDealer.hello(keys.secret);
    const beat = (session: Uint8Array, sequence: number): Frame => ({
      session,
      sequence,
      body: { type: "heartbeat" },
    });
    await workflowDuring(c, async () => {
      using first = new RawDealer(address, keys);
      const { session } = await first.greet(encodeFrame(handshakeFrame(hello)));
      await first.send(encodeFrame(beat(session, 1)));
      await first.send(encodeFrame(beat(session, 1)));
      expect(await first.farewell(), "sent twice").to.equal("BAD_FRAME");
      using second = new RawDealer(address, keys);
      await second.send(encodeFrame(handshakeFrame(hello)));
      expect(await second.farewell(), "a greeting that was used before").to.equal("NOT_AUTHORISED");
      const attacks: Readonly<Record<string, (session: Uint8Array) => readonly Buffer[]>> = {
        "one left out": (own) => [encodeFrame(beat(own, 2))],
        "of another session": () => [encodeFrame(beat(session, 1))],
        "a second greeting": () => [encodeFrame(handshakeFrame(RawDealer.hello(keys.secret)))],
        garbage: () => [randomBytes(500)],
      };
      for (const [what, attack] of Object.entries(attacks)) {
        using peer = new RawDealer(address, keys);
        const welcome = await peer.greet(encodeFrame(handshakeFrame(RawDealer.hello(keys.secret))));
        for (const frame of attack(welcome.session)) await peer.send(frame);
        expect(await peer.farewell(), what).to.equal("BAD_FRAME");
      }
      using large = new RawDealer(address, keys);
      await large.greet(encodeFrame(handshakeFrame(RawDealer.hello(keys.secret))));
      await large.send(Buffer.alloc(70 * MB));
    });
  });
});
