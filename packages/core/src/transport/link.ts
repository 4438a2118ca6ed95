import type { VineError } from "../model/errors.js";

/** Why a link ended. `goodbye`: the other end said so; `lost`: silence or a broken session; `local`: we closed it. */
export interface LinkEnd {
  readonly type: "goodbye" | "lost" | "local";
  readonly error: VineError;
}

/** What the owner of a link is told. Called from our own turn, never from inside `send`. */
export interface LinkHandlers {
  /**
   * One batch of the role's protocol, in order, each exactly once. Valid only during the call: copy what lives longer.
   * What it throws (BAD_FRAME from a decoder) ends the link, and the other end is told.
   */
  onBatch(batch: Uint8Array): void;
  /** Last call. */
  onEnd(end: LinkEnd): void;
}

/**
 * One session with an authenticated peer that agreed on a version: batches in order, heartbeats, an end.
 * Frames, sequence numbers, encryption and heartbeats are its own business; the content of batches is not.
 */
export interface Link {
  /** Names the session in logs. */
  readonly id: string;
  readonly version: number;
  /**
   * Queues a batch; it leaves with the next turn of the event loop, in one frame with the others of this turn. A batch over
   * LIMITS.frameBytes throws TOO_LARGE; more than LIMITS.linkQueueBytes in the queue end the link. Does nothing after the end.
   */
  send(batch: Uint8Array): void;
  /** Bytes queued and not yet handed to the network. */
  readonly queuedBytes: number;
  /** Resolves when everything that was queued was handed to the network, or the link has ended. */
  drained(): Promise<void>;
  /** Says goodbye and ends; resolves when what was queued has left (bounded by one second). */
  close(reason: VineError): Promise<void>;
}

/** What the manager's end says in its Welcome, for the peer. */
export interface WelcomeFacts {
  readonly managerName: string;
  readonly managerInstance: string;
  readonly software: string;
}

/** Keys of one manager, as written to its connection file (0600). Z85 strings as CURVE uses them. */
export interface ConnectionFile {
  readonly format: 1;
  readonly managerName: string;
  /** tcp://host:port, most useful first. */
  readonly addresses: readonly string[];
  readonly insecure: boolean;
  /** CURVE public key of the manager; "" when insecure. */
  readonly serverKey: string;
  /** One key pair and secret for each role: who has them is let in as that role. */
  readonly worker: RoleKeys;
  readonly client: RoleKeys;
}
export interface RoleKeys {
  readonly publicKey: string;
  readonly secretKey: string;
  /** Hex, 32 bytes. */
  readonly secret: string;
}

export type Role = "worker" | "client";

export interface LinkServerOptions {
  /** Interface to listen on. Default 127.0.0.1: a cluster must be opened on purpose. */
  readonly host?: string;
  /** 0: any free port (the default); a pair: the first free one of that range. */
  readonly port?: number | readonly [number, number];
  readonly welcome: WelcomeFacts;
  readonly insecure?: boolean;
  readonly heartbeatMs?: number;
  readonly silenceMs?: number;
  /** A peer passed the handshake: say who handles it, or throw a VineError to turn it away with that. */
  onLink(link: Link, role: Role, peer: { readonly software: string }): LinkHandlers;
  /** A peer was turned away or broke the rules: for the log. */
  onRefused?(error: VineError): void;
}

export interface LinkServer {
  readonly port: number;
  /** Everything that belongs into the connection file, but the addresses, which the caller knows better. */
  readonly keys: Omit<ConnectionFile, "addresses" | "managerName" | "format">;
  /** Ends all links with a goodbye, then the socket. */
  close(reason: VineError): Promise<void>;
}

export interface DialOptions {
  /** tcp://host:port */
  readonly address: string;
  readonly role: Role;
  readonly software: string;
  /** Absent: insecure. */
  readonly keys?: { readonly serverKey: string } & RoleKeys;
  readonly connectTimeoutMs: number;
  readonly handlers: LinkHandlers;
  readonly signal?: AbortSignal;
}

/**
 * Connects and shakes hands; tries again until connectTimeoutMs where nobody answers yet. It has resolved before the first
 * `onBatch`. Rejects with NO_MANAGER, NOT_AUTHORISED, VERSION_MISMATCH or the Refused error of the other end.
 */
export type Dial = (options: DialOptions) => Promise<{ readonly link: Link; readonly welcome: WelcomeFacts }>;
