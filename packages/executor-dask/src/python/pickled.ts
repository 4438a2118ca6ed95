/** Opcodes of Python's pickles, protocol 4: as much as it takes to hand bytes to a function. */
const HEAD = Buffer.from([0x80, 4, 0x8e]);
const TUPLE1 = 0x85;
const EMPTY_DICT = 0x7d;
const TUPLE2 = 0x86;
const STOP = 0x2e;
const TAIL = Buffer.from([TUPLE1, EMPTY_DICT, TUPLE2, STOP]);

/** Arguments of a call that is given nothing but these bytes: a pickle of `((bytes,), {})`. */
export function pickledBytes(pieces: readonly Uint8Array[]): Uint8Array {
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(pieces.reduce((sum, { length }) => sum + length, 0)));
  return Buffer.concat([HEAD, size, ...pieces, TAIL]);
}
