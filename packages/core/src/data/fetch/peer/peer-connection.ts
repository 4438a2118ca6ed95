import { Buffer } from "node:buffer";
import { timingSafeEqual } from "node:crypto";
import { connect as connectTcp, type Socket } from "node:net";
import { connect as connectTls, TLSSocket } from "node:tls";
import type { PeerSource } from "../../contract.js";
import { FetchError } from "../../fetch-error.js";
import { BREAK } from "../../wire-headers.js";
import { Slabs } from "./slabs.js";
import { SocketReader } from "./socket-reader.js";

/** Whom to ask, and how to prove that we may. */
export type PeerAddress = Omit<PeerSource, "localPath">;

export interface ConnectOptions {
  readonly stallMs: number;
  readonly signal: AbortSignal;
}

/** The certificate is pinned: names and authorities mean nothing here. */
const TLS = { rejectUnauthorized: false, minVersion: "TLSv1.2" } as const;
/** How long the other end has to close a connection, milliseconds. */
const GOODBYE_MS = 1_000;

/** A connection to a data server, whose end says whether all has arrived. */
export class PeerConnection {
  /** Plain or TLS: what to read from and write to. */
  readonly socket: Socket;
  /** What arrives. */
  readonly reader: SocketReader;

  constructor(socket: Socket, reader: SocketReader) {
    this.socket = socket;
    this.reader = reader;
  }

  /** All has arrived: the ticket is spent. Nobody has to wait for the end. */
  finish(): void {
    const timer = setTimeout(() => this.socket.destroy(), GOODBYE_MS).unref();
    this.socket.unref();
    this.socket.once("close", () => clearTimeout(timer));
    this.socket.resume();
    this.socket.end();
  }

  /** Not all has arrived: a reset tells the data server that the ticket may resume, an orderly end would not. */
  abandon(): void {
    const { socket } = this;
    // Node resets plain sockets only, and never closes a handle that is reset while it shuts down: it would keep the
    // process from ending. Under TLS it takes words.
    const isOpen = !(socket.destroyed || socket.writableEnded);
    if (isOpen && socket instanceof TLSSocket) return sayBreak(socket);
    if (isOpen) socket.resetAndDestroy();
    socket.destroy();
  }
}

/** Nobody has to wait for the end, and nothing more is read. */
function sayBreak(socket: TLSSocket): void {
  const timer = setTimeout(() => socket.destroy(), GOODBYE_MS).unref();
  socket.pause();
  socket.unref();
  socket.once("close", () => clearTimeout(timer));
  socket.write(BREAK, () => socket.destroy());
}

/**
 * Connects to a data server. With a fingerprint, the certificate is compared before the first byte of a request can
 * leave: WRONG_CERTIFICATE. Rejects with TRANSFER_UNREACHABLE when nobody is there.
 */
export async function connectToPeer(peer: PeerAddress, options: ConnectOptions): Promise<PeerConnection> {
  options.signal.throwIfAborted();
  const { stallMs } = options;
  const slabs = new Slabs();
  const isSecure = peer.fingerprint.length > 0;
  const target = { ...parsePeerUrl(peer.url), noDelay: true, onread: slabs.onread };
  const socket = isSecure ? connectTls({ ...target, ...TLS }) : connectTcp(target);
  const abort = (): void => {
    socket.destroy();
  };
  options.signal.addEventListener("abort", abort, { once: true });
  socket.once("close", () => options.signal.removeEventListener("abort", abort));
  socket.on("error", () => undefined);
  try {
    await opened(socket, isSecure ? "secureConnect" : "connect", { peer, stallMs });
    if (socket instanceof TLSSocket) checkFingerprint(socket, peer);
    return new PeerConnection(socket, new SocketReader(socket, stallMs, slabs));
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

function parsePeerUrl(text: string): { host: string; port: number } {
  const url = new URL(text);
  const host = url.hostname.replace(/^\[|\]$/g, "");
  return { host, port: Number(url.port === "" ? (url.protocol === "https:" ? 443 : 80) : url.port) };
}

async function opened(
  socket: Socket,
  event: "connect" | "secureConnect",
  { peer, stallMs }: { readonly peer: PeerAddress; readonly stallMs: number },
): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const failed = (reason: string, cause?: Error): void => {
      reject(new FetchError("TRANSFER_UNREACHABLE", "source", `${peer.url}: ${reason}`, cause));
    };
    const timedOut = (): void => failed(`no connection within ${stallMs / 1000} s`);
    const closed = (): void => failed("the connection was closed");
    socket.setTimeout(stallMs, timedOut);
    socket.once("error", (error) => failed(error.message, error));
    socket.once("close", closed);
    socket.once(event, () => {
      socket.off("timeout", timedOut);
      socket.off("close", closed);
      socket.setTimeout(0);
      resolve();
    });
  });
}

function checkFingerprint(socket: TLSSocket, peer: PeerAddress): void {
  const shown = socket.getPeerX509Certificate()?.fingerprint256 ?? "";
  const seen = Buffer.from(shown.replaceAll(":", ""), "hex");
  if (seen.length === peer.fingerprint.length && timingSafeEqual(seen, peer.fingerprint)) return;
  throw new FetchError("WRONG_CERTIFICATE", "source", `${peer.url} shows another certificate than announced`);
}
