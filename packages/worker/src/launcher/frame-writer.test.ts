import { PassThrough } from "node:stream";
import { expect } from "chai";
import sinon from "sinon";
import { FrameWriter } from "./frame-writer.js";
import { FrameReader } from "./frames.js";
import type { FromLauncher } from "./messages.js";

const STARTED: FromLauncher = { type: "started", key: "1-1", pid: 7 };
const FAILED: FromLauncher = { type: "failed", key: "1-1", errno: "ENOENT", message: "gone" };

describe("a message between launcher and worker", () => {
  let clock: sinon.SinonFakeTimers;
  let writer: FrameWriter<FromLauncher>;
  let writes: string[][];

  beforeEach(() => {
    clock = sinon.useFakeTimers();
    writes = [];
    const reader = new FrameReader<FromLauncher>();
    const target = new PassThrough();
    sinon.stub(target, "write").callsFake((chunk: Buffer) => {
      writes.push(reader.push(chunk).map(({ type }) => type));
      return true;
    });
    writer = new FrameWriter(target);
  });

  afterEach(() => {
    clock.restore();
  });

  it("that is in no hurry goes with the next one", () => {
    writer.sendPatiently(STARTED);
    clock.tick(1);
    expect(writes).to.deep.equal([]);
    writer.send(FAILED);
    clock.tick(1);
    expect(writes).to.deep.equal([["started", "failed"]]);
    clock.runAll();
    expect(writes).to.have.length(1);
  });

  it("that is in no hurry goes alone where nothing follows", () => {
    writer.sendPatiently(STARTED);
    clock.tick(50);
    expect(writes).to.deep.equal([["started"]]);
  });
});
