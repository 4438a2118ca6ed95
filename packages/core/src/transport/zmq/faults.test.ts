import { Buffer } from "node:buffer";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setImmediate as nextTurn } from "node:timers/promises";
import { expect } from "chai";
import { Router } from "zeromq";
import { LIMITS } from "../../model/index.js";
import { dial, listen } from "../index.js";
import type { DialOptions, LinkServer, LinkServerOptions } from "../link.js";
import { BYE, Lobby, Recorder, rejection } from "../recorder.test.js";
import { RawPeer } from "./raw-peer.test.js";

/** A process that holds the other end. Prints "up" once the link stands; as a server, the port and its keys. */
const TRANSPORT = new URL("../index.js", import.meta.url).href;
const DIALER = `
  import { dial } from ${JSON.stringify(TRANSPORT)};
  const handlers = { onBatch() {}, onEnd(end) { console.log(end.type, end.error.code); process.exit(0); } };
  await dial({ ...JSON.parse(process.argv[1]), handlers });
  console.log("up");
`;
const SERVER = `
  import { listen } from ${JSON.stringify(TRANSPORT)};
  const welcome = { managerName: "child", managerInstance: "i", software: "1" };
  const onLink = () => ({ onBatch() {}, onEnd() {} });
  const { port, keys } = await listen({ ...JSON.parse(process.argv[1]), welcome, onLink });
  console.log(JSON.stringify({ port, keys }));
`;
/** Opens and closes, with peers that leave at the same moment. Nothing is left then that keeps the process. */
const COMINGS_AND_GOINGS = `
  import { dial, listen } from ${JSON.stringify(TRANSPORT)};
  const handlers = { onBatch() {}, onEnd() {} };
  const welcome = { managerName: "child", managerInstance: "i", software: "1" };
  const bye = Object.assign(new Error("bye"), { code: "MANAGER_CLOSED", hint: "" });
  for (let round = 0; round < 15; round++) {
    const { port, keys, close } = await open();
    const options = { address: "tcp://127.0.0.1:" + port, role: "worker", software: "1", connectTimeoutMs: 30000 };
    const dialling = Array.from({ length: 10 }, () => dial({ ...options, keys, handlers }));
    const links = await Promise.all(dialling);
    await Promise.all([close(), ...links.filter((_, i) => i % 2).map(({ link }) => link.close(bye))]);
  }
  async function open() {
    const server = await listen({ welcome, onLink: () => handlers });
    const keys = { serverKey: server.keys.serverKey, ...server.keys.worker };
    return { port: server.port, keys, close: () => server.close(bye) };
  }
  console.log("all closed");
`;
const FAST = { heartbeatMs: 50, silenceMs: 300 };

describe("links when something fails", () => {
  let lobby: Lobby;
  let server: LinkServer;
  let children: ChildProcess[];
  let raws: RawPeer[];

  async function open(more: Partial<LinkServerOptions> = {}): Promise<void> {
    lobby = new Lobby();
    server = await listen(lobby.options(more));
  }

  function dialOptions(port = server.port, keys = server.keys): Omit<DialOptions, "handlers"> {
    return {
      address: `tcp://127.0.0.1:${port}`,
      role: "worker",
      software: "0.9",
      connectTimeoutMs: 30_000,
      keys: { serverKey: keys.serverKey, ...keys.worker },
    };
  }

  async function child(source: string, options: object): Promise<{ process: ChildProcess; line: string }> {
    const started = spawn(
      process.execPath,
      ["--input-type=module", "-e", source, "--", JSON.stringify(options)],
      {
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    children.push(started);
    const [line] = (await once(started.stdout, "data")) as [Buffer];
    return { process: started, line: line.toString("utf8").trim() };
  }

  beforeEach(() => {
    children = [];
    raws = [];
  });

  afterEach(async () => {
    for (const raw of raws) raw.close();
    for (const started of children) {
      if (started.exitCode !== null || started.signalCode !== null) continue;
      started.kill("SIGKILL");
      await once(started, "exit");
    }
    await server.close(BYE);
  });

  it("a worker that is killed is noticed by its closed connection, long before the silence would tell", async () => {
    await open();
    const { process: worker } = await child(DIALER, dialOptions());
    const { recorder } = await lobby.next();
    const startMs = performance.now();
    worker.kill("SIGKILL");
    const end = await recorder.ended;
    expect(end.type).to.equal("lost");
    expect(end.error.code).to.equal("WORKER_LOST");
    expect(performance.now() - startMs).to.be.lessThan(2_000);
  });

  it("a worker that stands still is lost after the silence; woken up, it learns so", async () => {
    await open(FAST);
    const { process: worker } = await child(DIALER, dialOptions());
    const { recorder } = await lobby.next();
    const said = once(worker.stdout!, "data") as Promise<[Buffer]>;
    worker.kill("SIGSTOP");
    const end = await recorder.ended;
    expect(end.error.code).to.equal("WORKER_LOST");
    expect(end.error.message).to.match(/silent|went away/);
    worker.kill("SIGCONT");
    expect(String((await said)[0])).to.match(/^(goodbye WORKER_LOST|lost MANAGER_LOST)/);
  });

  it("a manager that is killed is noticed at once, one that stands still after the silence", async () => {
    await open();
    for (const signal of ["SIGKILL", "SIGSTOP"] as const) {
      const { process: manager, line } = await child(SERVER, FAST);
      const { port, keys } = JSON.parse(line) as LinkServer;
      const recorder = new Recorder();
      await dial({ ...dialOptions(port, keys), handlers: recorder });
      manager.kill(signal);
      const end = await recorder.ended;
      expect(end.type, signal).to.equal("lost");
      expect(end.error.code, signal).to.equal("MANAGER_LOST");
    }
  });

  it("a peer that never speaks again is lost, while a quiet link that beats goes on", async () => {
    await open(FAST);
    const quiet = new Recorder();
    const { link } = await dial({ ...dialOptions(), handlers: quiet });
    const quietThere = await lobby.next();
    const dumb = new RawPeer(server);
    raws.push(dumb);
    await dumb.greet();
    const { recorder } = await lobby.next();
    const end = await recorder.ended;
    expect(end.error.message).to.match(/was silent for \d+ ms/);
    expect(quiet.end).to.equal(undefined);
    link.send(Buffer.from("still here"));
    expect((await quietThere.recorder.received(1)).map(String)).to.deep.equal(["still here"]);
  });

  it("a peer that does not read makes its own queue grow and nobody else's, up to the bound", async () => {
    await open();
    const slow = new RawPeer(server);
    raws.push(slow);
    slow.dealer.receiveHighWaterMark = 1;
    await slow.send(slow.hello());
    const stuck = await lobby.next();
    const { link } = await dial({ ...dialOptions(), handlers: new Recorder() });
    const lively = await lobby.next();
    const batch = Buffer.alloc(1024 * 1024);
    let seenWaiting = 0;
    while (stuck.recorder.end === undefined) {
      for (let i = 0; i < 8; i++) stuck.link.send(batch);
      seenWaiting = Math.max(seenWaiting, stuck.link.queuedBytes);
      link.send(Buffer.from("quick"));
      await nextTurn();
    }
    expect(seenWaiting).to.be.within(LIMITS.linkQueueBytes / 2, LIMITS.linkQueueBytes + 8 * batch.length);
    const end = await stuck.recorder.ended;
    expect(end.error.code).to.equal("TOO_LARGE");
    expect(end.error.message).to.contain("does not read");
    link.send(Buffer.from("last"));
    while (String(lively.recorder.batches.at(-1)) !== "last") await nextTurn();
    expect(lively.recorder.end).to.equal(undefined);
  });

  it("a manager that does not answer a greeting is NO_MANAGER", async () => {
    await open();
    const deaf = new Router({ linger: 0 });
    await deaf.bind("tcp://127.0.0.1:*");
    const { role, software } = dialOptions();
    const address = deaf.lastEndpoint ?? "";
    const error = await rejection(
      dial({ address, role, software, connectTimeoutMs: 200, handlers: new Recorder() }),
    );
    deaf.close();
    expect(error.message).to.contain("does not answer");
    expect(error.code).to.equal("NO_MANAGER");
  });

  it("a dialer that comes before the manager finds it when it opens", async () => {
    await open();
    const { port } = server;
    await server.close(BYE);
    // Insecure, since the keys of a server are known only once it is open.
    const { keys: _, ...plain } = dialOptions(port);
    const dialled = dial({ ...plain, handlers: new Recorder() });
    server = await listen(lobby.options({ port, insecure: true }));
    expect((await dialled).welcome.managerName).to.equal("test");
  });

  it("200 dialers at once are all served", async () => {
    await open();
    const recorders = Array.from({ length: 200 }, () => new Recorder());
    const links = await Promise.all(recorders.map((handlers) => dial({ ...dialOptions(), handlers })));
    await lobby.until(() => lobby.met.length === 200);
    for (const { link } of lobby.met) link.send(Buffer.from(link.id));
    await Promise.all(recorders.map((recorder) => recorder.received(1)));
    expect(recorders.map(({ batches }) => String(batches[0]))).to.deep.equal(
      links.map(({ link }) => link.id),
    );
    await server.close(BYE);
    const ends = await Promise.all(recorders.map(({ ended }) => ended));
    expect(new Set(ends.map(({ type }) => type))).to.deep.equal(new Set(["goodbye"]));
  });

  it("a process that has closed its servers and links ends by itself, and is not aborted", async () => {
    await open();
    const { process: busy, line } = await child(COMINGS_AND_GOINGS, {});
    expect(line).to.equal("all closed");
    const [code, signal] = (await once(busy, "exit")) as [number | null, string | null];
    expect([code, signal]).to.deep.equal([0, null]);
  });

  it("a port that is taken is said to be; the next of a range is taken instead", async () => {
    await open();
    const { port } = server;
    expect((await rejection(listen(lobby.options({ port })))).code).to.equal("ADDRESS_IN_USE");
    const next = await listen(lobby.options({ port: [port, port + 20] }));
    expect(next.port).to.be.within(port + 1, port + 20);
    await next.close(BYE);
  });

  it("a closed server gives its port free", async () => {
    await open();
    const { port } = server;
    await server.close(BYE);
    server = await listen(lobby.options({ port }));
    expect(server.port).to.equal(port);
  });
});
