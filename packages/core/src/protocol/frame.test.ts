import { expect } from "chai";
import fc from "fast-check";
import { taskvine } from "#wire";
import { ERRORS, type ErrorCode, LIMITS, VineError } from "../model/index.js";
import { decodeFrame, encodeFrame, type Frame, type FrameBody, FrameGate, handshakeFrame } from "./index.js";
import { expectBadFrame } from "./refusals.test.js";

const session = new Uint8Array(16).fill(7);
const label = fc.stringMatching(/^[A-Za-z0-9 .-]{0,30}$/);
const bytes = fc.uint8Array({ maxLength: 64 });
const sixteen = fc.uint8Array({ minLength: 16, maxLength: 16 });
const uint32 = fc.integer({ min: 0, max: 0xffff_ffff });

const bodies: fc.Arbitrary<FrameBody> = fc.oneof(
  fc.record({
    type: fc.constant("hello" as const),
    role: fc.constantFrom("worker", "client"),
    versions: fc.record({ min: uint32, max: uint32 }),
    proof: bytes,
    nonce: bytes,
    software: label,
  }),
  fc.record({
    type: fc.constant("welcome" as const),
    version: uint32,
    session: sixteen,
    managerName: label,
    managerInstance: label,
    software: label,
    heartbeatMs: uint32,
    silenceMs: uint32,
  }),
  fc.record({
    type: fc.constant("batches" as const),
    batches: fc.array(bytes, { minLength: 1, maxLength: 5 }),
  }),
  fc.constant({ type: "heartbeat" as const }),
);

/** Buffers as plain arrays of bytes, so that views compare with what they show. */
function plain(frame: Frame): unknown {
  return JSON.parse(
    JSON.stringify(frame, (_, value: unknown) => {
      const buffer = value as { type?: string; data?: number[] } | null;
      if (buffer?.type === "Buffer") return buffer.data;
      return value instanceof Uint8Array ? [...value] : value;
    }),
  );
}

describe("frames", () => {
  it("arrive as they were sent", () => {
    fc.assert(
      fc.property(bodies, fc.maxSafeNat(), sixteen, (body, sequence, of) => {
        const frame = { session: of, sequence, body };
        expect(plain(decodeFrame(encodeFrame(frame)))).to.deep.equal(plain(frame));
      }),
    );
  });

  it("carry every error with its code, sentence and hint", () => {
    for (const code of Object.keys(ERRORS) as ErrorCode[]) {
      const error = new VineError(code, "a sentence", { hint: "a hint" });
      const { body } = decodeFrame(encodeFrame({ session, sequence: 1, body: { type: "goodbye", error } }));
      const told = body.type === "goodbye" ? body.error : undefined;
      expect(told).to.include({ code, message: "a sentence", hint: "a hint" });
    }
  });

  it("an error code of a newer version, or a name of JavaScript, keeps its sentence", () => {
    for (const code of ["NEW_CODE", "__proto__", "constructor"]) {
      const goodbye = { code, sentence: "too new for you", hint: "" };
      const { body } = decodeFrame(taskvine.handshake.Frame.encode({ goodbye }).finish());
      expect(body.type === "goodbye" && body.error.code).to.equal("BAD_FRAME");
      expect(body.type === "goodbye" && body.error.message).to.equal("too new for you");
    }
  });

  it("turns away what is no frame of ours", () => {
    const { Frame } = taskvine.handshake;
    const hostile: Record<string, Uint8Array> = {
      nothing: Buffer.alloc(0),
      "a greeting of the web": Buffer.from("GET / HTTP/1.1\r\n\r\n"),
      "no body": Frame.encode({ session, sequence: 1 }).finish(),
      "an empty handshake": Frame.encode({ handshake: {} }).finish(),
      "a short session": Frame.encode({
        session: session.subarray(1),
        sequence: 1,
        heartbeat: true,
      }).finish(),
      "a heartbeat of false": Frame.encode({ session, sequence: 1, heartbeat: false }).finish(),
      "a number too large to count": Frame.encode({ session, sequence: 2 ** 60, heartbeat: true }).finish(),
      "no role": Frame.encode({ handshake: { hello: {} } }).finish(),
      "a welcome without session": Frame.encode({ handshake: { welcome: {} } }).finish(),
      "a torn frame": encodeFrame({ session, sequence: 1, body: { type: "heartbeat" } }).subarray(0, 5),
      "groups in groups in groups": Buffer.alloc(100_000, 0x0b),
      "millions of empty batches": Buffer.alloc(1_000_000, Buffer.from([0x22, 0x00])),
    };
    for (const [what, frame] of Object.entries(hostile)) expectBadFrame(() => decodeFrame(frame), what);
  });

  it("a frame over its bound is not even looked at", () => {
    const frame = Buffer.alloc(LIMITS.frameBytes + 1_000);
    expect(() => decodeFrame(frame))
      .to.throw(VineError)
      .with.property("code", "TOO_LARGE");
  });
});

describe("FrameGate", () => {
  const heartbeat = (sequence: number, of: Uint8Array = session): Frame => ({
    session: of,
    sequence,
    body: { type: "heartbeat" },
  });

  it("lets the frames of its session through in order", () => {
    const gate = new FrameGate(session);
    expect([1, 2, 3].map((sequence) => gate.check(heartbeat(sequence)).type)).to.deep.equal([
      "ok",
      "ok",
      "ok",
    ]);
  });

  it("stops what is replayed, left out, spliced, or greets again, and all that follows", () => {
    const error = new VineError("INTERNAL", "x");
    const wrong: Record<string, Frame> = {
      replayed: heartbeat(1),
      "left out": heartbeat(3),
      spliced: heartbeat(2, new Uint8Array(16).fill(8)),
      "without a session": heartbeat(2, new Uint8Array(0)),
      refused: { session, sequence: 2, body: { type: "refused", error } },
      greeting: handshakeFrame({ type: "refused", error }),
    };
    for (const [what, frame] of Object.entries(wrong)) {
      const gate = new FrameGate(session);
      gate.check(heartbeat(1));
      expect(gate.check(frame).type, what).to.equal("violation");
      expect(gate.check(heartbeat(2)).type, `after ${what}`).to.equal("violation");
    }
  });
});
