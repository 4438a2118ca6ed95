import { Buffer } from "node:buffer";
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { existsSync, lstatSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { expect } from "chai";
import type { DataServer, FetchRequest, Held, PeerSource } from "../../contract.js";
import { digestPath } from "../../digest/digest-path.js";
import type { FetchError } from "../../fetch-error.js";
import { startDataServer } from "../../server/data-server.js";
import { makeTree } from "../../testing/make-tree.js";
import { useTempDir } from "../../testing/temp-dir.js";
import { thrown } from "../../testing/thrown.js";
import { closeDataThreads } from "../../threads/pool.js";
import { makeTicketIssuer } from "../../tickets.js";
import { fetchFile } from "../fetch-file.js";
import { askPeer, type PeerAnswer } from "./peer-request.js";

const KEY = randomBytes(32);
const CONTENT = randomBytes(5_000_000);
/** Not while a socket shuts down: Node would never close it. */
const reset = (...sockets: Socket[]): void => {
  for (const socket of sockets) {
    if (socket.writableEnded) socket.destroy();
    else socket.resetAndDestroy();
  }
};
const DIGEST = createHash("sha256").update(CONTENT).digest("hex");

/** The data server may need a moment to see that a connection broke. */
async function admitted(ask: () => Promise<PeerAnswer>): Promise<PeerAnswer> {
  for (let left = 100; ; left -= 1) {
    try {
      return await ask();
    } catch (error) {
      if (left === 0) throw error;
    }
  }
}

for (const insecure of [false, true]) {
  describe(`fetching from a peer ${insecure ? "in plain text" : "over TLS"}`, () => {
    const path = useTempDir();
    let server: DataServer;
    let proxies: Server[];
    let held: Map<string, Held>;
    let refusals: Error[];
    const issuer = makeTicketIssuer(KEY, () => 0);
    after(closeDataThreads);

    beforeEach(async () => {
      proxies = [];
      refusals = [];
      writeFileSync(path("content"), CONTENT);
      held = new Map<string, Held>([
        ["file", { type: "path", path: path("content"), kind: "file", size: CONTENT.length, digest: DIGEST }],
        ["undigested", { type: "path", path: path("content"), kind: "file", size: CONTENT.length }],
        ["bytes", { type: "bytes", bytes: Buffer.from("some bytes") }],
        ["empty", { type: "bytes", bytes: new Uint8Array(0) }],
      ]);
      server = await startDataServer({
        host: "127.0.0.1",
        port: 0,
        insecure,
        ticketKey: KEY,
        clockMs: () => 0,
        hold: (name) => {
          const found = held.get(name);
          return found === undefined ? undefined : { held: found, release: () => undefined };
        },
        onRefused: (error) => refusals.push(error),
      });
    });
    afterEach(async () => {
      await server.close();
      for (const proxy of proxies) proxy.close();
    });

    const peer = (
      name: string,
      changes: Partial<PeerSource> & { readonly port?: number } = {},
    ): PeerSource => ({
      url: `${insecure ? "http" : "https"}://127.0.0.1:${changes.port ?? server.port}/${name}`,
      ticket: issuer.issue(name, "w1"),
      receiver: "w1",
      fingerprint: server.fingerprint,
      localPath: "",
      ...changes,
    });
    const request = (source: PeerSource, changes: Partial<FetchRequest> = {}): FetchRequest => ({
      source: { type: "peer", ...source },
      kind: "file",
      executable: false,
      into: path("into"),
      signal: new AbortController().signal,
      ...changes,
    });
    const refusal = async (wanted: FetchRequest): Promise<FetchError> => {
      const before = readdirSync(path());
      const error = await thrown<FetchError>(fetchFile(wanted));
      expect(readdirSync(path()), "left behind").to.deep.equal(before);
      return error;
    };

    /** A proxy that lets the n-th connection pass as many bytes as the n-th limit says, and all later ones. */
    const startProxy = async (
      limits: readonly number[],
      end: (...ends: Socket[]) => void,
    ): Promise<number> => {
      let connections = 0;
      const proxy = createServer((down) => {
        const limit = limits[connections++] ?? Number.POSITIVE_INFINITY;
        const up = connect(server.port, "127.0.0.1");
        let passed = 0;
        up.on("data", (chunk: Buffer) => {
          if (passed >= limit) return;
          down.write(chunk.subarray(0, limit - passed));
          passed += chunk.length;
          if (passed < limit) return;
          up.pause();
          end(down, up);
        });
        if (limit === 0) up.pause();
        down.on("data", (chunk: Buffer) => up.write(chunk));
        up.on("end", () => down.end());
        for (const socket of [up, down]) socket.on("error", () => undefined);
        up.on("close", () => down.destroy());
        down.on("close", (isBroken) => (isBroken ? reset(up) : up.destroy()));
      }).listen(0, "127.0.0.1");
      proxies.push(proxy);
      await once(proxy, "listening");
      return (proxy.address() as AddressInfo).port;
    };

    it("brings a file, verified and read-only", async () => {
      const counted: number[] = [];
      const wanted = request(peer("file"), {
        size: CONTENT.length,
        digest: DIGEST,
        onBytes: (n) => counted.push(n),
      });
      const fetched = await fetchFile(wanted);
      expect(fetched).to.deep.equal({ size: CONTENT.length, digest: DIGEST, kind: "file", via: "peer" });
      expect(readFileSync(path("into")).equals(CONTENT)).to.equal(true);
      expect(lstatSync(path("into")).mode & 0o777).to.equal(0o444);
      expect(existsSync(path("into.part"))).to.equal(false);
      expect(counted.reduce((sum, n) => sum + n, 0)).to.equal(CONTENT.length);
    });

    it("brings executable bits along, or gives them where asked to", async () => {
      makeTree(path(), { program: { run: "#!" } });
      held.set("program", { type: "path", path: path("program"), kind: "file", size: 2 });
      await fetchFile(request(peer("program")));
      await fetchFile(request(peer("bytes"), { executable: true, into: path("other") }));
      for (const name of ["into", "other"]) expect(lstatSync(path(name)).mode & 0o777).to.equal(0o555);
    });

    it("brings bytes, an empty file, and one whose digest nobody knew", async () => {
      for (const name of ["bytes", "empty", "undigested"]) {
        const { digest } = await fetchFile(request(peer(name), { into: path(`to-${name}`) }));
        expect(digest).to.equal(
          createHash("sha256")
            .update(readFileSync(path(`to-${name}`)))
            .digest("hex"),
        );
      }
    });

    it("brings a tree with its links and executable bits, and finds its digest on the way", async () => {
      const plan = { "a/b": "b".repeat(200_000), "a/run": { run: "x" }, l: { link: "a/b" }, e: null };
      makeTree(path("tree"), plan);
      held.set("tree", { type: "path", path: path("tree"), kind: "tree", size: 1 });
      const { digest, size } = await digestPath(path("tree"));
      const fetched = await fetchFile(request(peer("tree"), { kind: "tree", digest, size }));
      expect(fetched).to.deep.equal({ digest, size, kind: "tree", via: "peer" });
      expect((await digestPath(path("into"))).digest).to.equal(digest);
      expect(lstatSync(path("into/a")).mode & 0o777).to.equal(0o555);
    });

    it("after a broken connection asks only for the missing bytes", async () => {
      const port = await startProxy([1_000_000, 2_000_000], reset);
      let bytes = 0;
      const fetched = await fetchFile(
        request(peer("file", { port }), { digest: DIGEST, onBytes: (n) => (bytes += n) }),
      );
      expect([fetched.size, bytes]).to.deep.equal([CONTENT.length, CONTENT.length]);
    });

    it("resumes also when the connection breaks after the last byte was sent but before it was received", async () => {
      held.set("small", { type: "bytes", bytes: CONTENT.subarray(0, 100_000) });
      const port = await startProxy([50_000], reset);
      expect((await fetchFile(request(peer("small", { port })))).size).to.equal(100_000);
    });

    it("leaves the ticket good when it gives up after the last byte", async () => {
      const source = peer("bytes");
      const ask = (): ReturnType<typeof askPeer> =>
        askPeer({ peer: source, from: 0, stallMs: 30_000, signal: new AbortController().signal });
      for (const end of ["abandon", "abandon", "finish"] as const) {
        const { connection, response, head } = await admitted(ask);
        let size = 0;
        for await (const chunk of response.body(head)) size += chunk.length;
        expect(size).to.equal(10);
        const closed = once(connection.socket, "close");
        connection[end]();
        await closed;
        while (server.stats.sending > 0) await new Promise((resolve) => setImmediate(resolve));
      }
      expect((await thrown<FetchError>(ask())).code).to.equal("TRANSFER_REFUSED");
      expect(refusals.map((error) => error.message).join())
        .to.contain("used before")
        .and.not.contain("Parse");
    });

    it("gives up with TRANSFER_TRUNCATED when connections break again and again without bringing anything", async () => {
      const port = await startProxy(
        Array.from({ length: 20 }, () => 10),
        reset,
      );
      const { code, fault } = await refusal(request(peer("file", { port })));
      expect(code).to.be.oneOf(
        insecure ? ["TRANSFER_TRUNCATED"] : ["TRANSFER_TRUNCATED", "TRANSFER_UNREACHABLE"],
      );
      expect(fault).to.equal("source");
    });

    it("begins a tree anew after a broken connection", async () => {
      makeTree(path("tree"), { "a/b": randomBytes(300_000), c: "c" });
      held.set("tree", { type: "path", path: path("tree"), kind: "tree", size: 1 });
      const port = await startProxy([100_000], reset);
      const { digest } = await fetchFile(request(peer("tree", { port }), { kind: "tree" }));
      expect(digest).to.equal((await digestPath(path("tree"))).digest);
    });

    it("gives up on a silent connection, and resumes one that falls silent after a while", async () => {
      const silent = await startProxy([0, 0, 0], () => undefined);
      const { code, fault } = await refusal(request(peer("empty", { port: silent }), { stallMs: 100 }));
      expect([code, fault]).to.deep.equal([insecure ? "TRANSFER_STALLED" : "TRANSFER_UNREACHABLE", "source"]);
      const port = await startProxy([1_000_000, 1_000_000, 1_000_000, 1_000_000], () => undefined);
      const fetched = await fetchFile(request(peer("file", { port }), { stallMs: 200, digest: DIGEST }));
      expect(fetched.size).to.equal(CONTENT.length);
    });

    it("refuses with DIGEST_MISMATCH what has another digest or size than announced", async () => {
      const wrongDigest = await refusal(request(peer("file"), { digest: "0".repeat(64) }));
      expect([wrongDigest.code, wrongDigest.fault]).to.deep.equal(["DIGEST_MISMATCH", "source"]);
      const wrongSize = await refusal(request(peer("file"), { size: CONTENT.length + 1 }));
      expect([wrongSize.code, wrongSize.fault]).to.deep.equal(["DIGEST_MISMATCH", "source"]);
    });

    it("takes no more than there is room for", async () => {
      const file = await refusal(request(peer("file"), { sizeLimit: 4_999_999 }));
      expect([file.code, file.fault]).to.deep.equal(["CACHE_FULL", "destination"]);
      const unannounced = await refusal(request(peer("undigested"), { sizeLimit: 4_999_999 }));
      expect([unannounced.code, unannounced.fault]).to.deep.equal(["CACHE_FULL", "destination"]);
      makeTree(path("tree"), { a: "12345" });
      held.set("tree", { type: "path", path: path("tree"), kind: "tree", size: 1 });
      const tree = await refusal(request(peer("tree"), { kind: "tree", sizeLimit: 4 }));
      expect([tree.code, tree.fault]).to.deep.equal(["CACHE_FULL", "destination"]);
    });

    it("says who refused: ticket, file not held, nobody there", async () => {
      const cases: [PeerSource, string][] = [
        [peer("file", { ticket: randomBytes(56) }), "TRANSFER_REFUSED"],
        [peer("absent"), "NOT_HELD"],
        [peer("file", { port: 1 }), "TRANSFER_UNREACHABLE"],
      ];
      for (const [source, expected] of cases) {
        const { code, fault } = await refusal(request(source));
        expect([code, fault]).to.deep.equal([expected, "source"]);
      }
    });

    it("refuses a tree where a file was wanted, and a file where a tree was", async () => {
      makeTree(path("tree"), { a: "12345" });
      held.set("tree", { type: "path", path: path("tree"), kind: "tree", size: 1 });
      for (const [name, kind] of [
        ["tree", "file"],
        ["file", "tree"],
      ] as const) {
        expect((await refusal(request(peer(name), { kind }))).code).to.equal("DIGEST_MISMATCH");
      }
    });

    it("stops when it is not wanted any more, and leaves nothing", async () => {
      const controller = new AbortController();
      const port = await startProxy([1_000_000], () => controller.abort());
      const { code } = await refusal(request(peer("file", { port }), { signal: controller.signal }));
      expect(code).to.equal("CANCELLED");
    });

    it("fails as the destination's fault when its own disk does not take it", async () => {
      makeTree(path("tree"), { a: "12345" });
      held.set("tree", { type: "path", path: path("tree"), kind: "tree", size: 5 });
      for (const [name, kind] of [
        ["file", "file"],
        ["tree", "tree"],
      ] as const) {
        const wanted = request(peer(name), { into: path("no/such/folder"), kind });
        expect((await thrown<FetchError>(fetchFile(wanted))).fault, name).to.equal("destination");
      }
    });

    if (insecure) return;

    it("refuses another certificate than announced before a byte of the request has left", async () => {
      const wrong = server.fingerprint.map((byte) => byte ^ 1);
      const { code, fault } = await refusal(request(peer("file", { fingerprint: wrong })));
      expect([code, fault]).to.deep.equal(["WRONG_CERTIFICATE", "source"]);
      const short = await refusal(request(peer("file", { fingerprint: server.fingerprint.subarray(0, 31) })));
      expect(short.code).to.equal("WRONG_CERTIFICATE");
      expect(server.stats.bytesSent).to.equal(0);
      expect(refusals.filter((error) => "code" in error && error.code === "TICKET_REFUSED")).to.deep.equal(
        [],
      );
    });

    it("does not speak in plain text to a server that does not speak TLS", async () => {
      const heard: Buffer[] = [];
      const plain = createServer((socket) => {
        socket.on("error", () => undefined);
        socket.on("data", (chunk: Buffer) => {
          heard.push(chunk);
          socket.end("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil");
        });
      }).listen(0, "127.0.0.1");
      proxies.push(plain);
      await once(plain, "listening");
      const { code } = await refusal(request(peer("file", { port: (plain.address() as AddressInfo).port })));
      expect(code).to.equal("TRANSFER_UNREACHABLE");
      expect(Buffer.concat(heard).toString("latin1")).to.not.contain("Authorization");
    });
  });
}

describe("inline bytes", () => {
  const path = useTempDir();

  it("become a read-only file with their digest", async () => {
    const source = { type: "inline", bytes: Buffer.from("abc") } as const;
    const signal = new AbortController().signal;
    const fetched = await fetchFile({ source, kind: "file", executable: true, into: path("into"), signal });
    expect(fetched).to.deep.include({ size: 3, via: "inline", kind: "file" });
    expect(fetched.digest.slice(0, 8)).to.equal("ba7816bf");
    expect(lstatSync(path("into")).mode & 0o777).to.equal(0o555);
  });
});
