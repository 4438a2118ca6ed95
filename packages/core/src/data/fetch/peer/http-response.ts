import { Buffer } from "node:buffer";
import { crc32 } from "node:zlib";
import { FetchError } from "../../fetch-error.js";
import { HEADERS } from "../../wire-headers.js";
import type { SocketReader } from "./socket-reader.js";

const HEAD_BYTES = 16 * 1024;
const LINE_BYTES = 8 * 1024;

/** The head of an HTTP/1.1 response. Header names in lower case. */
export interface ResponseHead {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
}

/**
 * One HTTP/1.1 response from a data server. Read by hand: Node's client hands bytes out in small pieces and costs
 * three times as much for each. Knows what our data servers send, and refuses the rest.
 */
export class HttpResponse {
  readonly #reader: SocketReader;
  /** Bytes read and not yet used. */
  #rest: Uint8Array = new Uint8Array(0);
  /** Of the body so far, where a checksum of it will follow. */
  #sum: number | undefined;
  #isDamaged = false;

  constructor(reader: SocketReader) {
    this.#reader = reader;
  }

  /** The body did not arrive as it was sent: once it has been read. */
  get isDamaged(): boolean {
    return this.#isDamaged;
  }

  async head(): Promise<ResponseHead> {
    const [statusLine = "", ...lines] = await this.#block(HEAD_BYTES);
    const match = /^HTTP\/1\.[01] (\d{3})(?: |$)/.exec(statusLine);
    if (match === null) throw broken("the answer is not HTTP");
    return { status: Number(match[1]), headers: parseHeaders(lines) };
  }

  /**
   * The bytes of the body, in shared memory, each chunk good until the second next is asked for. Rejects with
   * TRANSFER_TRUNCATED when they end too early.
   */
  body(head: ResponseHead): AsyncGenerator<Uint8Array> {
    if (head.headers.get("trailer") === HEADERS.checksum) this.#sum = 0;
    if (head.headers.get("transfer-encoding")?.toLowerCase() === "chunked") return this.#chunked();
    const length = head.headers.get("content-length") ?? "";
    if (!/^\d{1,16}$/.test(length)) throw broken("the answer does not tell its length");
    return this.#take(Number(length));
  }

  async *#chunked(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const line = await this.#line();
      const match = /^([0-9a-fA-F]{1,12})(?:;|$)/.exec(line);
      if (match === null) throw broken("a chunk has no size");
      const size = Number.parseInt(match[1] ?? "", 16);
      if (size === 0) break;
      yield* this.#take(size);
      if ((await this.#line()) !== "") throw broken("a chunk has no end");
    }
    const trailers = parseHeaders(await this.#block(HEAD_BYTES));
    const told = trailers.get(HEADERS.checksum.toLowerCase());
    this.#isDamaged = this.#sum !== undefined && told !== this.#sum.toString(16);
  }

  async *#take(count: number): AsyncGenerator<Uint8Array> {
    for (let left = count; left > 0; ) {
      const chunk = await this.#next(left);
      const part = chunk.length <= left ? chunk : chunk.subarray(0, left);
      this.#rest = chunk.subarray(part.length);
      left -= part.length;
      if (this.#sum !== undefined) this.#sum = crc32(part, this.#sum);
      yield part;
    }
  }

  async #next(atLeast = 1): Promise<Uint8Array> {
    if (this.#rest.length > 0) {
      const rest = this.#rest;
      this.#rest = new Uint8Array(0);
      return rest;
    }
    const chunk = await this.#reader.read(atLeast);
    if (chunk === undefined)
      throw new FetchError("TRANSFER_TRUNCATED", "source", "the connection ended early");
    return chunk;
  }

  /** Lines up to an empty one. */
  async #block(limit: number): Promise<string[]> {
    const lines: string[] = [];
    let bytes = 0;
    for (let line = await this.#line(); line !== ""; line = await this.#line()) {
      bytes += line.length;
      if (bytes > limit) throw broken("the answer's head is too long");
      lines.push(line);
    }
    return lines;
  }

  async #line(): Promise<string> {
    let seen = Buffer.alloc(0);
    for (;;) {
      const chunk = await this.#next();
      const end = chunk.indexOf(10);
      seen = Buffer.concat([seen, end < 0 ? chunk : chunk.subarray(0, end)]);
      if (seen.length > LINE_BYTES) throw broken("a line is too long");
      if (end < 0) continue;
      this.#rest = chunk.subarray(end + 1);
      return seen.toString("latin1").replace(/\r$/, "");
    }
  }
}

function parseHeaders(lines: readonly string[]): Map<string, string> {
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(":");
    if (colon < 1) throw broken("a header has no name");
    headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  return headers;
}

function broken(reason: string): FetchError {
  return new FetchError(
    "TRANSFER_TRUNCATED",
    "source",
    `the other end does not speak our protocol: ${reason}`,
  );
}
