import type { Buffer } from "node:buffer";

/** Something with frames to send: the same head until it was sent. */
export interface Sender {
  /** Nobody waits for what it still has: it is sent if that is possible at once. */
  readonly ended: boolean;
  head(): Buffer | undefined;
  sent(): void;
}

/** What came of handing a frame to the network: it took it, it can take none for this peer now, or the peer is gone. */
export type Sending = "sent" | "full" | "gone";

export interface OutboxPort<S extends Sender> {
  transmit(sender: S, frame: Buffer): Promise<Sending>;
  /** The network does not know the peer any more. */
  onGone(sender: S): void;
  /** It has ended, and what it had is sent or given up. */
  onDone?(sender: S): void;
}

/** How soon a full peer is tried again, milliseconds; doubled up to the most. */
const RETRY_MS = 2;
const MOST_RETRY_MS = 64;

/**
 * One pump for one socket, which takes one frame at a time: senders take turns, and one that is full does not hold up
 * the others.
 */
export class Outbox<S extends Sender> {
  readonly #port: OutboxPort<S>;
  readonly #ready = new Set<S>();
  readonly #full = new Set<S>();
  #pumping = false;
  #closed = false;
  #retry: NodeJS.Timeout | undefined;
  #retryMs = RETRY_MS;

  constructor(port: OutboxPort<S>) {
    this.#port = port;
  }

  /** `sender` has a head, perhaps. */
  wake(sender: S): void {
    if (this.#closed || this.#full.has(sender)) return;
    this.#ready.add(sender);
    void this.#pump();
  }

  /** Looks at a full one at once: its peer may be gone. */
  retryNow(): void {
    clearTimeout(this.#retry);
    this.#retry = undefined;
    const full = [...this.#full];
    this.#full.clear();
    for (const sender of full) this.wake(sender);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#retry);
    this.#ready.clear();
    this.#full.clear();
  }

  async #pump(): Promise<void> {
    if (this.#pumping) return;
    this.#pumping = true;
    // Senders that are woken meanwhile join at the end of the round.
    for (const sender of this.#ready) {
      this.#ready.delete(sender);
      const frame = sender.head();
      if (frame !== undefined) this.#settle(sender, await this.#port.transmit(sender, frame));
      else if (sender.ended) this.#port.onDone?.(sender);
    }
    this.#pumping = false;
  }

  #settle(sender: S, sending: Sending): void {
    if (this.#closed) return;
    if (sending === "sent") {
      this.#retryMs = RETRY_MS;
      sender.sent();
      this.#ready.add(sender);
    } else if (sending === "gone") {
      this.#port.onGone(sender);
    } else if (sender.ended) {
      this.#port.onDone?.(sender);
    } else {
      this.#full.add(sender);
      this.#retryLater();
    }
  }

  #retryLater(): void {
    if (this.#retry !== undefined) return;
    this.#retry = setTimeout(() => this.retryNow(), this.#retryMs);
    this.#retryMs = Math.min(2 * this.#retryMs, MOST_RETRY_MS);
  }
}
