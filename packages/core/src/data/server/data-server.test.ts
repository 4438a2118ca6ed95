import { Buffer } from "node:buffer";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { crc32 } from "node:zlib";
import { expect } from "chai";
import type { DataServer, DataServerOptions, Held } from "../contract.js";
import { openLifeline } from "../fetch/peer/open-lifeline.js";
import { makeTree } from "../testing/make-tree.js";
import { useTempDir } from "../testing/temp-dir.js";
import { thrown } from "../testing/thrown.js";
import { closeDataThreads } from "../threads/pool.js";
import { makeTicketIssuer } from "../tickets.js";
import { LIFELINE } from "../wire-headers.js";
import { startDataServer } from "./data-server.js";

const CONTENT = Buffer.from("0123456789");
const KEY = randomBytes(32);

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly trailers: NodeJS.Dict<string>;
  readonly body: Buffer;
}

describe("the data server", () => {
  const path = useTempDir();
  let server: DataServer;
  let held: Map<string, Held>;
  let nowMs: number;
  let holds: number;
  let refusals: Error[];
  let heard: string[];
  after(closeDataThreads);

  const start = async (options: Partial<DataServerOptions> = {}): Promise<void> => {
    server = await startDataServer({
      host: "127.0.0.1",
      port: 0,
      insecure: true,
      ticketKey: KEY,
      clockMs: () => nowMs,
      hold: (name) => {
        const found = held.get(name);
        if (found === undefined) return undefined;
        holds++;
        return { held: found, release: () => holds-- };
      },
      onLifeline: (receiver, state) => heard.push(`${receiver} ${state}`),
      onRefused: (error) => refusals.push(error),
      ...options,
    });
  };

  beforeEach(() => {
    nowMs = 0;
    holds = 0;
    refusals = [];
    heard = [];
    writeFileSync(path("file"), CONTENT);
    held = new Map<string, Held>([
      ["file", { type: "path", path: path("file"), kind: "file", size: 10 }],
      ["known", { type: "path", path: path("file"), kind: "file", size: 10, digest: "d".repeat(64) }],
      ["bytes", { type: "bytes", bytes: CONTENT }],
    ]);
  });
  afterEach(async () => {
    await server.close();
    expect(holds, "holds not released").to.equal(0);
  });

  const ticketFor = (name: string, receiver = "w1"): string =>
    Buffer.from(makeTicketIssuer(KEY, () => nowMs).issue(name, receiver)).toString("base64");

  const ask = async (name: string, headers: Record<string, string> = {}, method = "GET"): Promise<Answer> => {
    const all = { Authorization: `Vine ${ticketFor(name)}`, "X-Vine-Receiver": "w1", ...headers };
    const request = httpRequest({ port: server.port, path: `/${name}`, method, headers: all, agent: false });
    request.end();
    const [response] = (await once(request, "response")) as [IncomingMessage];
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk as Buffer);
    const { statusCode = 0, headers: answered, trailers } = response;
    return { status: statusCode, headers: answered, trailers, body: Buffer.concat(chunks) };
  };

  const rawConnection = async (): Promise<Socket> => {
    const socket = connect(server.port, "127.0.0.1");
    socket.on("error", () => undefined);
    await once(socket, "connect");
    return socket;
  };

  it("gives a file, its range, or only its head", async () => {
    await start();
    for (const name of ["known", "bytes"]) {
      const whole = await ask(name);
      expect([whole.status, whole.body.toString(), whole.headers["content-length"]]).to.deep.equal([
        200,
        "0123456789",
        "10",
      ]);
      const rest = await ask(name, { Range: "bytes=4-" });
      expect([rest.status, rest.body.toString(), rest.headers["content-range"]]).to.deep.equal([
        206,
        "456789",
        "bytes 4-9/10",
      ]);
      const head = await ask(name, {}, "HEAD");
      expect([head.status, head.body.length, head.headers["content-length"]]).to.deep.equal([200, 0, "10"]);
      expect((await ask(name, { Range: "bytes=11-" })).status).to.equal(416);
    }
    expect((await ask("known")).headers.etag).to.equal(`"${"d".repeat(64)}"`);
    while (server.stats.sending > 0) await new Promise((resolve) => setImmediate(resolve));
    expect(server.stats.bytesSent).to.equal(42);
  });

  it("sends a checksum after a file whose digest is not known, as plain text tells nothing else", async () => {
    await start();
    for (const [from, body] of [
      [0, "0123456789"],
      [4, "456789"],
    ] as const) {
      const headers: Record<string, string> = from === 0 ? {} : { Range: `bytes=${from}-` };
      const answer = await ask("file", headers);
      expect(answer.body.toString()).to.equal(body);
      expect(answer.trailers["x-vine-checksum"]).to.equal(crc32(body).toString(16));
    }
    expect((await ask("known")).trailers).to.deep.equal({});
  });

  it("refuses every bad ticket alike, whether the file exists or not", async () => {
    await start();
    const expired = ticketFor("file");
    nowMs += 10_000_000;
    const flipped = Buffer.from(ticketFor("file"), "base64");
    flipped[30] = (flipped[30] ?? 0) ^ 1;
    const bad: Record<string, Record<string, string>> = {
      expired: { Authorization: `Vine ${expired}` },
      forged: { Authorization: `Vine ${flipped.toString("base64")}` },
      "for another file": { Authorization: `Vine ${ticketFor("bytes")}` },
      "for another receiver": { Authorization: `Vine ${ticketFor("file", "w2")}` },
      "of another receiver": { "X-Vine-Receiver": "w2" },
      none: { Authorization: "" },
      "of another scheme": { Authorization: `Basic ${ticketFor("file")}` },
      empty: { Authorization: "Vine " },
    };
    for (const [what, headers] of Object.entries(bad)) {
      const there = await ask("file", headers);
      const notThere = await ask("absent", { Authorization: "Vine AAAA", ...headers });
      expect([there.status, there.body.length], what).to.deep.equal([403, 0]);
      expect({ ...notThere.headers, date: "" }, what).to.deep.equal({ ...there.headers, date: "" });
      expect(notThere.status).to.equal(403);
    }
    expect(refusals).to.have.length(16);
    expect(refusals[0]).to.include({ code: "TICKET_REFUSED" });
  });

  it("says 404 only to who has a ticket", async () => {
    await start();
    expect((await ask("absent")).status).to.equal(404);
    expect(refusals[0]).to.include({ code: "NOT_HELD" });
  });

  it("does not take a ticket again once its file was sent whole", async () => {
    await start();
    const headers = { Authorization: `Vine ${ticketFor("known")}` };
    expect((await ask("known", headers, "HEAD")).status).to.equal(200);
    expect((await ask("known", headers)).status).to.equal(200);
    expect((await ask("known", headers)).status).to.equal(403);
  });

  it("takes nothing but GET and HEAD, and no path leads to anything that is not held by that name", async () => {
    await start();
    for (const method of ["POST", "PUT", "DELETE", "OPTIONS"])
      expect((await ask("file", {}, method)).status).to.equal(403);
    for (const name of [
      "../file",
      "..%2ffile",
      "%2e%2e/file",
      "/etc/passwd",
      "file/",
      "file%00",
      "%zz",
      path("file"),
    ]) {
      expect((await ask(name)).status, name).to.be.oneOf([403, 404]);
    }
    expect((await ask("file", { Range: "bytes=0-4" })).status).to.equal(403);
    expect((await ask("file", { Range: "bytes=-4" })).status).to.equal(403);
  });

  it("refuses to give a file that is not any more what was announced", async () => {
    await start();
    writeFileSync(path("file"), "012345678");
    expect((await ask("known")).status).to.equal(409);
    expect(refusals[0]).to.include({ code: "INPUT_CHANGED" });
  });

  it("breaks off before the end of a tree that is not any more what was announced, and says which", async () => {
    const named: unknown[] = [];
    await start({ onRefused: (error, name) => named.push([(error as NodeJS.ErrnoException).code, name]) });
    held.set("tree", { type: "path", path: path("tree"), kind: "tree", size: 1, digest: "d".repeat(64) });
    makeTree(path("tree"), { a: "b" });
    expect(await ask("tree").catch(() => "broken")).to.equal("broken");
    expect(named).to.deep.equal([["INPUT_CHANGED", "tree"]]);
  });

  it("refuses to give a tree in which a link leads outside", async () => {
    await start();
    held.set("tree", { type: "path", path: path("tree"), kind: "tree", size: 0, digest: "x" });
    makeTree(path("tree"), { a: "a", l: { link: "../../outside" } });
    expect((await ask("tree")).status).to.equal(409);
  });

  it("drops who is slow to say what he wants", async () => {
    await start({ headMs: 200 });
    const slow = await rawConnection();
    slow.write("GET /file HTTP/1.1\r\nX-");
    const silent = await rawConnection();
    silent.resume();
    slow.resume();
    await Promise.all([once(slow, "close"), once(silent, "close")]);
    expect((await ask("known")).status).to.equal(200);
  });

  it("drops who stops reading, and lets go of the file", async () => {
    await start({ stallMs: 200 });
    held.set("big", { type: "bytes", bytes: Buffer.alloc(30_000_000) });
    const deaf = await rawConnection();
    deaf.pause();
    deaf.write(
      `GET /big HTTP/1.1\r\nHost: x\r\nAuthorization: Vine ${ticketFor("big")}\r\nX-Vine-Receiver: w1\r\n\r\n`,
    );
    while (refusals.length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(refusals[0]).to.include({ code: "TRANSFER_STALLED" });
    deaf.destroy();
  });

  it("ends an answer when its receiver asks again with the same ticket", async () => {
    await start();
    held.set("big", { type: "bytes", bytes: Buffer.alloc(30_000_000) });
    const ticket = ticketFor("big");
    const first = await rawConnection();
    first.pause();
    first.write(
      `GET /big HTTP/1.1\r\nHost: x\r\nAuthorization: Vine ${ticket}\r\nX-Vine-Receiver: w1\r\n\r\n`,
    );
    await once(first, "readable");
    expect(
      (await ask("big", { Authorization: `Vine ${ticket}`, Range: "bytes=29999999-" })).body,
    ).to.have.length(1);
    first.resume();
    await once(first, "close");
  });

  it("takes the first free port of a range, and says ADDRESS_IN_USE when there is none", async () => {
    await start();
    const { port } = server;
    const options = {
      host: "127.0.0.1",
      insecure: true,
      ticketKey: KEY,
      clockMs: () => 0,
      hold: () => undefined,
    };
    const error = await thrown(startDataServer({ ...options, port }));
    expect(error.code).to.equal("ADDRESS_IN_USE");
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    const first = (taken.address() as AddressInfo).port;
    const second = await startDataServer({ ...options, port: [first, first + 20] });
    expect(second.port).to.be.within(first + 1, first + 20);
    await second.close();
    taken.close();
  });

  it("tells when a lifeline opens and when it ends, at both ends", async () => {
    await start();
    const lifelineOf = (receiver: string): ReturnType<typeof openLifeline> =>
      openLifeline({
        peer: {
          url: `http://127.0.0.1:${server.port}/${LIFELINE}`,
          ticket: Buffer.from(ticketFor(LIFELINE, receiver), "base64"),
          receiver,
          fingerprint: server.fingerprint,
        },
        signal: new AbortController().signal,
      });
    const one = await lifelineOf("w1");
    const two = await lifelineOf("w2");
    one.close();
    await one.closed;
    while (heard.length < 3) await new Promise((resolve) => setImmediate(resolve));
    expect(heard).to.deep.equal(["w1 open", "w2 open", "w1 closed"]);
    await server.close();
    await two.closed;
    await start();
  });
});
