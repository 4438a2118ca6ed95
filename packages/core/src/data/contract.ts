import type { FileKind } from "../files/file.js";

/** What a data server needs to know to give a file. */
export type Held =
  | {
      readonly type: "path";
      readonly path: string;
      readonly kind: FileKind;
      readonly size: number;
      readonly digest?: string;
    }
  | { readonly type: "bytes"; readonly bytes: Uint8Array };

/**
 * The tickets of one data server: `ticket = expiry(8, ms of the manager's clock) ‖ nonce(16) ‖ HMAC-SHA-256(key, cacheName ‖ receiver ‖ expiry ‖ nonce)`.
 * Per file and per receiver, short-lived; spent once its file has been sent whole (a broken transfer may resume with it).
 */
export interface TicketIssuer {
  issue(cacheName: string, receiver: string): Uint8Array;
}

export interface DataServerOptions {
  /** Interface to listen on. */
  readonly host: string;
  /** 0: any free one. */
  readonly port: number | readonly [number, number];
  /** Plain http, without TLS. Tickets are checked all the same. */
  readonly insecure: boolean;
  readonly ticketKey: Uint8Array;
  /** The manager's monotonic clock, milliseconds, as far as this process knows it. */
  clockMs(): number;
  /** Looks up a cache name. While the returned hold is not released, the file must stay. */
  hold(cacheName: string): { readonly held: Held; release(): void } | undefined;
  /** A peer holds (or let go of) a lifeline: GET /lifeline with a ticket for the name "lifeline". `receiver` as in the ticket. */
  onLifeline?(receiver: string, state: "open" | "closed"): void;
  /** A refused or failed request: for the log and for the tests. `name`: what was being given. */
  onRefused?(error: Error, name?: string): void;
  readonly stallMs?: number;
  /** The head of a request must be complete within this time. Default 5 s. */
  readonly headMs?: number;
  readonly connections?: number;
}

export interface DataServer {
  readonly port: number;
  /** SHA-256 of the certificate's DER; empty when insecure. */
  readonly fingerprint: Uint8Array;
  /** Bytes sent since the start, and transfers running now. */
  readonly stats: { readonly bytesSent: number; readonly sending: number };
  close(): Promise<void>;
}

export type PeerSource = {
  readonly url: string;
  readonly ticket: Uint8Array;
  readonly receiver: string;
  /** Empty: insecure. */
  readonly fingerprint: Uint8Array;
  /** The same file on this host, to be linked instead; "": none. */
  readonly localPath: string;
};

export interface FetchRequest {
  readonly source:
    | ({ readonly type: "peer" } & PeerSource)
    | { readonly type: "url"; readonly url: string; readonly etag: string; readonly lastModified: string }
    | { readonly type: "inline"; readonly bytes: Uint8Array };
  readonly kind: FileKind;
  readonly size?: number;
  /** Hex; the result is refused (DIGEST_MISMATCH) when it differs. */
  readonly digest?: string;
  readonly executable: boolean;
  /** Where to put it: does not exist yet; its parent does. On failure nothing is left there. Read-only on success. */
  readonly into: string;
  readonly signal: AbortSignal;
  readonly stallMs?: number;
  /** Most bytes that may arrive (disk budget): CACHE_FULL beyond. */
  readonly sizeLimit?: number;
  onBytes?(count: number): void;
}

export interface Fetched {
  readonly size: number;
  /** SHA-256 hex, or the Merkle digest of a tree: computed from what arrived. */
  readonly digest: string;
  readonly kind: FileKind;
  /** How it came, for the statistics. */
  readonly via: "peer" | "link" | "url" | "inline";
}

/** Fetches, verifies, and makes read-only. Rejects with a VineError; `fault` as in TransferFailure. Resumes and retries by itself what is worth it (same source). */
export type FetchFile = (request: FetchRequest) => Promise<Fetched>;

export interface UnpackLimits {
  readonly entries: number;
  readonly bytes: number;
  readonly ratio: number;
}
