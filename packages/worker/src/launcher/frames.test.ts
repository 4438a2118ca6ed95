import { expect } from "chai";
import * as fc from "fast-check";
import { encodeFrame, FrameReader } from "./frames.js";

interface Message {
  readonly text: string;
  readonly blobs: readonly Uint8Array[];
}

const messages = fc.array(
  fc.record({
    text: fc.string({ unit: "grapheme" }),
    blobs: fc.array(fc.uint8Array({ maxLength: 50 }), { maxLength: 3 }),
  }),
  { maxLength: 5 },
);

describe("frames between worker and launcher", () => {
  it("messages arrive as they were sent, however the stream is cut", () => {
    fc.assert(
      fc.property(fc.array(messages, { maxLength: 4 }), fc.integer({ min: 1, max: 40 }), (frames, step) => {
        const stream = Buffer.concat(frames.flatMap((frame) => encodeFrame(frame)));
        const reader = new FrameReader<Message>();
        const arrived: Message[] = [];
        for (let at = 0; at < stream.byteLength; at += step)
          arrived.push(...reader.push(stream.subarray(at, at + step)));
        const plain = (all: readonly Message[]): unknown[] =>
          all.map(({ text, blobs }) => ({
            text,
            blobs: blobs.map((blob) => Buffer.from(blob).toString("hex")),
          }));
        expect(plain(arrived)).to.deep.equal(plain(frames.flat()));
      }),
      { numRuns: 200 },
    );
  });
});
