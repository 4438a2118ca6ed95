import type { Buffer } from "node:buffer";
import { VineError } from "../model/errors.js";
import { LIMITS } from "../model/limits.js";
import { printDuration } from "../model/units.js";
import {
  agreeVersion,
  decodeFrame,
  encodeFrame,
  type Frame,
  handshakeFrame,
  PROTOCOL_VERSIONS,
  type Welcome,
} from "../protocol/index.js";
import { greeting } from "./doorkeeper.js";
import type { DialOptions, Link, WelcomeFacts } from "./link.js";
import { Outbox, type Sender, type Sending } from "./outbox.js";
import { Pulse } from "./pulse.js";
import { Session } from "./session.js";

/** The shortest time between heartbeats that a manager may ask of us. */
const LEAST_HEARTBEAT_MS = 10;
/** For the manager's last frames to be read. Shorter than the time after which the network would connect again. */
const GRACE_MS = 50;

export interface Dialled {
  readonly link: Link;
  readonly welcome: WelcomeFacts;
}

export interface GuestOptions {
  readonly dial: DialOptions;
  transmit(frame: Buffer): Promise<Sending>;
  /** The dial failed, or the session has ended and its last frame was sent: the socket may go. */
  onDone(): void;
}

/** The dialer's end of a link, apart from the socket. */
export class LinkGuest implements Sender {
  readonly #options: GuestOptions;
  readonly #outbox: Outbox<LinkGuest>;
  readonly #resolve: (dialled: Dialled) => void;
  readonly #reject: (error: VineError) => void;
  /** Settles once. Rejects with NO_MANAGER, NOT_AUTHORISED, VERSION_MISMATCH, or what the other end refused with. */
  readonly dialled: Promise<Dialled>;
  readonly #onAbort = (): void => this.fail(VineError.from(this.#options.dial.signal?.reason, "CANCELLED"));
  #state: "greeting" | "open" | "failed" = "greeting";
  #hello: Buffer | undefined;
  #session: Session | undefined;
  #pulse: Pulse | undefined;
  #timer: NodeJS.Timeout;
  /** Frames that came in the turn of the Welcome, before the caller has its link. */
  #early: Frame[] | undefined;

  constructor(options: GuestOptions) {
    this.#options = options;
    const { dial } = options;
    let resolve!: (dialled: Dialled) => void;
    let reject!: (error: VineError) => void;
    this.dialled = new Promise((...settle) => ([resolve, reject] = settle));
    this.#resolve = resolve;
    this.#reject = reject;
    this.#outbox = new Outbox<LinkGuest>({
      transmit: (_, frame) => options.transmit(frame),
      onGone: () => this.lost("closed the connection"),
      onDone: () => this.#done(),
    });
    this.#hello = encodeFrame(handshakeFrame(greeting(dial.role, dial.software, dial.keys)));
    const sentence = `nothing that we can talk to answers at ${dial.address} within ${printDuration(dial.connectTimeoutMs)}`;
    this.#timer = setTimeout(() => this.fail(new VineError("NO_MANAGER", sentence)), dial.connectTimeoutMs);
    dial.signal?.addEventListener("abort", this.#onAbort, { once: true });
    if (dial.signal?.aborted === true) this.#onAbort();
  }

  /** Greets: the socket can take frames now. */
  start(): void {
    this.#outbox.wake(this);
  }

  get ended(): boolean {
    return this.#state === "failed" || this.#session?.ended === true;
  }

  head(): Buffer | undefined {
    return this.#hello ?? this.#session?.head();
  }

  sent(): void {
    if (this.#hello === undefined) this.#session?.sent();
    else this.#hello = undefined;
  }

  /** The connection stands and is encrypted: now the greeting has to be answered in time. */
  connected(): void {
    if (this.#state !== "greeting") return;
    clearTimeout(this.#timer);
    const { address, connectTimeoutMs } = this.#options.dial;
    const waitMs = Math.min(LIMITS.handshakeMs, connectTimeoutMs);
    const sentence = `the manager at ${address} does not answer within ${printDuration(waitMs)}`;
    this.#timer = setTimeout(() => this.fail(new VineError("NO_MANAGER", sentence)), waitMs);
  }

  receive(bytes: Buffer): void {
    try {
      const frame = decodeFrame(bytes);
      if (this.#early !== undefined) this.#early.push(frame);
      else if (this.#session !== undefined) this.#session.receive(frame);
      else if (this.#state === "greeting") this.#open(frame);
    } catch (thrown) {
      this.fail(VineError.from(thrown, "BAD_FRAME"));
    }
  }

  /** The dial fails; or the session ends, and the other end is told why. */
  fail(error: VineError): void {
    if (this.#session !== undefined) {
      this.#session.fail(error);
    } else if (this.#state === "greeting") {
      this.#state = "failed";
      this.#hello = undefined;
      this.#reject(error);
      this.#done();
    }
  }

  /** The connection is no more. */
  lost(how: string): void {
    if (this.#session !== undefined) this.#session.lost(how);
    else this.fail(new VineError("NO_MANAGER", `the manager at ${this.#options.dial.address} ${how}`));
  }

  #open(frame: Frame): void {
    if (frame.body.type === "refused") throw frame.body.error;
    if (frame.body.type !== "welcome")
      throw new VineError("BAD_FRAME", `a ${frame.body.type} instead of a welcome`);
    const welcome = frame.body;
    agreeVersion(PROTOCOL_VERSIONS, { min: welcome.version, max: welcome.version });
    const session = this.#startSession(welcome);
    this.#state = "open";
    clearTimeout(this.#timer);
    this.#early = [];
    const { managerName, managerInstance, software } = welcome;
    this.#resolve({ link: session, welcome: { managerName, managerInstance, software } });
    setImmediate(() => this.#catchUp());
  }

  #startSession(welcome: Welcome): Session {
    const heartbeatMs = Math.max(LEAST_HEARTBEAT_MS, welcome.heartbeatMs);
    const session = new Session({
      session: welcome.session,
      version: welcome.version,
      heartbeatMs,
      silenceMs: Math.max(2 * heartbeatMs, welcome.silenceMs),
      peer: "manager",
      lostCode: "MANAGER_LOST",
      graceMs: GRACE_MS,
      wake: () => this.#outbox.wake(this),
    });
    session.handle(this.#options.dial.handlers);
    this.#pulse = new Pulse(heartbeatMs / 2, (now, sleptMs) => session.beat(now, sleptMs));
    this.#session = session;
    return session;
  }

  #catchUp(): void {
    const early = this.#early ?? [];
    this.#early = undefined;
    for (const frame of early) this.#session?.receive(frame);
  }

  #done(): void {
    clearTimeout(this.#timer);
    this.#pulse?.stop();
    this.#outbox.close();
    this.#options.dial.signal?.removeEventListener("abort", this.#onAbort);
    this.#options.onDone();
  }
}
