import { createHmac, randomBytes } from "node:crypto";
import { decodeFrame, type Frame, type Hello, type Welcome } from "@taskvine/core/protocol";
import type { DialOptions } from "@taskvine/core/transport";
import { Dealer } from "zeromq";

type Keys = NonNullable<DialOptions["keys"]>;

const WAIT_MS = 20_000;

/** A peer with the right keys and a socket of its own, on which it can send what ours never would. */
export class RawDealer implements Disposable {
  readonly #dealer: Dealer;

  constructor(address: string, { serverKey, publicKey, secretKey }: Keys) {
    this.#dealer = new Dealer({
      linger: 0,
      receiveTimeout: WAIT_MS,
      curveServerKey: serverKey,
      curvePublicKey: publicKey,
      curveSecretKey: secretKey,
    });
    this.#dealer.connect(address);
  }

  /** A greeting that proves the secret of a worker. */
  static hello(secretHex: string): Hello {
    const nonce = randomBytes(16);
    const proof = createHmac("sha256", Buffer.from(secretHex, "hex")).update("worker").update(nonce).digest();
    return { type: "hello", role: "worker", versions: { min: 1, max: 1 }, proof, nonce, software: "raw" };
  }

  async send(bytes: Uint8Array): Promise<void> {
    await this.#dealer.send(bytes);
  }

  async greet(hello: Uint8Array): Promise<Welcome> {
    await this.send(hello);
    const { body } = await this.#next();
    if (body.type === "welcome") return body;
    throw new Error(`${body.type} instead of a welcome`);
  }

  /** Code of the error with which the other end ends the session. */
  async farewell(): Promise<string> {
    for (;;) {
      const { body } = await this.#next();
      if (body.type === "goodbye" || body.type === "refused") return body.error.code;
    }
  }

  [Symbol.dispose](): void {
    this.#dealer.close();
  }

  async #next(): Promise<Frame> {
    const [bytes] = await this.#dealer.receive();
    if (bytes === undefined) throw new Error("an empty message");
    return decodeFrame(bytes);
  }
}
