import { Buffer } from "node:buffer";
import { type ErrorCode, VineError } from "../model/errors.js";
import { LIMITS } from "../model/limits.js";
import { encodeFrame, type Frame, type FrameBody, FrameGate } from "../protocol/index.js";
import { callOwner } from "./call-owner.js";
import type { Link, LinkEnd, LinkHandlers } from "./link.js";
import { nowMs } from "./pulse.js";

/** Batches of one turn are joined in one frame up to this size. */
const JOINED_BYTES = 1024 * 1024;
/** How long a goodbye may take to leave. */
const GOODBYE_MS = 1_000;

export interface SessionOptions {
  /** 16 bytes from the Welcome. */
  readonly session: Uint8Array;
  readonly version: number;
  readonly heartbeatMs: number;
  readonly silenceMs: number;
  /** The other end, for sentences: "worker", "client", "manager". */
  readonly peer: string;
  readonly lostCode: ErrorCode;
  /** How long what came by a connection may take to be read when the connection is gone already. */
  readonly graceMs: number;
  /** There is something new in `head()`, or nothing any more since the session has ended. */
  wake(): void;
}

/** One session, apart from the socket that carries its frames: the owner takes them with `head` and `sent`. */
export class Session implements Link {
  readonly id: string;
  readonly version: number;
  readonly #options: SessionOptions;
  readonly #gate: FrameGate;
  #handlers: LinkHandlers | undefined;
  #queue: Uint8Array[] = [];
  #queuedBytes = 0;
  #head: { readonly bytes: Buffer; readonly batchBytes: number } | undefined;
  #sequence = 0;
  #heartbeatDue = false;
  #goodbye: VineError | undefined;
  #waking = false;
  /** A frame left in this round of the event loop: what is sent now is gathered until its end. */
  #isBusy = false;
  #state: "open" | "closing" | "ended" = "open";
  #lastHeardMs = nowMs();
  #lastSentMs = nowMs();
  #onLeft: (() => void) | undefined;
  /** Who waits for an empty queue. */
  #drained: (() => void)[] = [];
  #leaving: NodeJS.Timeout | undefined;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.id = Buffer.from(options.session).toString("hex");
    this.version = options.version;
    this.#gate = new FrameGate(options.session);
  }

  /** Before the first frame comes in. */
  handle(handlers: LinkHandlers): void {
    this.#handlers = handlers;
  }

  get ended(): boolean {
    return this.#state === "ended";
  }

  get queuedBytes(): number {
    return this.#queuedBytes;
  }

  send(batch: Uint8Array): void {
    if (batch.length > LIMITS.frameBytes) {
      throw new VineError(
        "TOO_LARGE",
        `a batch of ${batch.length} bytes, more than ${LIMITS.frameBytes} (frameBytes)`,
      );
    }
    if (this.#state !== "open") return;
    this.#queue.push(batch);
    this.#queuedBytes += batch.length;
    this.#wakeSoon();
    if (this.#queuedBytes > LIMITS.linkQueueBytes) this.#giveUpSlowReader();
  }

  drained(): Promise<void> {
    if (this.#state === "ended" || (this.#queue.length === 0 && this.#head === undefined))
      return Promise.resolve();
    return new Promise((resolve) => this.#drained.push(resolve));
  }

  async close(reason: VineError): Promise<void> {
    if (this.#state !== "open") return;
    this.#state = "closing";
    this.#goodbye = reason;
    this.#wakeSoon();
    await this.#left();
    this.#end({ type: "local", error: reason });
  }

  /** The frame to send next; the same one until `sent`. */
  head(): Buffer | undefined {
    this.#head ??= this.#nextFrame();
    return this.#head?.bytes;
  }

  /** The socket took the head. */
  sent(): void {
    this.#queuedBytes -= this.#head?.batchBytes ?? 0;
    this.#head = undefined;
    this.#lastSentMs = nowMs();
    if (this.#queue.length > 0) return;
    this.#tellDrained();
    if (this.#goodbye === undefined) this.#onLeft?.();
  }

  /** A frame of the peer. What breaks the rules ends the session. */
  receive(frame: Frame): void {
    if (this.#state !== "open") return;
    // An answer to frames that were sent again on a new connection, which is not ours.
    if (this.#leaving !== undefined && frame.session.length === 0) return;
    const verdict = this.#gate.check(frame);
    if (verdict.type === "violation") {
      this.fail(new VineError("BAD_FRAME", `the ${this.#options.peer} sent ${verdict.sentence}`));
      return;
    }
    this.#lastHeardMs = nowMs();
    if (frame.body.type === "batches") this.#deliver(frame.body.batches);
    else if (frame.body.type === "goodbye") this.#end({ type: "goodbye", error: frame.body.error });
  }

  /** Regularly: speaks when it is time, and notices silence. */
  beat(now: number, sleptMs: number): void {
    if (this.#state !== "open") return;
    this.#lastHeardMs += sleptMs;
    const silentMs = Math.round(now - this.#lastHeardMs);
    if (silentMs > this.#options.silenceMs) {
      this.fail(
        new VineError(this.#options.lostCode, `the ${this.#options.peer} was silent for ${silentMs} ms`),
      );
    } else if (now - this.#lastSentMs >= this.#options.heartbeatMs) {
      this.probe();
    }
  }

  /** Sends a heartbeat now: a socket that has lost the peer will say so. */
  probe(): void {
    this.#heartbeatDue = true;
    this.#options.wake();
  }

  /** The peer is to be told, if it can still hear, why we end. */
  fail(error: VineError): void {
    if (this.#state === "ended") return;
    this.#forgetQueue();
    this.#goodbye = error;
    this.#end({ type: "lost", error });
  }

  /** The connection is gone. What came by it, a goodbye perhaps, is read first. */
  lost(how: string): void {
    if (this.#state !== "open") this.#loseNow(how);
    // After the timers of a turn comes what the network has for it.
    else this.#leaving ??= setTimeout(() => setImmediate(() => this.#loseNow(how)), this.#options.graceMs);
  }

  #loseNow(how: string): void {
    this.#head = undefined;
    this.#goodbye = undefined;
    this.#forgetQueue();
    this.#end({
      type: "lost",
      error: new VineError(this.#options.lostCode, `the ${this.#options.peer} ${how}`),
    });
    this.#onLeft?.();
  }

  #deliver(batches: readonly Uint8Array[]): void {
    for (const batch of batches) {
      if (this.#state !== "open") return;
      try {
        this.#handlers?.onBatch(batch);
      } catch (thrown) {
        this.fail(VineError.from(thrown));
      }
    }
  }

  #nextFrame(): { bytes: Buffer; batchBytes: number } | undefined {
    if (this.#queue.length > 0) return this.#batchesFrame();
    if (this.#goodbye !== undefined) {
      const error = this.#goodbye;
      this.#goodbye = undefined;
      return { bytes: this.#frame({ type: "goodbye", error }), batchBytes: 0 };
    }
    if (!this.#heartbeatDue || this.#state !== "open") return undefined;
    this.#heartbeatDue = false;
    return { bytes: this.#frame({ type: "heartbeat" }), batchBytes: 0 };
  }

  #batchesFrame(): { bytes: Buffer; batchBytes: number } {
    let count = 0;
    let batchBytes = 0;
    for (const batch of this.#queue) {
      if (count > 0 && batchBytes + batch.length > JOINED_BYTES) break;
      batchBytes += batch.length;
      count++;
    }
    const batches = this.#queue.splice(0, count);
    this.#heartbeatDue = false;
    return { bytes: this.#frame({ type: "batches", batches }), batchBytes };
  }

  #frame(body: FrameBody): Buffer {
    this.#sequence++;
    return encodeFrame({ session: this.#options.session, sequence: this.#sequence, body });
  }

  #giveUpSlowReader(): void {
    const sentence = `the ${this.#options.peer} does not read: ${this.#queuedBytes} bytes wait for it (linkQueueBytes)`;
    this.#state = "closing";
    setImmediate(() => this.fail(new VineError("TOO_LARGE", sentence)));
  }

  #forgetQueue(): void {
    this.#queue = [];
    this.#queuedBytes = this.#head?.batchBytes ?? 0;
  }

  #wakeSoon(): void {
    if (this.#waking) return;
    this.#waking = true;
    if (this.#isBusy) {
      setImmediate(this.#wake);
      return;
    }
    this.#isBusy = true;
    queueMicrotask(this.#wake);
    setImmediate(this.#rest);
  }

  readonly #wake = (): void => {
    this.#waking = false;
    this.#options.wake();
  };

  readonly #rest = (): void => {
    this.#isBusy = false;
  };

  #tellDrained(): void {
    for (const tell of this.#drained.splice(0)) tell();
  }

  async #left(): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, GOODBYE_MS);
      this.#onLeft = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #end(end: LinkEnd): void {
    if (this.#state === "ended") return;
    this.#state = "ended";
    clearTimeout(this.#leaving);
    callOwner(() => this.#handlers?.onEnd(end));
    this.#tellDrained();
    this.#options.wake();
  }
}
