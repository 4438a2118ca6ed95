import { Buffer } from "node:buffer";
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { VineError } from "../model/errors.js";
import { agreeVersion, type Hello, PROTOCOL_VERSIONS, type Welcome } from "../protocol/index.js";
import type { Role, RoleKeys, WelcomeFacts } from "./link.js";

const NONCE_BYTES = 16;
const SESSION_BYTES = 16;
/** Nonces remembered, so that a recorded greeting opens no second session. */
const NONCES_KEPT = 10_000;

/** The greeting of a dialer. Without keys (insecure) it proves nothing. */
export function greeting(role: Role, software: string, keys: RoleKeys | undefined): Hello {
  const nonce = randomBytes(NONCE_BYTES);
  const proof = keys === undefined ? Buffer.alloc(0) : proofOf(keys.secret, role, nonce);
  return { type: "hello", role, versions: PROTOCOL_VERSIONS, proof, nonce, software };
}

/** HMAC-SHA-256 of the role's secret over role and nonce. */
function proofOf(secretHex: string, role: Role, nonce: Uint8Array): Buffer {
  return createHmac("sha256", Buffer.from(secretHex, "hex")).update(role).update(nonce).digest();
}

export interface DoorkeeperOptions {
  /** Absent: insecure, everybody is let in as what it says that it is. */
  readonly secrets?: Readonly<Record<Role, string>>;
  readonly welcome: WelcomeFacts;
  readonly heartbeatMs: number;
  readonly silenceMs: number;
}

/** Decides about greetings. */
export class Doorkeeper {
  readonly #options: DoorkeeperOptions;
  readonly #nonces = new Set<string>();

  constructor(options: DoorkeeperOptions) {
    this.#options = options;
  }

  /** The Welcome for a new session. Throws NOT_AUTHORISED or VERSION_MISMATCH. */
  admit(hello: Hello): Welcome {
    if (this.#options.secrets !== undefined) this.#checkProof(hello, this.#options.secrets[hello.role]);
    const version = agreeVersion(PROTOCOL_VERSIONS, hello.versions);
    const { heartbeatMs, silenceMs, welcome } = this.#options;
    return {
      type: "welcome",
      version,
      session: randomBytes(SESSION_BYTES),
      heartbeatMs,
      silenceMs,
      ...welcome,
    };
  }

  #checkProof(hello: Hello, secret: string): void {
    const expected = proofOf(secret, hello.role, hello.nonce);
    const proven = hello.proof.length === expected.length && timingSafeEqual(hello.proof, expected);
    if (!proven || hello.nonce.length !== NONCE_BYTES) {
      throw new VineError("NOT_AUTHORISED", `a peer does not have the secret of a ${hello.role}`);
    }
    this.#spendNonce(Buffer.from(hello.nonce).toString("hex"));
  }

  #spendNonce(nonce: string): void {
    if (this.#nonces.has(nonce)) throw new VineError("NOT_AUTHORISED", "a greeting that was used before");
    this.#nonces.add(nonce);
    if (this.#nonces.size <= NONCES_KEPT) return;
    for (const oldest of this.#nonces) {
      this.#nonces.delete(oldest);
      return;
    }
  }
}
