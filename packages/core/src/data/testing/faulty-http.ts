import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What a faulty server does wrong; each fault `times` times (default: always), then it behaves. */
export interface Faults {
  readonly times?: number;
  readonly status?: number;
  /** Breaks the connection after so many bytes of an answer. */
  readonly cutAfter?: number;
  /** Falls silent after so many bytes of an answer. */
  readonly stallAfter?: number;
  /** Flips a bit of the byte at this offset of the content. */
  readonly corruptAt?: number;
  /** Answers ranges with everything. */
  readonly noRanges?: boolean;
  /** Neither ETag nor Last-Modified. */
  readonly noValidators?: boolean;
  /** A new ETag with every answer. */
  readonly newEtags?: boolean;
  /** Does not know HEAD. */
  readonly noHead?: boolean;
  readonly redirect?: string;
}

export interface Requested {
  readonly method: string;
  readonly path: string;
  readonly range: string | undefined;
}

/** A web server with faults, for tests. */
export interface FaultyHttp {
  readonly url: string;
  /** Every request so far. */
  readonly requests: readonly Requested[];
  /** Serves `content` at /name, with these faults. Returns its URL. */
  serve(name: string, content: Uint8Array, faults?: Faults): string;
  close(): Promise<void>;
}

interface Page {
  readonly content: Uint8Array;
  readonly faults: Faults;
  faultsLeft: number;
  answers: number;
}

export async function startFaultyHttp(): Promise<FaultyHttp> {
  const pages = new Map<string, Page>();
  const requests: Requested[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    requests.push({ method: request.method ?? "", path, range: request.headers.range });
    const page = pages.get(path);
    if (page === undefined) response.writeHead(404).end();
    else answer(page, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    requests,
    serve: (name, content, faults = {}) => {
      pages.set(`/${name}`, {
        content,
        faults,
        faultsLeft: faults.times ?? Number.POSITIVE_INFINITY,
        answers: 0,
      });
      return `${url}/${name}`;
    },
    close: async () => {
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
    },
  };
}

function answer(page: Page, request: IncomingMessage, response: ServerResponse): void {
  page.answers++;
  const isFaulty = page.faultsLeft-- > 0;
  const faults: Faults = isFaulty ? page.faults : {};
  if (faults.redirect !== undefined) response.writeHead(302, { location: faults.redirect }).end();
  else if (faults.status !== undefined) response.writeHead(faults.status).end("no");
  else if (faults.noHead === true && request.method === "HEAD") response.writeHead(405).end();
  else answerContent({ page, faults }, request, response);
}

function answerContent(
  of: { page: Page; faults: Faults },
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { page, faults } = of;
  const { content } = page;
  const etag = faults.newEtags === true ? `"${page.answers}"` : etagOf(content);
  const validators =
    faults.noValidators === true ? {} : { ETag: etag, "Last-Modified": "Sat, 01 Jan 2022 00:00:00 GMT" };
  const from = faults.noRanges === true ? 0 : rangeOf(request, etag);
  const range = from > 0 ? { "Content-Range": `bytes ${from}-${content.length - 1}/${content.length}` } : {};
  response.writeHead(from > 0 ? 206 : 200, {
    ...validators,
    ...range,
    "Content-Length": content.length - from,
  });
  if (request.method === "HEAD") response.end();
  else sendFaulty(corrupted(content, faults).subarray(from), faults, response);
}

function sendFaulty(bytes: Uint8Array, faults: Faults, response: ServerResponse): void {
  const { cutAfter, stallAfter } = faults;
  if (cutAfter !== undefined)
    response.write(bytes.subarray(0, cutAfter), () => setImmediate(() => response.destroy()));
  else if (stallAfter !== undefined) response.write(bytes.subarray(0, stallAfter));
  else response.end(bytes);
}

function corrupted(content: Uint8Array, { corruptAt }: Faults): Uint8Array {
  if (corruptAt === undefined) return content;
  const bytes = Uint8Array.from(content);
  bytes[corruptAt] = (bytes[corruptAt] ?? 0) ^ 1;
  return bytes;
}

function etagOf(content: Uint8Array): string {
  return `"${createHash("sha256").update(content).digest("hex").slice(0, 12)}"`;
}

function rangeOf(request: IncomingMessage, etag: string): number {
  const match = /^bytes=(\d+)-/.exec(request.headers.range ?? "");
  const condition = request.headers["if-range"];
  return match === null || (condition !== undefined && condition !== etag) ? 0 : Number(match[1]);
}
