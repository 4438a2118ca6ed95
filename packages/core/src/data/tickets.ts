import { Buffer } from "node:buffer";
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { LIMITS } from "../model/limits.js";
import type { TicketIssuer } from "./contract.js";

const EXPIRY_BYTES = 8;
const NONCE_BYTES = 16;
const MAC_BYTES = 32;
const TICKET_BYTES = EXPIRY_BYTES + NONCE_BYTES + MAC_BYTES;

/** What a ticket is asked for. */
export interface TicketUse {
  readonly cacheName: string;
  readonly receiver: string;
}

/** The receiving end of tickets: one for each data server. */
export interface TicketChecker {
  /** Undefined when the ticket is good for this use, else why not (for the log only: the other end is not told). */
  refusal(ticket: Uint8Array, use: TicketUse): string | undefined;
  /** Its file has been sent whole: it opens nothing any more. */
  spend(ticket: Uint8Array): void;
  /** The connection broke when all was sent but perhaps not all received: a spent ticket may resume after all. */
  restore(ticket: Uint8Array): void;
}

/** Issues tickets that live for `lifeMs` of the clock they are checked with. */
export function makeTicketIssuer(
  key: Uint8Array,
  clockMs: () => number,
  lifeMs: number = LIMITS.ticketMs,
): TicketIssuer {
  return {
    issue: (cacheName, receiver) => {
      const head = Buffer.alloc(EXPIRY_BYTES + NONCE_BYTES);
      head.writeBigUInt64BE(BigInt(Math.max(0, Math.ceil(clockMs() + lifeMs))));
      randomBytes(NONCE_BYTES).copy(head, EXPIRY_BYTES);
      return Buffer.concat([head, macOf(key, head, { cacheName, receiver })]);
    },
  };
}

/**
 * Checks tickets made with the same key. A transfer begun in time may be resumed for as long again after the
 * ticket's end, so that a long one survives a broken connection.
 */
export function makeTicketChecker(key: Uint8Array, clockMs: () => number): TicketChecker {
  return new Checker(key, clockMs);
}

class Checker implements TicketChecker {
  readonly #key: Uint8Array;
  readonly #clockMs: () => number;
  /** Nonces seen, until they could not be used anyway. */
  readonly #seen = new Map<string, { spent: boolean; forgetAtMs: number }>();
  #nextSweepMs = 0;

  constructor(key: Uint8Array, clockMs: () => number) {
    this.#key = key;
    this.#clockMs = clockMs;
  }

  refusal(ticket: Uint8Array, use: TicketUse): string | undefined {
    if (ticket.length !== TICKET_BYTES) return "the ticket is malformed";
    const head = ticket.subarray(0, EXPIRY_BYTES + NONCE_BYTES);
    const mac = ticket.subarray(EXPIRY_BYTES + NONCE_BYTES);
    if (!timingSafeEqual(mac, macOf(this.#key, head, use)))
      return "the ticket is not for this file and receiver";
    return this.#refusalOfGenuine(ticket);
  }

  spend(ticket: Uint8Array): void {
    const seen = this.#seen.get(nonceOf(ticket));
    if (seen !== undefined) seen.spent = true;
  }

  restore(ticket: Uint8Array): void {
    const seen = this.#seen.get(nonceOf(ticket));
    if (seen !== undefined) seen.spent = false;
  }

  #refusalOfGenuine(ticket: Uint8Array): string | undefined {
    const nowMs = this.#clockMs();
    this.#sweep(nowMs);
    const nonce = nonceOf(ticket);
    const seen = this.#seen.get(nonce);
    if (seen?.spent === true) return "the ticket was used before";
    const expiryMs = expiryOf(ticket);
    if (seen === undefined && nowMs > expiryMs) return "the ticket has expired";
    if (seen !== undefined && nowMs > seen.forgetAtMs) return "the ticket has expired";
    if (seen === undefined) {
      this.#seen.set(nonce, { spent: false, forgetAtMs: expiryMs + LIMITS.ticketMs });
    }
    return undefined;
  }

  #sweep(nowMs: number): void {
    if (nowMs < this.#nextSweepMs) return;
    this.#nextSweepMs = nowMs + LIMITS.ticketMs / 10;
    for (const [nonce, seen] of this.#seen) if (nowMs > seen.forgetAtMs) this.#seen.delete(nonce);
  }
}

function nonceOf(ticket: Uint8Array): string {
  return Buffer.from(ticket.subarray(EXPIRY_BYTES, EXPIRY_BYTES + NONCE_BYTES)).toString("latin1");
}

function expiryOf(ticket: Uint8Array): number {
  return Number(Buffer.from(ticket.subarray(0, EXPIRY_BYTES)).readBigUInt64BE());
}

/** The parts are length-prefixed, so that no other name and receiver give the same bytes. */
function macOf(key: Uint8Array, head: Uint8Array, use: TicketUse): Buffer {
  const mac = createHmac("sha256", key);
  for (const text of [use.cacheName, use.receiver]) {
    const bytes = Buffer.from(text, "utf8");
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    mac.update(length).update(bytes);
  }
  return mac.update(head).digest();
}
