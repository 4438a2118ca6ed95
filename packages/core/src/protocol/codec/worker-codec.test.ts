import { expect } from "chai";
import fc from "fast-check";
import { taskvine } from "#wire";
import { attempt, LIMITS, taskId } from "../../model/index.js";
import type { AttemptOutcome } from "../../tasks/result.js";
import { decodeWorkerBatch, encodeWorkerBatch } from "../index.js";
import { workerMessages } from "../message-arbitraries.test.js";
import { expectBadFrame } from "../refusals.test.js";

function batchOf(...messages: object[]): Uint8Array {
  return taskvine.worker.WorkerBatch.encode({ messages }).finish();
}

const ENDED = { task: 1, attempt: 1, code: "success", stdout: {}, stderr: {}, measured: {} };
const INTRODUCE = { name: "w", host: "h", hostId: "i", resources: { cores: 4, memory: 1, disk: 1 } };

describe("worker messages on the wire", () => {
  it("the end of a call that gave a small value takes few bytes", () => {
    const none = { tail: new Uint8Array(0), size: 0, truncated: false };
    const phases = { queuedMs: 0.1, stagedMs: 0, ranMs: 0.1, collectedMs: 0 };
    const call = { encoding: "json", value: Buffer.from("42") } as const;
    const outcome: AttemptOutcome = {
      code: "success",
      stdout: none,
      stderr: none,
      outputs: [],
      call,
      measured: { wallMs: 0.1 },
      phases,
    };
    const batch = encodeWorkerBatch([{ type: "ended", task: taskId(1), attempt: attempt(1), outcome }]);
    expect(batch.length).to.be.lessThan(32);
  });

  it("every batch arrives as it was sent, in order", () => {
    fc.assert(
      fc.property(fc.array(workerMessages, { maxLength: 6 }), (messages) => {
        expect(decodeWorkerBatch(encodeWorkerBatch(messages))).to.deep.equal(messages);
      }),
    );
  });

  it("a result code of a newer version is unknown, not an error", () => {
    const [message] = decodeWorkerBatch(batchOf({ ended: { ...ENDED, code: "eaten-by-a-bear" } }));
    expect(message).to.have.nested.property("outcome.code", "unknown");
  });

  it("a result code that is a name of JavaScript is unknown too", () => {
    const [message] = decodeWorkerBatch(batchOf({ ended: { ...ENDED, code: "__proto__" } }));
    expect(message).to.have.nested.property("outcome.code", "unknown");
  });

  it("turns away what no honest worker sends", () => {
    const hostile: Record<string, object> = {
      "an empty message": {},
      "no stdout": { ended: { task: 1, attempt: 1, code: "success", stderr: {}, measured: {} } },
      "no measurement": { ended: { task: 1, attempt: 1, code: "success", stdout: {}, stderr: {} } },
      "a tail over its limit": {
        ended: { ...ENDED, stdout: { tail: new Uint8Array(LIMITS.inlineBytes + 1) } },
      },
      "an output that is a path": {
        ended: { ...ENDED, outputs: [{ file: 1, cacheName: "a/b", kind: 1 }] },
      },
      "a size over what a number holds": { replicaReady: { transfer: 1, kind: 1, size: 2 ** 60 } },
      "no kind": { replicaReady: { transfer: 1, size: 1 } },
      "a short digest": { replicaReady: { transfer: 1, size: 1, kind: 1, digest: new Uint8Array(31) } },
      "no fault": { transferFailed: { transfer: 1, error: "X" } },
      "no resources": { introduce: { name: "w" } },
      "a billion cores": { introduce: { ...INTRODUCE, resources: { cores: 1e9 } } },
      "infinitely many cores": {
        introduce: { ...INTRODUCE, resources: { cores: Number.POSITIVE_INFINITY } },
      },
      "a million gpus": { introduce: { ...INTRODUCE, resources: { cores: 1, gpus: 1e6 } } },
      "a port of 70000": { introduce: { ...INTRODUCE, dataPort: 70_000 } },
      "an escape sequence in its name": { introduce: { ...INTRODUCE, name: "\u001b[2Jevil" } },
      "a name without end": { introduce: { ...INTRODUCE, name: "x".repeat(LIMITS.nameBytes + 1) } },
      "an instance without slots": { libraryReady: { task: 1, attempt: 1 } },
      "more functions than a library may have": {
        libraryReady: {
          task: 1,
          attempt: 1,
          slots: 1,
          functions: Array<string>(LIMITS.libraryFunctions + 1).fill("f"),
        },
      },
      "a value in no encoding": { callEnded: { task: 1, attempt: 1 } },
      "a value over its limit": {
        callEnded: { task: 1, attempt: 1, encoding: 1, value: new Uint8Array(LIMITS.inlineBytes + 1) },
      },
      "a traceback over its limit": {
        callEnded: {
          task: 1,
          attempt: 1,
          encoding: 1,
          code: "exception",
          failure: { traceback: "x".repeat(LIMITS.inlineBytes + 1) },
        },
      },
      "a spilled value that is a path": {
        callEnded: { task: 1, attempt: 1, encoding: 1, spilled: "a/b", spilledSize: 1 },
      },
      "a hidden cache name": {
        introduce: { ...INTRODUCE, holds: [{ cacheName: ".x", kind: 1, lifetime: 4 }] },
      },
    };
    for (const [what, message] of Object.entries(hostile)) {
      expectBadFrame(() => decodeWorkerBatch(batchOf(message)), what);
    }
  });

  it("text that is no UTF-8 is refused", () => {
    const batch = Buffer.from(encodeWorkerBatch([{ type: "leaving", reason: "abc" }]));
    batch[batch.indexOf("abc")] = 0xff;
    expectBadFrame(() => decodeWorkerBatch(batch), "reason");
  });

  it("more messages than a batch may have are refused", () => {
    const started = encodeWorkerBatch([{ type: "leaving", reason: "" }]);
    const batch = Buffer.concat(Array<Buffer>(LIMITS.frameMessages + 1).fill(started));
    expectBadFrame(() => decodeWorkerBatch(batch), "messages");
  });

  it("a message of millions of empty parts is refused before they are made", () => {
    const parts = Buffer.alloc(30_000_000);
    for (let i = 0; i < parts.length; i += 2) parts[i] = 0x3a; // holds: empty
    const introduce = Buffer.concat([Buffer.from([0x0a]), varint(parts.length), parts]);
    const hostile = Buffer.concat([Buffer.from([0x0a]), varint(introduce.length), introduce]);
    const before = process.memoryUsage().heapUsed;
    expectBadFrame(() => decodeWorkerBatch(hostile), "holds");
    expect(process.memoryUsage().heapUsed - before).to.be.lessThan(10_000_000);
  });
});

function varint(value: number): Buffer {
  const bytes = [];
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 128) return Buffer.from([...bytes, rest]);
    bytes.push((rest & 127) | 128);
  }
}
