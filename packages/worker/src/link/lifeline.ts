import { createHash, timingSafeEqual } from "node:crypto";
import { connect as connectPlain, type Socket } from "node:net";
import { connect as connectTls, type TLSSocket } from "node:tls";
import type { DataSource } from "@taskvine/core/protocol";

const RETRY_MS = 100;
/** The pause grows up to this where somebody is there, but has no room for us. */
const LONGEST_RETRY_MS = 5_000;
const GROWTH = 1.5;
/** Tries in a row that reach nobody before the manager counts as gone. */
const TRIES = 5;

/**
 * A connection to the manager's data server that carries nothing: the kernel closes it when either process dies, so
 * that the other knows at once. Opened again when it breaks for other reasons.
 */
export class Lifeline {
  readonly #source: DataSource;
  readonly #receiver: string;
  readonly #onGone: (reason: string) => void;
  #socket: Socket | undefined;
  #timer: NodeJS.Timeout | undefined;
  #failures = 0;
  #retryMs = RETRY_MS;
  #closed = false;

  constructor(source: DataSource, receiver: string, onGone: (reason: string) => void) {
    this.#source = source;
    this.#receiver = receiver;
    this.#onGone = onGone;
    this.#open();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#socket?.destroy();
  }

  #open(): void {
    const url = new URL(this.#source.url);
    const isSecure = url.protocol === "https:";
    const place = { host: url.hostname.replace(/^\[|\]$/g, ""), port: Number(url.port) };
    // The certificate is its own authority: what counts is its fingerprint, looked at before anything is sent.
    const socket = isSecure ? connectTls({ ...place, rejectUnauthorized: false }) : connectPlain(place);
    this.#socket = socket;
    let isThere = false;
    socket.once("connect", () => (isThere = true));
    socket.once(isSecure ? "secureConnect" : "connect", () => {
      isThere = !isSecure || this.#isGenuine(socket as TLSSocket);
      if (isThere) socket.write(this.#request(url));
      else socket.destroy();
    });
    socket.on("data", (bytes: Buffer) => this.#answered(bytes));
    socket.on("error", () => undefined);
    socket.once("close", () => this.#broke(isThere));
  }

  #isGenuine(socket: TLSSocket): boolean {
    const certificate = socket.getPeerX509Certificate();
    if (certificate === undefined) return false;
    const digest = createHash("sha256").update(certificate.raw).digest();
    const { fingerprint } = this.#source;
    return digest.length === fingerprint.length && timingSafeEqual(digest, fingerprint);
  }

  #request(url: URL): string {
    const ticket = Buffer.from(this.#source.ticket).toString("base64");
    const lines = [
      `GET ${url.pathname} HTTP/1.1`,
      `Host: ${url.host}`,
      `Authorization: Vine ${ticket}`,
      `X-Vine-Receiver: ${this.#receiver}`,
    ];
    return `${lines.join("\r\n")}\r\n\r\n`;
  }

  #answered(bytes: Buffer): void {
    this.#failures = 0;
    this.#retryMs = RETRY_MS;
    // The ticket is too old to open it once more: silence on the link must do.
    if (bytes.toString("latin1", 0, 13).startsWith("HTTP/1.1 4")) this.close();
  }

  /** Who takes connections is not gone, though it may have too many of them. */
  #broke(isThere: boolean): void {
    if (this.#closed) return;
    this.#failures = isThere ? 0 : this.#failures + 1;
    this.#retryMs = isThere ? Math.min(LONGEST_RETRY_MS, this.#retryMs * GROWTH) : RETRY_MS;
    if (this.#failures > TRIES) {
      this.#closed = true;
      this.#onGone("its lifeline broke and cannot be opened again");
      return;
    }
    this.#timer = setTimeout(() => this.#open(), this.#retryMs);
  }
}
