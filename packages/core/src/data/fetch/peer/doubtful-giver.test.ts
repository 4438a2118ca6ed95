import type { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { crc32 } from "node:zlib";
import { expect } from "chai";
import { useTempDir } from "../../testing/temp-dir.js";
import { fetchFile } from "../fetch-file.js";

const CONTENT = "abcdef";
const CHUNKED = "HTTP/1.1 200 OK\r\nTrailer: X-Vine-Checksum\r\nTransfer-Encoding: chunked\r\n\r\n";
const END = `0\r\nX-Vine-Checksum: ${crc32(CONTENT).toString(16)}\r\n\r\n`;

interface Asking {
  readonly into: string;
  readonly digest?: string;
}

/** Fetches in plain text from a giver that answers so, connection by connection. Says which of them asked for a range. */
async function fetchFrom(answers: readonly string[], asking: Asking): Promise<boolean[]> {
  const ranges: boolean[] = [];
  const giver = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.once("data", (bytes: Buffer) => {
      const asked = ranges.push(bytes.toString().includes("Range"));
      socket.end(answers[asked - 1] ?? "");
    });
  }).listen(0, "127.0.0.1");
  await once(giver, "listening");
  const url = `http://127.0.0.1:${(giver.address() as AddressInfo).port}/file`;
  const [nothing, signal] = [new Uint8Array(0), new AbortController().signal];
  const parts = { url, ticket: nothing, receiver: "w1", fingerprint: nothing, localPath: "" };
  const source = { type: "peer", ...parts } as const;
  await fetchFile({ source, kind: "file", executable: false, signal, ...asking });
  giver.close();
  return ranges;
}

describe("bytes in plain text of which nobody knows the digest", () => {
  const path = useTempDir();

  it("that were changed on their way are found out by the checksum behind them, and asked for again from the first on", async () => {
    const answers = [`${CHUNKED}6\r\nabcdeX\r\n${END}`, `${CHUNKED}6\r\nabcdef\r\n${END}`];
    const ranges = await fetchFrom(answers, { into: path("into") });
    expect(readFileSync(path("into"), "utf8")).to.equal(CONTENT);
    expect(ranges).to.deep.equal([false, false]);
  });

  it("come anew after a broken connection, as nothing would vouch for those from before", async () => {
    const answers = [`${CHUNKED}3\r\nXXX\r\n`, `${CHUNKED}6\r\nabcdef\r\n${END}`];
    const ranges = await fetchFrom(answers, { into: path("into") });
    expect(readFileSync(path("into"), "utf8")).to.equal(CONTENT);
    expect(ranges).to.deep.equal([false, false]);
  });
});

describe("a giver that has not yet seen a connection break", () => {
  const path = useTempDir();

  it("refuses the ticket for a moment, and is asked again", async () => {
    const answers = [
      "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nabc",
      "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n",
      "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 3-5/6\r\nContent-Length: 3\r\n\r\ndef",
    ];
    const digest = createHash("sha256").update(CONTENT).digest("hex");
    const ranges = await fetchFrom(answers, { into: path("into"), digest });
    expect(readFileSync(path("into"), "utf8")).to.equal(CONTENT);
    expect(ranges).to.deep.equal([false, true, true]);
  });
});
