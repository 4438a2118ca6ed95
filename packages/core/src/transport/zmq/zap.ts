import { Buffer } from "node:buffer";
import { type Context, Router } from "zeromq";

/** Where libzmq asks who may connect (ZeroMQ RFC 27), one place in each context. */
const ZAP_ADDRESS = "inproc://zeromq.zap.01";
const VERSION = "1.0";
const KEY_BYTES = 32;

/** Answers libzmq's questions: only holders of one of the keys get past the encryption's handshake. */
export class Gatekeeper {
  readonly #socket: Router;
  readonly #allowed: ReadonlySet<string>;
  readonly #onStranger: (address: string) => void;

  /** `keys`: CURVE public keys, Z85. */
  constructor(context: Context, keys: readonly string[], onStranger: (address: string) => void) {
    this.#socket = new Router({ context, linger: 0 });
    this.#allowed = new Set(keys.map((key) => z85Decode(key).toString("hex")));
    this.#onStranger = onStranger;
  }

  /** Before the socket that it guards is bound. */
  async open(): Promise<void> {
    await this.#socket.bind(ZAP_ADDRESS);
    void this.#serve();
  }

  close(): void {
    this.#socket.close();
  }

  async #serve(): Promise<void> {
    try {
      for await (const parts of this.#socket) await this.#answer(parts);
    } catch {
      // The socket was closed while we waited.
    }
  }

  async #answer(parts: readonly Buffer[]): Promise<void> {
    const [asker, , version, request, , address, , mechanism, key] = parts;
    if (asker === undefined || request === undefined) return;
    const known = String(version) === VERSION && String(mechanism) === "CURVE" && this.#knows(key);
    if (!known) this.#onStranger(String(address));
    const [status, text] = known ? ["200", "OK"] : ["400", "no key of this manager"];
    await this.#socket.send([asker, "", VERSION, request, status, text, "", ""]);
  }

  #knows(key: Buffer | undefined): boolean {
    return key?.length === KEY_BYTES && this.#allowed.has(key.toString("hex"));
  }
}

const Z85 = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#";
const Z85_CHARACTERS = 5; // for four bytes

/** ZeroMQ RFC 32. */
function z85Decode(text: string): Buffer {
  const bytes = Buffer.alloc((text.length / Z85_CHARACTERS) * 4);
  for (let i = 0; i * Z85_CHARACTERS < text.length; i++) {
    let value = 0;
    for (const character of text.slice(i * Z85_CHARACTERS, (i + 1) * Z85_CHARACTERS)) {
      value = value * Z85.length + Z85.indexOf(character);
    }
    bytes.writeUInt32BE(value, 4 * i);
  }
  return bytes;
}
