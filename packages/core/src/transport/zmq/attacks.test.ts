import { Buffer } from "node:buffer";
import { once } from "node:events";
import { connect as connectSocket } from "node:net";
import { expect } from "chai";
import { LIMITS } from "../../model/index.js";
import { encodeFrame, type Frame } from "../../protocol/index.js";
import { Random } from "../../testing/random.js";
import { dial, listen } from "../index.js";
import type { DialOptions, LinkServer, LinkServerOptions } from "../link.js";
import { BYE, Lobby, Recorder, rejection } from "../recorder.test.js";
import { RawPeer } from "./raw-peer.test.js";

describe("a port that is attacked", () => {
  let lobby: Lobby;
  let server: LinkServer;
  let raws: RawPeer[];

  async function open(more: Partial<LinkServerOptions> = {}): Promise<void> {
    lobby = new Lobby();
    server = await listen(lobby.options(more));
  }

  function raw(options: ConstructorParameters<typeof RawPeer>[1] = {}): RawPeer {
    const peer = new RawPeer(server, options);
    raws.push(peer);
    return peer;
  }

  function dialOptions(more: Partial<DialOptions> = {}): DialOptions {
    const { keys } = server;
    return {
      address: `tcp://127.0.0.1:${server.port}`,
      role: "worker",
      software: "0.9",
      connectTimeoutMs: 30_000,
      handlers: new Recorder(),
      ...(keys.insecure ? {} : { keys: { serverKey: keys.serverKey, ...keys.worker } }),
      ...more,
    };
  }

  /** An honest worker is served as ever. */
  async function expectService(): Promise<void> {
    const { link } = await dial(dialOptions());
    let met = await lobby.next();
    while (met.link.id !== link.id) met = await lobby.next();
    link.send(Buffer.from("honest"));
    expect((await met.recorder.received(1)).map(String)).to.deep.equal(["honest"]);
    await link.close(BYE);
  }

  async function expectSilence(peer: RawPeer): Promise<void> {
    let frame: Frame | undefined;
    try {
      frame = await peer.next(150);
    } catch (thrown) {
      expect(thrown).to.have.property("code", "EAGAIN");
    }
    expect(frame).to.equal(undefined);
  }

  const batch = (session: Uint8Array, sequence: number, text: string): Frame => ({
    session,
    sequence,
    body: { type: "batches", batches: [Buffer.from(text)] },
  });

  beforeEach(() => {
    raws = [];
  });

  afterEach(async () => {
    for (const peer of raws) peer.close();
    await server.close(BYE);
  });

  describe("by those who may not come in", () => {
    beforeEach(() => open());

    it("a stranger's key gets no byte of protocol, and is logged", async () => {
      const stranger = raw({ curve: RawPeer.strangersKeys() });
      await stranger.send(stranger.hello());
      await lobby.until(() => lobby.refused.length > 0);
      await expectSilence(stranger);
      expect(lobby.refused.map(({ code }) => code)).to.include("NOT_AUTHORISED");
      expect(lobby.met).to.deep.equal([]);
    });

    it("a stranger that dials properly is told NOT_AUTHORISED at once", async () => {
      const { keys } = dialOptions();
      const error = await rejection(dial(dialOptions({ keys: { ...keys!, ...RawPeer.strangersKeys() } })));
      expect(error.code).to.equal("NOT_AUTHORISED");
    });

    it("a dialer with another manager's key is told NOT_AUTHORISED", async () => {
      const { keys } = dialOptions();
      const wrong = { ...keys!, serverKey: RawPeer.strangersKeys().publicKey };
      expect((await rejection(dial(dialOptions({ keys: wrong })))).code).to.equal("NOT_AUTHORISED");
    });

    it("a dialer without encryption is told NOT_AUTHORISED", async () => {
      const { address, role, software, connectTimeoutMs, handlers } = dialOptions();
      const error = await rejection(dial({ address, role, software, connectTimeoutMs, handlers }));
      expect(error.code).to.equal("NOT_AUTHORISED");
      expect(error.message).to.match(/without encryption|wants a key/);
    });

    it("plain text on the encrypted port gets no byte of protocol", async () => {
      const plain = raw({ plain: true });
      await plain.send(plain.hello());
      await expectSilence(plain);
      expect(lobby.met).to.deep.equal([]);
    });

    it("a browser gets nothing of ours, and everybody else is served meanwhile", async () => {
      const socket = connectSocket(server.port, "127.0.0.1");
      await once(socket, "connect");
      let heard = "";
      socket.on("data", (data) => (heard += data.toString("latin1")));
      socket.on("error", () => undefined);
      socket.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
      await expectService();
      socket.destroy();
      expect(heard).not.to.match(/taskvine|HTTP|test/i);
    });

    it("the right key with a wrong secret is refused, and so is another role's secret", async () => {
      const { keys } = dialOptions();
      const forged = dial(dialOptions({ keys: { ...keys!, secret: "00".repeat(32) } }));
      expect((await rejection(forged)).code).to.equal("NOT_AUTHORISED");
      const climbing = dial(dialOptions({ role: "client" }));
      expect((await rejection(climbing)).code).to.equal("NOT_AUTHORISED");
      expect(lobby.met).to.deep.equal([]);
      expect(lobby.refused.map(({ message }) => message).join()).not.to.contain(server.keys.worker.secret);
    });

    it("a proof of another length or for another nonce is refused", async () => {
      for (const changes of [
        { proof: new Uint8Array(0) },
        { proof: new Uint8Array(33) },
        { nonce: new Uint8Array(16) },
      ]) {
        const peer = raw();
        await peer.send(peer.hello(changes));
        expect((await peer.next()).body).to.have.nested.property("error.code", "NOT_AUTHORISED");
      }
    });

    it("a recorded greeting opens no second session", async () => {
      const first = raw();
      const greeting = first.hello();
      await first.send(greeting);
      expect((await first.next()).body.type).to.equal("welcome");
      const second = raw();
      await second.send(greeting);
      expect((await second.next()).body).to.have.nested.property("error.code", "NOT_AUTHORISED");
    });

    it("a peer of another version gets a sentence", async () => {
      const peer = raw();
      await peer.send(peer.hello({ versions: { min: 7, max: 9 } }));
      const { body } = await peer.next();
      expect(body).to.have.nested.property("error.code", "VERSION_MISMATCH");
      expect(body).to.have.nested.property("error.message", "we speak protocol 1, the peer 7–9");
    });
  });

  for (const insecure of [false, true]) {
    describe(`from inside, ${insecure ? "insecure" : "with CURVE"}`, () => {
      beforeEach(() => open({ insecure }));

      it("a frame sent twice is processed once, and ends the session", async () => {
        const peer = raw();
        const { session } = await peer.greet();
        const { recorder } = await lobby.next();
        const frame = encodeFrame(batch(session, 1, "once"));
        await peer.send(frame);
        await peer.send(frame);
        const end = await recorder.ended;
        expect(recorder.batches.map(String)).to.deep.equal(["once"]);
        expect(end.error.code).to.equal("BAD_FRAME");
        expect((await peer.next()).body).to.have.nested.property("error.code", "BAD_FRAME");
      });

      it("frames out of order, or with one left out, are not processed", async () => {
        const peer = raw();
        const { session } = await peer.greet();
        const { recorder } = await lobby.next();
        await peer.send(batch(session, 2, "second"));
        await peer.send(batch(session, 1, "first"));
        expect((await recorder.ended).error.code).to.equal("BAD_FRAME");
        expect(recorder.batches).to.deep.equal([]);
      });

      it("a frame of one session in another is not processed, and harms only where it came in", async () => {
        const [victim, attacker] = [raw(), raw()];
        const { session } = await victim.greet();
        const victims = (await lobby.next()).recorder;
        await attacker.greet();
        const attackers = (await lobby.next()).recorder;
        await attacker.send(batch(session, 1, "forged"));
        expect((await attackers.ended).error.code).to.equal("BAD_FRAME");
        await victim.send(batch(session, 1, "genuine"));
        expect((await victims.received(1)).map(String)).to.deep.equal(["genuine"]);
      });

      it("a second greeting on the same connection ends the session", async () => {
        const peer = raw();
        await peer.greet();
        const { recorder } = await lobby.next();
        await peer.send(peer.hello());
        expect((await recorder.ended).error.code).to.equal("BAD_FRAME");
      });

      it("what follows on a connection whose session has ended is ignored", async () => {
        const peer = raw();
        const { session } = await peer.greet();
        const { recorder } = await lobby.next();
        await peer.send(batch(session, 9, "wrong"));
        await recorder.ended;
        expect((await peer.next()).body.type).to.equal("goodbye");
        await peer.send(peer.hello());
        await peer.send(batch(session, 1, "again"));
        await expectService();
        await expectSilence(peer);
        expect(recorder.batches).to.deep.equal([]);
      });

      it("a reflected frame is not processed", async () => {
        const peer = raw();
        await peer.send(peer.hello());
        const [welcome] = await peer.dealer.receive();
        const { recorder } = await lobby.next();
        await peer.send(welcome as Buffer);
        expect((await recorder.ended).error.code).to.equal("BAD_FRAME");
      });

      it("nobody takes over a session by taking its routing id", async () => {
        const first = raw({ routingId: "me" });
        const { session } = await first.greet();
        const { recorder } = await lobby.next();
        const second = raw({ routingId: "me" });
        await second.send(second.hello());
        await second.send(batch(session, 1, "forged"));
        await expectSilence(second);
        await first.send(batch(session, 1, "genuine"));
        expect((await recorder.received(1)).map(String)).to.deep.equal(["genuine"]);
        expect(recorder.end).to.equal(undefined);
      });

      it("garbage is answered once, and everybody else is served meanwhile", async () => {
        const peer = raw();
        const random = new Random(1);
        for (let i = 0; i < 200; i++) {
          const garbage = Buffer.from(Array.from({ length: random.int(300) }, () => random.int(256)));
          await peer.dealer.send(i % 3 === 0 ? [garbage, garbage, garbage] : garbage);
        }
        expect((await peer.next()).body).to.have.nested.property("error.code", "BAD_FRAME");
        await expectService();
        await expectSilence(peer);
        expect(lobby.refused.map(({ code }) => code)).to.deep.equal(["BAD_FRAME"]);
      });

      it("a message over the limit closes the connection that it comes by, and only that", async () => {
        const peer = raw();
        await peer.greet();
        const { recorder } = await lobby.next();
        await peer.send(Buffer.alloc(LIMITS.frameBytes + 1_000_000));
        expect((await recorder.ended).type).to.equal("lost");
        await expectService();
      });

      it("the largest batch that is allowed passes", async () => {
        const { link } = await dial(dialOptions());
        const { recorder } = await lobby.next();
        link.send(Buffer.alloc(LIMITS.frameBytes, 1));
        const [received] = await recorder.received(1);
        expect(received?.length).to.equal(LIMITS.frameBytes);
      });
    });
  }
});
