import { VineError } from "@taskvine/core/executor";

/**
 * What the Python side and we give each other: JSON, then bytes that it tells of.
 *
 *     2 bytes   0x80 and a letter for what it is
 *     uint32    length of the JSON, little-endian
 *     JSON, in ASCII
 *     bytes
 */
export interface Envelope {
  readonly head: unknown;
  readonly body: Buffer;
}

const MARK = 0x80;
const START = 6;

export const UNIT = "U";
export const REPORT = "R";

export function packEnvelope(letter: string, head: unknown, body: readonly Uint8Array[]): Uint8Array[] {
  const json = Buffer.from(JSON.stringify(head));
  const start = Buffer.alloc(START);
  start.writeUInt8(MARK, 0);
  start.write(letter, 1, "latin1");
  start.writeUInt32LE(json.length, 2);
  return [start, json, ...body];
}

/** Throws EXECUTOR_FAILED for what is none. */
export function openEnvelope(letter: string, bytes: Uint8Array): Envelope {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (all.length < START || all[0] !== MARK || all.toString("latin1", 1, 2) !== letter)
    throw new VineError("EXECUTOR_FAILED", "a host of the library dask answers in words that we do not know");
  const end = START + all.readUInt32LE(2);
  return { head: JSON.parse(all.toString("utf8", START, end)) as unknown, body: all.subarray(end) };
}

/** Bytes before the JSON, and how long that is. */
export function envelopeStart(bytes: Buffer): number {
  return START + bytes.readUInt32LE(2);
}

export const ENVELOPE_START = START;
