import { Buffer } from "node:buffer";
import protobuf from "protobufjs/minimal.js";
import { VineError } from "../model/errors.js";
import { LIMITS } from "../model/limits.js";
import { badFrame, readCount, whole } from "./checks.js";
import { WireWriter } from "./writer.js";

export type Reader = protobuf.Reader;

// ManagerBatch and WorkerBatch: `repeated … messages = 1`, `uint64 clock_ms = 2`.
const MESSAGES_TAG = (1 << 3) | 2;
const CLOCK_TAG = (2 << 3) | 0;

/** A batch of messages, written straight to one buffer. */
export function writeBatch<T>(
  messages: readonly T[],
  write: (message: T, writer: WireWriter) => void,
  clockMs = 0,
): Buffer {
  const writer = new WireWriter();
  for (const message of messages) {
    writer.uint32(MESSAGES_TAG).fork();
    write(message, writer);
    writer.ldelim();
  }
  if (clockMs > 0) writer.uint32(CLOCK_TAG).uint64(whole(clockMs));
  return writer.finish();
}

/**
 * Walks a batch: calls `each` for every message in it, with the reader at its first byte and its length.
 * Bounds are looked at before anything is made of a message. Returns the batch's clock (0 where it has none).
 */
export function readBatch(bytes: Uint8Array, each: (reader: Reader, length: number) => void): number {
  return guarded(() => {
    const reader = readerOf(bytes);
    let count = 0;
    let clockMs = 0;
    while (reader.pos < reader.len) {
      const tag = reader.uint32();
      if (tag === MESSAGES_TAG) {
        if (++count > LIMITS.frameMessages)
          throw badFrame(`more than ${LIMITS.frameMessages} messages in a batch`);
        const length = reader.uint32();
        checkMessage(reader, length);
        each(reader, length);
      } else if (tag === CLOCK_TAG) {
        clockMs = readCount(Number(reader.uint64()), "the clock");
      } else {
        reader.skipType(tag & 7, 0, tag >>> 3);
      }
    }
    return clockMs;
  });
}

/** Runs a parser over bytes of a stranger: whatever it throws becomes BAD_FRAME. */
export function guarded<T>(parse: () => T): T {
  try {
    return parse();
  } catch (thrown) {
    if (thrown instanceof VineError) throw thrown;
    throw new VineError("BAD_FRAME", "a frame that is no protobuf of ours", { cause: thrown });
  }
}

export function readerOf(bytes: Uint8Array): Reader {
  return protobuf.Reader.create(
    Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length),
  );
}

/** A small message can hold few fields; a large one is counted before it is parsed, so that it cannot fill the memory. */
function checkMessage(reader: Reader, length: number): void {
  if (length > LIMITS.messageBytes)
    throw badFrame(`a message of ${length} bytes, more than ${LIMITS.messageBytes}`);
  if (reader.pos + length > reader.len) throw badFrame("a message that ends after its frame");
  if (length < LIMITS.messageFields) return;
  // The one field of the envelope is the message itself.
  const envelope = readerOf(reader.buf.subarray(reader.pos, reader.pos + length));
  while (envelope.pos < envelope.len) {
    const tag = envelope.uint32();
    if ((tag & 7) === 2) countFields(envelope, envelope.uint32(), LIMITS.messageFields);
    else envelope.skipType(tag & 7, 0, tag >>> 3);
  }
}

/** Skips `length` bytes of fields. Throws BAD_FRAME when there are more than `most`. */
export function countFields(reader: Reader, length: number, most: number): void {
  const end = reader.pos + length;
  let fields = 0;
  while (reader.pos < end) {
    if (++fields > most) throw badFrame(`more than ${most} fields`);
    const tag = reader.uint32();
    reader.skipType(tag & 7, 0, tag >>> 3);
  }
}
