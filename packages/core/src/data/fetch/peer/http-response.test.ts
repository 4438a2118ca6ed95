import { Buffer } from "node:buffer";
import type { Socket } from "node:net";
import { Duplex } from "node:stream";
import { crc32 } from "node:zlib";
import { expect } from "chai";
import fc from "fast-check";
import { thrown } from "../../testing/thrown.js";
import { HttpResponse } from "./http-response.js";
import { SocketReader } from "./socket-reader.js";

/** A socket that says these pieces, and ends. */
function socketOf(pieces: readonly Uint8Array[]): Socket {
  const stream = new Duplex({ read: () => undefined, write: (_chunk, _encoding, done) => done() });
  for (const piece of pieces) if (piece.length > 0) stream.push(piece);
  stream.push(null);
  return Object.assign(stream, { setTimeout: () => stream }) as unknown as Socket;
}

function piecesOf(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const at = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return at.slice(1).map((end, index) => bytes.subarray(at[index], end));
}

async function readAll(
  bytes: Uint8Array,
  cuts: readonly number[] = [],
): Promise<{ body: string; isDamaged: boolean }> {
  const response = new HttpResponse(new SocketReader(socketOf(piecesOf(bytes, cuts)), 1000));
  const head = await response.head();
  const chunks: Uint8Array[] = [];
  for await (const chunk of response.body(head)) chunks.push(Buffer.from(chunk));
  return { body: Buffer.concat(chunks).toString("latin1"), isDamaged: response.isDamaged };
}

const SUM = crc32("hello, \r\n world\n").toString(16);
const chunked = (sum: string): Buffer =>
  Buffer.from(
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Vine-Checksum\r\n\r\n" +
      `5\r\nhello\r\nB;x=y\r\n, \r\n world\n\r\n0\r\nX-Vine-Checksum: ${sum}\r\n\r\n`,
  );
const CHUNKED = chunked(SUM);
const PLAIN = Buffer.from("HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\nhello\r\nworl");

describe("an HTTP response", () => {
  it("reads the same in whatever pieces it arrives", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(), { maxLength: 30 }), async (cuts) => {
        expect(await readAll(CHUNKED, cuts)).to.deep.equal({ body: "hello, \r\n world\n", isDamaged: false });
        expect(await readAll(PLAIN, cuts)).to.deep.equal({ body: "hello\r\nworl", isDamaged: false });
      }),
    );
  });

  it("is damaged when the checksum behind its body is not that of its body", async () => {
    expect((await readAll(chunked("12345678"))).isDamaged).to.equal(true);
    expect((await readAll(PLAIN)).isDamaged).to.equal(false);
  });

  it("is TRANSFER_TRUNCATED when it ends at any earlier byte", async () => {
    for (const whole of [CHUNKED, PLAIN]) {
      for (let length = 0; length < whole.length; length++) {
        expect((await thrown(readAll(whole.subarray(0, length)))).code, `${length}`).to.equal(
          "TRANSFER_TRUNCATED",
        );
      }
    }
  });

  it("is refused when it is endless, malformed, or no HTTP at all", async () => {
    const ok = "HTTP/1.1 200 OK\r\n";
    const bad = [
      "SSH-2.0-x\r\n\r\n",
      `${ok}Content-Length: -1\r\n\r\n`,
      `${ok}Content-Length: 1e3\r\n\r\n`,
      `${ok}\r\n`,
      `${ok}no colon\r\n\r\n`,
      `${ok}Transfer-Encoding: chunked\r\n\r\nxyz\r\n`,
      `${ok}Transfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n`,
      `${ok}Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n`,
      `${ok}Transfer-Encoding: chunked\r\n\r\n3\r\nhello\r\n`,
      `${ok}X: ${"x".repeat(20_000)}\r\n\r\n`,
      `${ok}${"X: y\r\n".repeat(5_000)}\r\n`,
      `${ok}Transfer-Encoding: chunked\r\n\r\n0\r\n${"X: y\r\n".repeat(5_000)}\r\n`,
    ];
    for (const text of bad)
      expect((await thrown(readAll(Buffer.from(text)))).code, text.slice(0, 80)).to.equal(
        "TRANSFER_TRUNCATED",
      );
  });
});
