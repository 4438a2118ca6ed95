import { createHash, randomBytes } from "node:crypto";
import { expect } from "chai";
import { thrown } from "../testing/thrown.js";
import { hashStream } from "./hash-stream.js";
import { closeDataThreads } from "./pool.js";

function shared(bytes: Uint8Array): Uint8Array {
  const copy = new Uint8Array(new SharedArrayBuffer(bytes.length));
  copy.set(bytes);
  return copy;
}

describe("a hash stream", () => {
  after(closeDataThreads);

  it("finds the digest of its blocks, many streams at a time", async () => {
    const streams = Array.from({ length: 20 }, async () => {
      const blocks = Array.from({ length: 5 }, (_, index) => randomBytes(1 + index * 1_000));
      const stream = hashStream();
      for (const block of blocks) await stream.send(shared(block));
      return (
        (await stream.end()) ===
        createHash("sha256")
          .update(new Uint8Array(blocks.flatMap((block) => [...block])))
          .digest("hex")
      );
    });
    expect((await Promise.all(streams)).every(Boolean)).to.equal(true);
  });

  it("is done with a block when it says so", async () => {
    const [stream, block] = [hashStream(), shared(Buffer.from("one"))];
    await stream.send(block);
    block.set(Buffer.from("two"));
    await stream.send(block);
    expect(await stream.end()).to.equal(createHash("sha256").update("onetwo").digest("hex"));
  });

  it("that is closed before its end lets go of who waits and of its thread", async () => {
    const stream = hashStream();
    const waiting = stream.send(shared(Buffer.from("one")));
    await stream.close();
    await waiting;
    expect((await thrown(stream.send(shared(Buffer.from("two"))))).message).to.contain("closed");
  });
});
