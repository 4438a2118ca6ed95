import { Buffer } from "node:buffer";
import { expect } from "chai";
import { VineError } from "../model/errors.js";
import { decodeFrame, encodeFrame, type Frame } from "../protocol/index.js";
import { nowMs } from "./pulse.js";
import { Recorder } from "./recorder.test.js";
import { Session } from "./session.js";

const ID = new Uint8Array(16).fill(3);

/** A session whose frames are taken by hand. */
function makeSession(): { session: Session; recorder: Recorder; wakes: () => number; take: () => Frame[] } {
  let wakes = 0;
  const session = new Session({
    session: ID,
    version: 1,
    heartbeatMs: 1_000,
    silenceMs: 3_000,
    peer: "worker",
    lostCode: "WORKER_LOST",
    graceMs: 1,
    wake: () => wakes++,
  });
  const recorder = new Recorder();
  session.handle(recorder);
  const take = (): Frame[] => {
    const frames: Frame[] = [];
    for (let bytes = session.head(); bytes !== undefined; bytes = session.head()) {
      frames.push(decodeFrame(bytes));
      session.sent();
    }
    return frames;
  };
  return { session, recorder, wakes: () => wakes, take };
}

const sizes = (frames: readonly Frame[]): unknown[] =>
  frames.map(({ body }) => (body.type === "batches" ? body.batches.map((batch) => batch.length) : body.type));

describe("Session", () => {
  it("batches of one turn leave as one frame, after one wake", async () => {
    const { session, take, wakes } = makeSession();
    for (const size of [10, 20, 30]) session.send(Buffer.alloc(size));
    expect(wakes()).to.equal(0);
    await new Promise((resolve) => setImmediate(resolve));
    expect(wakes()).to.equal(1);
    expect(sizes(take())).to.deep.equal([[10, 20, 30]]);
  });

  it("large batches are not joined", () => {
    const { session, take } = makeSession();
    for (const size of [900_000, 900_000, 3_000_000, 5]) session.send(Buffer.alloc(size));
    expect(sizes(take())).to.deep.equal([[900_000], [900_000], [3_000_000], [5]]);
  });

  it("frames are counted from 1, whatever they carry", () => {
    const { session, take } = makeSession();
    session.probe();
    const first = take();
    session.send(Buffer.alloc(1));
    session.fail(new VineError("BAD_FRAME", "enough"));
    const frames = [...first, ...take()];
    expect(frames.map(({ sequence, body }) => [sequence, body.type])).to.deep.equal([
      [1, "heartbeat"],
      [2, "goodbye"],
    ]);
  });

  it("speaks when it has said nothing for a heartbeat, and not before", () => {
    const { session, take } = makeSession();
    const start = nowMs();
    session.beat(start + 900, 0);
    expect(take()).to.deep.equal([]);
    session.beat(start + 1_100, 0);
    expect(sizes(take())).to.deep.equal(["heartbeat"]);
  });

  it("ends when the peer was silent for too long, and says so", () => {
    const { session, recorder, take } = makeSession();
    session.beat(nowMs() + 3_100, 0);
    expect(recorder.end?.error).to.include({ code: "WORKER_LOST" });
    expect(recorder.end?.error.message).to.match(/silent for 31\d\d ms/);
    expect(sizes(take())).to.deep.equal(["goodbye"]);
  });

  it("does not blame the peer for the time in which we stood still ourselves", () => {
    const { session, recorder } = makeSession();
    session.beat(nowMs() + 60_000, 60_000);
    expect(recorder.end).to.equal(undefined);
  });

  it("reads a goodbye that is still on its way when the connection is gone", async () => {
    const { session, recorder } = makeSession();
    session.lost("went away");
    const error = new VineError("CANCELLED", "bye");
    const frame = encodeFrame({ session: ID, sequence: 1, body: { type: "goodbye", error } });
    session.receive(decodeFrame(frame));
    expect((await recorder.ended).type).to.equal("goodbye");
  });

  it("is lost when nothing more comes by a connection that is gone", async () => {
    const { session, recorder } = makeSession();
    session.lost("went away");
    const end = await recorder.ended;
    expect(end.type).to.equal("lost");
    expect(end.error.message).to.equal("the worker went away");
  });

  it("a clock that is set an hour on ends nothing", () => {
    const { session, recorder } = makeSession();
    const realNow = Date.now;
    Date.now = () => realNow() + 3_600_000;
    try {
      session.beat(nowMs(), 0);
    } finally {
      Date.now = realNow;
    }
    expect(recorder.end).to.equal(undefined);
  });

  it("delivers nothing of a frame after the batch that ended the session", () => {
    const { session } = makeSession();
    const seen: string[] = [];
    session.handle({
      onBatch: (batch) => {
        seen.push(String(batch));
        throw new VineError("BAD_FRAME", "no");
      },
      onEnd: () => seen.push("end"),
    });
    const batches = ["a", "b"].map((text) => Buffer.from(text));
    const frame = encodeFrame({ session: ID, sequence: 1, body: { type: "batches", batches } });
    session.receive(decodeFrame(frame));
    expect(seen).to.deep.equal(["a", "end"]);
  });
});
