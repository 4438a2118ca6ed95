import { Buffer } from "node:buffer";
import { createHash, timingSafeEqual } from "node:crypto";
import { connect as connectPlain, type Socket } from "node:net";
import { connect as connectTls, type TLSSocket } from "node:tls";
import type { PeerSource } from "../contract.js";
import { FetchError } from "../fetch-error.js";

/** Whom to ask, and how to prove that we may. */
export type PeerAddress = Omit<PeerSource, "localPath">;

export interface ConnectOptions {
  readonly stallMs: number;
  readonly signal: AbortSignal;
}

/**
 * Connects to a data server. With a fingerprint, the certificate is compared before the first byte of a request can
 * leave: WRONG_CERTIFICATE. Rejects with TRANSFER_UNREACHABLE when nobody is there.
 */
export async function connectToPeer(peer: PeerAddress, options: ConnectOptions): Promise<Socket> {
  const url = parsePeerUrl(peer.url);
  options.signal.throwIfAborted();
  const socket = peer.fingerprint.length === 0 ? connectPlain(url) : connectTls({ ...url, ...TLS });
  const abort = (): void => {
    socket.destroy(options.signal.reason as Error);
  };
  options.signal.addEventListener("abort", abort, { once: true });
  socket.once("close", () => options.signal.removeEventListener("abort", abort));
  try {
    await connected(socket, peer, options.stallMs);
    if (peer.fingerprint.length > 0) checkFingerprint(socket as TLSSocket, peer);
    return socket;
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

/** The certificate is pinned: names and authorities mean nothing here. */
const TLS = { rejectUnauthorized: false, minVersion: "TLSv1.2" } as const;

function parsePeerUrl(text: string): { host: string; port: number } {
  const url = new URL(text);
  const host = url.hostname.replace(/^\[|\]$/g, "");
  return { host, port: Number(url.port === "" ? (url.protocol === "https:" ? 443 : 80) : url.port) };
}

async function connected(socket: Socket, peer: PeerAddress, stallMs: number): Promise<void> {
  const event = peer.fingerprint.length === 0 ? "connect" : "secureConnect";
  await new Promise<void>((resolve, reject) => {
    const failed = (error: Error): void => {
      if (error instanceof FetchError) reject(error);
      else reject(new FetchError("TRANSFER_UNREACHABLE", "source", `${peer.url}: ${error.message}`, error));
    };
    socket.setTimeout(stallMs, () => failed(new Error(`no connection within ${stallMs / 1000} s`)));
    socket.once("error", failed);
    socket.once("close", () => failed(new Error("the connection was closed")));
    socket.once(event, () => {
      socket.off("error", failed);
      resolve();
    });
  });
}

function checkFingerprint(socket: TLSSocket, peer: PeerAddress): void {
  const { raw } = socket.getPeerCertificate();
  const seen = createHash("sha256").update((raw as Buffer | undefined) ?? Buffer.alloc(0)).digest();
  if (seen.length === peer.fingerprint.length && timingSafeEqual(seen, peer.fingerprint)) return;
  throw new FetchError("WRONG_CERTIFICATE", "source", `${peer.url} shows another certificate than announced`);
}
