import { Buffer } from "node:buffer";
import type { Socket } from "node:net";
import { FetchError } from "../fetch-error.js";
import { HEADERS, TICKET_SCHEME } from "../wire-headers.js";
import { HttpResponse, type ResponseHead } from "./http-response.js";
import { connectToPeer, type PeerAddress } from "./peer-connection.js";
import { SocketReader } from "./socket-reader.js";

/** How long the other end has to close a connection, milliseconds. */
const GOODBYE_MS = 1_000;

export interface PeerRequest {
  readonly peer: PeerAddress;
  /** First byte wanted. */
  readonly from: number;
  readonly stallMs: number;
  readonly signal: AbortSignal;
}

export interface PeerAnswer {
  readonly socket: Socket;
  readonly response: HttpResponse;
  readonly head: ResponseHead;
}

/**
 * Asks a data server, and returns when it has begun to give. The socket is the caller's to destroy.
 * Rejects with TRANSFER_UNREACHABLE, WRONG_CERTIFICATE, TRANSFER_REFUSED, NOT_HELD, or the socket's error.
 */
export async function askPeer(request: PeerRequest): Promise<PeerAnswer> {
  const { peer, from, stallMs, signal } = request;
  const lines = requestLines(peer, from);
  const socket = await connectToPeer(peer, { stallMs, signal });
  try {
    const response = new HttpResponse(new SocketReader(socket, stallMs));
    socket.write(lines);
    const head = await response.head();
    checkHead(head, peer, from);
    return { socket, response, head };
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

/**
 * Ends the connection after a whole answer, and so tells the other end that all of it has arrived. Nobody has to
 * wait for that.
 */
export function endExchange(socket: Socket): void {
  const timer = setTimeout(() => socket.destroy(), GOODBYE_MS).unref();
  socket.unref();
  socket.once("close", () => clearTimeout(timer));
  socket.resume();
  socket.end();
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
  if (lines.some((line) => /[\r\n]/.test(line))) throw new FetchError("BAD_ARGUMENT", "file", "a header has a line end");
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
