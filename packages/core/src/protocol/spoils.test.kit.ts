import type { Random } from "../testing/random.js";

/** Ways in which bytes come to harm on their way, or in which a hostile peer makes them. */
export const SPOILS: readonly ((bytes: Buffer, random: Random) => Buffer)[] = [
  // Some bits.
  (bytes: Buffer, random: Random): Buffer => {
    for (let i = random.between(1, 4); i > 0; i--) {
      const at = random.int(bytes.length);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << random.int(8));
    }
    return bytes;
  },
  // An end too soon.
  (bytes: Buffer, random: Random): Buffer => bytes.subarray(0, random.int(bytes.length)),
  // A length or number as large as it can be.
  (bytes: Buffer, random: Random): Buffer => {
    const at = random.int(bytes.length);
    return Buffer.concat([
      bytes.subarray(0, at),
      Buffer.from("ffffffffffffffffff01", "hex"),
      bytes.subarray(at),
    ]);
  },
  // A piece twice, or somewhere else.
  (bytes: Buffer, random: Random): Buffer => {
    const from = random.int(bytes.length);
    const piece = bytes.subarray(from, from + random.int(40));
    const at = random.int(bytes.length);
    return Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)]);
  },
  // Text that is none.
  (bytes: Buffer, random: Random): Buffer =>
    bytes.fill(random.pick([0x80, 0xc0, 0xff, 0]), random.int(bytes.length)),
  // No frame at all.
  (bytes: Buffer, random: Random): Buffer => Buffer.from(bytes.map(() => random.int(256))),
];
