import { expect } from "chai";
import fc from "fast-check";
import { BadLibraryFrame, type LibraryFrame } from "../../library/frames/frame-reader.js";
import { readCompactCall } from "./call-header.js";

/** A call of f with 2 bytes of arguments and the values v (3 bytes) and ww (1 byte). */
function aFrame(): { header: Buffer; body: Buffer } {
  const header = Buffer.from([
    3, 1, 0, 0, 0, 9, 0, 1, 0, 2, 0x66, 0, 0, 0, 3, 0, 1, 0x76, 0, 0, 0, 1, 0, 2, 0x77, 0x77,
  ]);
  return { header, body: Buffer.from("[]2221") };
}

const inputs = [
  { name: "v", use: "value", attachment: 1 },
  { name: "ww", use: "value", attachment: 2 },
];

describe("short headers of calls with values", () => {
  it("tell the function, the values, and what is left for the arguments", () => {
    const call = readCompactCall(aFrame());
    expect(call).to.deep.equal({ id: 9, function: "f", encoding: "json", inputs, sizes: [2, 3, 1] });
  });

  it("are refused where they claim more than there is, or leave something over", () => {
    const lies: ((frame: { header: Buffer; body: Buffer }) => void)[] = [
      (frame) => (frame.body = frame.body.subarray(0, 3)),
      (frame) => frame.header.writeUInt32BE(0xffff_ffff, 11),
      (frame) => frame.header.writeUInt16BE(0xffff, 6),
      (frame) => frame.header.writeUInt16BE(3, 8),
      (frame) => frame.header.writeUInt16BE(1, 8),
      (frame) => frame.header.writeUInt16BE(0xffff, 22),
      (frame) => (frame.header = frame.header.subarray(0, 9)),
      (frame) => (frame.header = Buffer.concat([frame.header, Buffer.from("x")])),
    ];
    for (const [index, lie] of lies.entries()) {
      const frame = aFrame();
      lie(frame);
      expect(() => readCompactCall(frame), `lie ${index}`).to.throw(BadLibraryFrame);
    }
  });

  it("never name bytes that are not in the frame, whatever they are", () => {
    const small = fc.integer({ min: 0, max: 12 });
    const noise = fc.uint8Array({ maxLength: 40 });
    fc.assert(
      fc.property(noise, small, small, noise, (rest, name, count, body) => {
        const header = Buffer.from([3, 2, 0, 0, 0, 1, 0, name, 0, count, ...rest]);
        const sizes = sizesOf({ header, body: Buffer.from(body) });
        if (sizes !== undefined) expect(sizes.reduce((sum, size) => sum + size, 0)).to.equal(body.length);
      }),
    );
  });
});

/** Undefined: it was refused. */
function sizesOf(frame: LibraryFrame): readonly number[] | undefined {
  try {
    return readCompactCall(frame).sizes;
  } catch (error) {
    expect(error).to.be.instanceOf(BadLibraryFrame);
    return undefined;
  }
}
