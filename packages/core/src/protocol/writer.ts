import { Buffer } from "node:buffer";
import protobuf from "protobufjs/minimal.js";

const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * Writes text only as the other end will take it: half a surrogate pair, which has no UTF-8, becomes U+FFFD. A user's
 * odd command or file name must not look like a broken frame.
 */
export class WireWriter extends protobuf.BufferWriter {
  override string(value: string): this {
    super.string(LONE_SURROGATE.test(value) ? Buffer.from(value, "utf8").toString("utf8") : value);
    return this;
  }

  override finish(): Buffer {
    return super.finish() as Buffer;
  }
}
