import { Buffer } from "node:buffer";
import { expect } from "chai";
import fc from "fast-check";
import { Slabs } from "./slabs.js";

/** What a reader gets that holds two chunks at a time, as they are when it lets go of them. */
function passThrough(pieces: readonly Uint8Array[], atLeast: number): Buffer {
  const slabs = new Slabs();
  const [held, read]: [Uint8Array[], Buffer[]] = [[], []];
  const letGo = (): void => {
    const chunk = held.shift();
    if (chunk === undefined) return;
    read.push(Buffer.from(chunk));
    slabs.giveBack(chunk);
  };
  const takeAll = (least: number): void => {
    for (let chunk = slabs.take(least); chunk !== undefined; chunk = slabs.take(least)) {
      if (held.push(chunk) > 2) letGo();
    }
  };
  for (const piece of pieces) {
    slabs.copy(piece);
    takeAll(atLeast);
  }
  takeAll(1);
  while (held.length > 0) letGo();
  return Buffer.concat(read);
}

describe("slabs", () => {
  it("hand out what was filled in, in order, and touch nothing that is held", () => {
    const sizes = fc.array(fc.integer({ min: 0, max: 700_000 }), { maxLength: 12 });
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 2_000_000 }), (lengths, atLeast) => {
        const pieces = lengths.map((length, index) => Buffer.alloc(length, index + 1));
        expect(passThrough(pieces, atLeast).equals(Buffer.concat(pieces))).to.equal(true);
      }),
      { numRuns: 30 },
    );
  });

  it("hand out whole slabs to those who want much, whatever pieces come", () => {
    const slabs = new Slabs();
    for (let at = 0; at < 300; at++) slabs.copy(Buffer.alloc(16_384));
    const chunks: number[] = [];
    for (let chunk = slabs.take(1e9); chunk !== undefined; chunk = slabs.take(1e9)) chunks.push(chunk.length);
    expect(chunks).to.deep.equal([65_536, 1_048_576, 1_048_576, 1_048_576, 1_048_576]);
  });

  it("are used again", () => {
    const slabs = new Slabs();
    const memory = new Set<ArrayBufferLike>();
    for (let at = 0; at < 1_000; at++) {
      slabs.copy(Buffer.alloc(20_000));
      const chunk = slabs.take(1);
      if (chunk === undefined) continue;
      memory.add(chunk.buffer);
      slabs.giveBack(chunk);
    }
    expect(memory.size).to.be.at.most(4);
  });
});
