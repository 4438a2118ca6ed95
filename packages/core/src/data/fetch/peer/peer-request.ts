import { Buffer } from "node:buffer";
import { FetchError } from "../../fetch-error.js";
import { HEADERS, TICKET_SCHEME } from "../../wire-headers.js";
import { HttpResponse, type ResponseHead } from "./http-response.js";
import { connectToPeer, type PeerAddress, type PeerConnection } from "./peer-connection.js";

export interface PeerRequest {
  readonly peer: PeerAddress;
  /** First byte wanted. */
  readonly from: number;
  readonly stallMs: number;
  readonly signal: AbortSignal;
}

export interface PeerAnswer {
  readonly connection: PeerConnection;
  readonly response: HttpResponse;
  readonly head: ResponseHead;
}

/**
 * Asks a data server, and returns when it has begun to give. The connection is the caller's to end.
 * Rejects with TRANSFER_UNREACHABLE, WRONG_CERTIFICATE, TRANSFER_REFUSED, NOT_HELD, or the socket's error.
 */
export async function askPeer(request: PeerRequest): Promise<PeerAnswer> {
  const { peer, from, stallMs, signal } = request;
  const lines = requestLines(peer, from);
  const connection = await connectToPeer(peer, { stallMs, signal });
  try {
    const response = new HttpResponse(connection.reader);
    connection.socket.write(lines);
    const head = await response.head();
    checkHead(head, peer, from);
    return { connection, response, head };
  } catch (error) {
    connection.abandon();
    throw error;
  }
}

export function headerOf(head: ResponseHead, name: string): string | undefined {
  return head.headers.get(name.toLowerCase());
}

function requestLines(peer: PeerAddress, from: number): string {
  const url = new URL(peer.url);
  const lines = [
    `GET ${url.pathname}${url.search} HTTP/1.1`,
    `Host: ${url.host}`,
    `Authorization: ${TICKET_SCHEME} ${Buffer.from(peer.ticket).toString("base64")}`,
    `${HEADERS.receiver}: ${peer.receiver}`,
    ...(from > 0 ? [`Range: bytes=${from}-`] : []),
  ];
  if (lines.some((line) => /[\r\n]/.test(line)))
    throw new FetchError("BAD_ARGUMENT", "file", "a header has a line end");
  return `${lines.join("\r\n")}\r\n\r\n`;
}

function checkHead(head: ResponseHead, peer: PeerAddress, from: number): void {
  switch (head.status) {
    case 200:
      return;
    case 206:
      if (headerOf(head, "Content-Range")?.startsWith(`bytes ${from}-`) === true) return;
      throw new FetchError("DIGEST_MISMATCH", "source", `${peer.url} answered with another range`);
    case 403:
      throw new FetchError("TRANSFER_REFUSED", "source", `${peer.url} refuses the ticket`);
    case 404:
      throw new FetchError("NOT_HELD", "source", `${peer.url} is not held there any more`);
    case 409:
      throw new FetchError("INPUT_CHANGED", "source", `${peer.url} is not there what it was`);
    default:
      throw new FetchError("TRANSFER_REFUSED", "source", `${peer.url} answered ${head.status}`);
  }
}
