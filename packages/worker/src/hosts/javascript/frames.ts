import type { Encoding } from "@taskvine/core/model";

/** First bytes of compact headers. */
export const COMPACT_CALL = 1;
export const COMPACT_CALL_WITH_VALUES = 3;
const COMPACT_RESULT = 2;
const COMPACT_RESULT_BYTES = 18;
const SIZES_BYTES = 8;

export const ENCODING_OF_CODE: readonly (Encoding | undefined)[] = [undefined, "json", "pickle", "v8"];
const CODE_OF_ENCODING: Readonly<Record<Encoding, number>> = { json: 1, pickle: 2, v8: 3 };

/** A frame of the library protocol whose header is JSON. */
export function jsonFrame(header: object, body?: Uint8Array): Buffer {
  const text = JSON.stringify(header);
  const headerBytes = Buffer.byteLength(text);
  const frame = Buffer.allocUnsafe(SIZES_BYTES + headerBytes + (body?.length ?? 0));
  frame.writeUInt32BE(headerBytes, 0);
  frame.writeUInt32BE(body?.length ?? 0, 4);
  frame.write(text, SIZES_BYTES, "utf8");
  if (body !== undefined) frame.set(body, SIZES_BYTES + headerBytes);
  return frame;
}

/** The short frame of a call that printed nothing and whose value travels in it. */
export function compactResult(id: number, encoding: Encoding, times: CallTimes, value: Uint8Array): Buffer {
  const frame = Buffer.allocUnsafe(SIZES_BYTES + COMPACT_RESULT_BYTES + value.length);
  frame.writeUInt32BE(COMPACT_RESULT_BYTES, 0);
  frame.writeUInt32BE(value.length, 4);
  frame[8] = COMPACT_RESULT;
  frame[9] = CODE_OF_ENCODING[encoding];
  frame.writeUInt32BE(id, 10);
  frame.writeUInt32BE(times.wallUs, 14);
  frame.writeUInt32BE(times.cpuUs, 18);
  frame.writeUInt32BE(0, 22);
  frame.set(value, 26);
  return frame;
}

export interface CallTimes {
  readonly wallUs: number;
  readonly cpuUs: number;
}

/** Copies frames into one piece of memory of their own, which can be moved to a thread. */
export function gather(
  frames: readonly { readonly header: Uint8Array; readonly body: Uint8Array }[],
): Buffer {
  let bytes = 0;
  for (const { header, body } of frames) bytes += SIZES_BYTES + header.length + body.length;
  const gathered = Buffer.allocUnsafeSlow(bytes);
  let at = 0;
  for (const { header, body } of frames) {
    gathered.writeUInt32BE(header.length, at);
    gathered.writeUInt32BE(body.length, at + 4);
    gathered.set(header, at + SIZES_BYTES);
    at += SIZES_BYTES + header.length;
    gathered.set(body, at);
    at += body.length;
  }
  return gathered;
}
