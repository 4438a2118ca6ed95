import type { Buffer } from "node:buffer";
import { type ErrorCode, VineError } from "../model/errors.js";
import { LIMITS } from "../model/limits.js";
import { decodeFrame, encodeFrame, type Frame, handshakeFrame } from "../protocol/index.js";
import { callOwner } from "./call-owner.js";
import { Doorkeeper } from "./doorkeeper.js";
import type { LinkHandlers, LinkServerOptions, Role } from "./link.js";
import { Outbox, type Sender, type Sending } from "./outbox.js";
import { Pulse } from "./pulse.js";
import { Session } from "./session.js";

/** Peers that were turned away and are remembered, so that each gets one answer and no more. */
const TURNED_AWAY_KEPT = 4_096;
/** The network may tell of a lost connection a little before it forgets the peer: it is asked soon, and once more later. */
const ASK_SOON_MS = 20;
const ASK_AGAIN_MS = 250;

const LOST_CODES = { worker: "WORKER_LOST", client: "CLIENT_LOST" } as const satisfies Record<Role, string>;
/** For the last frames of a peer to be read: others may have much to say at the same time. */
const GRACE_MS = 200;

/** Ends of a session that are the peer's doing, and no accident. */
const BROKEN_RULES: ReadonlySet<ErrorCode> = new Set(["BAD_FRAME", "TOO_LARGE"]);

/** A connection, as the network names it. Has a session, or was turned away. */
export class Peer implements Sender {
  readonly address: Buffer;
  session: Session | undefined;
  /** The one frame beside those of the session: Welcome or Refused. Goes first. */
  #answer: Buffer | undefined;

  constructor(address: Buffer) {
    this.address = address;
  }

  answer(frame: Frame): void {
    this.#answer = encodeFrame(frame);
  }

  get ended(): boolean {
    return this.session?.ended ?? true;
  }

  head(): Buffer | undefined {
    return this.#answer ?? this.session?.head();
  }

  sent(): void {
    if (this.#answer === undefined) this.session?.sent();
    else this.#answer = undefined;
  }
}

export interface HostOptions
  extends Pick<LinkServerOptions, "welcome" | "heartbeatMs" | "silenceMs" | "onLink" | "onRefused"> {
  readonly secrets?: Readonly<Record<Role, string>>;
  transmit(peer: Buffer, frame: Buffer): Promise<Sending>;
}

/** The server's end of all links, apart from the socket: greets, keeps the sessions, turns away. */
export class LinkHost {
  readonly #options: HostOptions;
  readonly #doorkeeper: Doorkeeper;
  readonly #outbox: Outbox<Peer>;
  readonly #pulse: Pulse;
  readonly #peers = new Map<string, Peer>();
  readonly #turnedAway = new Set<string>();
  readonly #timing: { readonly heartbeatMs: number; readonly silenceMs: number };
  #askSoon: NodeJS.Timeout | undefined;
  #askAgain: NodeJS.Timeout | undefined;
  #closing: VineError | undefined;

  constructor(options: HostOptions) {
    this.#options = options;
    const { heartbeatMs = LIMITS.heartbeatMs, silenceMs = LIMITS.silenceMs } = options;
    this.#timing = { heartbeatMs, silenceMs };
    this.#doorkeeper = new Doorkeeper({ ...options, ...this.#timing });
    this.#pulse = new Pulse(heartbeatMs / 2, (now, sleptMs) => {
      for (const peer of this.#peers.values()) peer.session?.beat(now, sleptMs);
    });
    this.#outbox = new Outbox<Peer>({
      transmit: (peer, frame) => options.transmit(peer.address, frame),
      onGone: (peer) => peer.session?.lost("went away without a goodbye"),
    });
  }

  /** A frame came in. `address` names the connection. */
  receive(address: Buffer, bytes: Buffer): void {
    const key = address.toString("latin1");
    if (this.#turnedAway.has(key)) return;
    const peer = this.#peers.get(key);
    const session = peer?.session;
    try {
      if (session === undefined) this.#greet(peer ?? new Peer(address), decodeFrame(bytes));
      else session.receive(decodeFrame(bytes));
    } catch (thrown) {
      const error = VineError.from(thrown);
      if (session === undefined) this.#turnAway(peer ?? new Peer(address), error);
      else session.fail(error);
    }
  }

  /** Some connection has ended: finds out whose. */
  someoneLeft(): void {
    this.#askSoon ??= setTimeout(() => {
      this.#askSoon = undefined;
      this.#askAll();
    }, ASK_SOON_MS);
    clearTimeout(this.#askAgain);
    this.#askAgain = setTimeout(() => this.#askAll(), ASK_AGAIN_MS);
  }

  async close(reason: VineError): Promise<void> {
    this.#closing = reason;
    const sessions = [...this.#peers.values()].flatMap((peer) => peer.session ?? []);
    await Promise.all(sessions.map((session) => session.close(reason)));
    this.#pulse.stop();
    clearTimeout(this.#askSoon);
    clearTimeout(this.#askAgain);
    this.#outbox.close();
  }

  #askAll(): void {
    for (const peer of this.#peers.values()) peer.session?.probe();
    this.#outbox.retryNow();
  }

  #greet(peer: Peer, frame: Frame): void {
    const { body } = frame;
    if (body.type !== "hello")
      throw new VineError("BAD_FRAME", `a ${body.type} from a peer without a session`);
    if (this.#closing !== undefined) throw this.#closing;
    const welcome = this.#doorkeeper.admit(body);
    const session = new Session({
      ...this.#timing,
      // A program that is busy says nothing for long, while its network library answers for it: see heartbeatInterval.
      ...(body.role === "client"
        ? { silenceMs: Math.max(this.#timing.silenceMs, LIMITS.clientSilenceMs) }
        : {}),
      session: welcome.session,
      version: welcome.version,
      peer: body.role,
      lostCode: LOST_CODES[body.role],
      graceMs: GRACE_MS,
      wake: () => this.#outbox.wake(peer),
    });
    session.handle(
      this.#watched(this.#options.onLink(session, body.role, { software: body.software }), peer),
    );
    peer.session = session;
    peer.answer(handshakeFrame(welcome));
    this.#peers.set(peer.address.toString("latin1"), peer);
    this.#outbox.wake(peer);
  }

  #watched(handlers: LinkHandlers, peer: Peer): LinkHandlers {
    return {
      onBatch: (batch) => handlers.onBatch(batch),
      onEnd: (end) => {
        this.#forget(peer);
        if (end.type === "lost" && BROKEN_RULES.has(end.error.code)) this.#report(end.error);
        handlers.onEnd(end);
      },
    };
  }

  #turnAway(peer: Peer, error: VineError): void {
    this.#forget(peer);
    peer.answer(handshakeFrame({ type: "refused", error }));
    this.#outbox.wake(peer);
    this.#report(error);
  }

  #report(error: VineError): void {
    callOwner(() => this.#options.onRefused?.(error));
  }

  /** What else comes from this connection is not looked at. The frames that it still has to get leave. */
  #forget(peer: Peer): void {
    const key = peer.address.toString("latin1");
    this.#peers.delete(key);
    this.#turnedAway.add(key);
    if (this.#turnedAway.size <= TURNED_AWAY_KEPT) return;
    for (const oldest of this.#turnedAway) {
      this.#turnedAway.delete(oldest);
      return;
    }
  }
}
