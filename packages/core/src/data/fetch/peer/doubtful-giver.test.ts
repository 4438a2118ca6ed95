import type { Buffer } from "node:buffer";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { crc32 } from "node:zlib";
import { expect } from "chai";
import { useTempDir } from "../../testing/temp-dir.js";
import { fetchFile } from "../fetch-file.js";

describe("bytes that were changed on their way in plain text", () => {
  const path = useTempDir();

  it("are found out by the checksum behind them, and asked for again from the first on", async () => {
    const ranges: boolean[] = [];
    const bodies = ["abcdeX", "abcdef"];
    const giver = createServer((socket) => {
      socket.on("error", () => undefined);
      socket.once("data", (bytes: Buffer) => {
        ranges.push(bytes.toString().includes("Range"));
        const head = "HTTP/1.1 200 OK\r\nTrailer: X-Vine-Checksum\r\nTransfer-Encoding: chunked\r\n\r\n";
        const sum = crc32("abcdef").toString(16);
        socket.end(`${head}6\r\n${bodies.shift() ?? ""}\r\n0\r\nX-Vine-Checksum: ${sum}\r\n\r\n`);
      });
    }).listen(0, "127.0.0.1");
    await once(giver, "listening");
    const url = `http://127.0.0.1:${(giver.address() as AddressInfo).port}/file`;
    const [nothing, signal] = [new Uint8Array(0), new AbortController().signal];
    const source = {
      type: "peer",
      url,
      ticket: nothing,
      receiver: "w1",
      fingerprint: nothing,
      localPath: "",
    } as const;
    await fetchFile({ source, kind: "file", executable: false, into: path("into"), signal });
    giver.close();
    expect(readFileSync(path("into"), "utf8")).to.equal("abcdef");
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
    const giver = createServer((socket) => {
      socket.on("error", () => undefined);
      socket.once("data", () => socket.end(answers.shift() ?? ""));
    }).listen(0, "127.0.0.1");
    await once(giver, "listening");
    const url = `http://127.0.0.1:${(giver.address() as AddressInfo).port}/file`;
    const [nothing, signal] = [new Uint8Array(0), new AbortController().signal];
    const parts = { url, ticket: nothing, receiver: "w1", fingerprint: nothing, localPath: "" };
    const source = { type: "peer", ...parts } as const;
    await fetchFile({ source, kind: "file", executable: false, into: path("into"), signal });
    giver.close();
    expect(readFileSync(path("into"), "utf8")).to.equal("abcdef");
  });
});
