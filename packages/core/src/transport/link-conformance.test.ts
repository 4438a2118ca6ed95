import { Buffer } from "node:buffer";
import { expect } from "chai";
import { LIMITS, VineError } from "../model/index.js";
import { dial, listen, memoryLinks } from "./index.js";
import type { Dial, DialOptions, Link, LinkServer, LinkServerOptions } from "./link.js";
import { BYE, Lobby, Recorder, rejection } from "./recorder.test.js";

interface Network {
  readonly listen: (options: LinkServerOptions) => Promise<LinkServer>;
  readonly dial: Dial;
}

const NETWORKS: Record<string, () => Network> = {
  "ZeroMQ with CURVE": () => ({ listen, dial }),
  "ZeroMQ, insecure": () => ({ listen: (options) => listen({ ...options, insecure: true }), dial }),
  "one process": memoryLinks,
};

/** What any kind of link must do. */
for (const [name, makeNetwork] of Object.entries(NETWORKS)) {
  describe(`links over ${name}`, () => {
    const network = makeNetwork();
    let lobby: Lobby;
    let server: LinkServer;

    async function open(more: Partial<LinkServerOptions> = {}): Promise<void> {
      await server.close(BYE);
      server = await network.listen(lobby.options(more));
    }

    function dialOptions(more: Partial<DialOptions> = {}): DialOptions {
      const { keys } = server;
      return {
        address: `tcp://127.0.0.1:${server.port}`,
        role: "worker",
        software: "0.9",
        connectTimeoutMs: 30_000,
        handlers: new Recorder(),
        ...(keys.insecure ? {} : { keys: { serverKey: keys.serverKey, ...keys[more.role ?? "worker"] } }),
        ...more,
      };
    }

    async function connect(): Promise<{ link: Link; near: Recorder; far: Link; there: Recorder }> {
      const near = new Recorder();
      const { link } = await network.dial(dialOptions({ handlers: near }));
      const met = await lobby.next();
      return { link, near, far: met.link, there: met.recorder };
    }

    beforeEach(async () => {
      lobby = new Lobby();
      server = await network.listen(lobby.options());
    });

    afterEach(() => server.close(BYE));

    it("the handshake tells each end who the other is", async () => {
      const { link, welcome } = await network.dial(dialOptions({ role: "client" }));
      const met = await lobby.next();
      expect(welcome).to.deep.equal({ managerName: "test", managerInstance: "instance", software: "1.0" });
      expect(met.role).to.equal("client");
      expect(link.version).to.equal(1);
      expect(link.id)
        .to.equal(met.link.id)
        .and.to.match(/^[0-9a-f]{32}$/);
    });

    it("batches arrive in both directions, each once, in order, with their own ends", async () => {
      const { link, near, far, there } = await connect();
      const batches = Array.from({ length: 1_000 }, (_, i) =>
        Buffer.alloc(i % 7 === 0 ? 0 : (i * 37) % 5_000, i),
      );
      for (const batch of batches) {
        link.send(batch);
        far.send(batch);
      }
      expect(Buffer.concat(await there.received(1_000)).equals(Buffer.concat(batches))).to.equal(true);
      await near.received(1_000);
      expect(near.batches.map((batch) => batch.length)).to.deep.equal(batches.map((batch) => batch.length));
    });

    it("what is sent from inside onLink arrives after the dial has resolved", async () => {
      let resolved = false;
      await open({
        onLink: (link) => {
          link.send(Buffer.from("first"));
          return new Recorder();
        },
      });
      const early: boolean[] = [];
      const near = new Recorder();
      const handlers = {
        onBatch: (batch: Uint8Array) => {
          early.push(!resolved);
          near.onBatch(batch);
        },
        onEnd: () => undefined,
      };
      await network.dial(dialOptions({ handlers }));
      resolved = true;
      await near.received(1);
      expect(early).to.deep.equal([false]);
    });

    it("queued bytes are seen, and are gone once they have left", async () => {
      const { link, there } = await connect();
      link.send(Buffer.alloc(1_000));
      link.send(Buffer.alloc(500));
      expect(link.queuedBytes).to.equal(1_500);
      await there.received(2);
      expect(link.queuedBytes).to.equal(0);
    });

    it("a batch over the limit is refused where it is sent, and the link goes on", async () => {
      const { link, there } = await connect();
      const send = (): void => link.send(new Uint8Array(LIMITS.frameBytes + 1));
      expect(send).to.throw(VineError).with.property("code", "TOO_LARGE");
      link.send(Buffer.from("small"));
      expect((await there.received(1)).map(String)).to.deep.equal(["small"]);
    });

    it("a dialer that closes says goodbye after all that it had to say", async () => {
      const { link, near, there } = await connect();
      link.send(Buffer.from("last words"));
      await link.close(new VineError("CANCELLED", "enough for today"));
      const end = await there.ended;
      expect(there.batches.map(String)).to.deep.equal(["last words"]);
      expect(end.type).to.equal("goodbye");
      expect(end.error).to.include({ code: "CANCELLED", message: "enough for today" });
      expect(near.end?.type).to.equal("local");
    });

    it("a server that closes says goodbye to all", async () => {
      const peers = [await connect(), await connect(), await connect()];
      await server.close(new VineError("MANAGER_CLOSED", "good night"));
      for (const { near, there } of peers) {
        const end = await near.ended;
        expect(end.type).to.equal("goodbye");
        expect(end.error).to.include({ code: "MANAGER_CLOSED", message: "good night" });
        expect(there.end?.type).to.equal("local");
      }
    });

    it("after its end a link sends nothing and says nothing", async () => {
      const { link, near } = await connect();
      await server.close(BYE);
      await near.ended;
      link.send(Buffer.from("too late"));
      await link.close(BYE);
      expect(link.queuedBytes).to.equal(0);
    });

    it("a handler that throws ends its link, and the other end learns why", async () => {
      await open({
        onLink: () => ({
          onBatch: () => {
            throw new VineError("BAD_FRAME", "what is that?");
          },
          onEnd: () => undefined,
        }),
      });
      const near = new Recorder();
      const { link } = await network.dial(dialOptions({ handlers: near }));
      link.send(Buffer.from("?"));
      expect((await near.ended).error).to.include({ code: "BAD_FRAME", message: "what is that?" });
    });

    it("whoever is turned away by onLink gets its error", async () => {
      await open({
        onLink: () => {
          throw new VineError("MANAGER_CLOSED", "we are full");
        },
      });
      const error = await rejection(network.dial(dialOptions()));
      expect(error).to.include({ code: "MANAGER_CLOSED", message: "we are full" });
      expect(lobby.refused.map(({ message }) => message)).to.deep.equal(["we are full"]);
    });

    it("a dial that is aborted rejects, before or after it began", async () => {
      const reason = new VineError("CANCELLED", "never mind");
      const before = network.dial(dialOptions({ signal: AbortSignal.abort(reason) }));
      expect(await rejection(before)).to.equal(reason);
      const abort = new AbortController();
      const after = network.dial(dialOptions({ address: "tcp://127.0.0.1:65535", signal: abort.signal }));
      abort.abort(reason);
      expect(await rejection(after)).to.equal(reason);
    });

    it("where nobody listens, the dial ends with NO_MANAGER in its time", async () => {
      const startMs = performance.now();
      const error = await rejection(
        network.dial(dialOptions({ address: "tcp://127.0.0.1:65535", connectTimeoutMs: 150 })),
      );
      expect(error.code).to.equal("NO_MANAGER");
      expect(performance.now() - startMs).to.be.within(140, 2_000);
    });
  });
}
