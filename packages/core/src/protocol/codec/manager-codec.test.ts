import { expect } from "chai";
import fc from "fast-check";
import { taskvine } from "#wire";
import { FIRST_INSTANCE_ID } from "../../model/ids.js";
import { attempt, cacheName, LIMITS, taskId } from "../../model/index.js";
import { type Assign, decodeManagerBatch, encodeManagerBatch, type ManagerMessage } from "../index.js";
import { managerMessages } from "../message-arbitraries.test.js";
import { expectBadFrame } from "../refusals.test.js";

const ASSIGN: Assign = {
  type: "assign",
  task: taskId(7),
  attempt: attempt(1),
  command: "sort in > out",
  inputs: [{ cacheName: cacheName("file-1"), name: "in" }],
  outputs: [],
  env: { LANG: "C", HOME: null },
  allocation: { cores: 1, memory: 1e9, disk: 1e9, gpus: 0, gpuIds: [] },
};

function decodeOne(message: ManagerMessage): ManagerMessage | undefined {
  return decodeManagerBatch(encodeManagerBatch([message], 0)).messages[0];
}

/** A batch with one message as a hostile or newer peer may make it. */
function batchOf(...messages: object[]): Uint8Array {
  return taskvine.worker.ManagerBatch.encode({ messages }).finish();
}

describe("manager messages on the wire", () => {
  it("every batch arrives as it was sent, in order", () => {
    fc.assert(
      fc.property(fc.array(managerMessages, { maxLength: 6 }), fc.maxSafeNat(), (messages, clockMs) => {
        const decoded = decodeManagerBatch(encodeManagerBatch(messages, clockMs));
        expect(decoded).to.deep.equal({ messages, clockMs });
      }),
    );
  });

  it("is the batch that the .proto describes", () => {
    const batch = taskvine.worker.ManagerBatch.decode(encodeManagerBatch([ASSIGN, ASSIGN], 5));
    expect(batch.messages.map(({ assign }) => assign?.command)).to.deep.equal([
      "sort in > out",
      "sort in > out",
    ]);
    expect(Number(batch.clockMs)).to.equal(5);
  });

  it("a variable named __proto__ is a variable like any other", () => {
    const env = Object.fromEntries([["__proto__", "x"]]);
    const decoded = decodeOne({ ...ASSIGN, env }) as Assign;
    expect(Object.keys(decoded.env)).to.deep.equal(["__proto__"]);
    expect(Object.getPrototypeOf(decoded.env)).to.equal(null);
    expect(({} as Record<string, unknown>)["x"]).to.equal(undefined);
  });

  it("half a surrogate pair in a command does not cost the link", () => {
    expect(decodeOne({ ...ASSIGN, command: "echo \ud800!" })).to.have.property("command", "echo \ufffd!");
  });

  it("amounts that are no whole numbers are rounded", () => {
    const allocation = { ...ASSIGN.allocation, memory: 1.6, disk: -1 };
    const decoded = decodeOne({ ...ASSIGN, allocation, wallTimeMs: 0.2 }) as Assign;
    expect(decoded.allocation).to.include({ memory: 2, disk: 0 });
    expect(decoded).not.to.have.property("wallTimeMs");
  });

  it("a message of a newer version is skipped, and what surrounds it is read", () => {
    const unknown = Buffer.from([0x0a, 0x04, 0x92, 0x3f, 0x01, 0x00]); // messages[…]: field 1010 with one byte
    const drop = encodeManagerBatch([{ type: "drop", cacheName: cacheName("a") }], 0);
    const batch = decodeManagerBatch(Buffer.concat([drop, unknown, drop]));
    expect(batch.messages.map(({ type }) => type)).to.deep.equal(["drop", "drop"]);
  });

  it("bytes in a decoded message do not hold on to the frame", () => {
    const frame = encodeManagerBatch(
      [{ type: "setup", ticketKey: new Uint8Array(32).fill(1), workerName: "w" }],
      0,
    );
    const [setup] = decodeManagerBatch(frame).messages;
    frame.fill(0xff);
    expect(setup).to.have.property("ticketKey").that.deep.equals(new Uint8Array(32).fill(1));
  });

  it("turns away what no honest manager sends", () => {
    const assign = { task: 1, attempt: 1, command: "x", allocation: {} };
    const output = { file: 1, cacheName: "a", name: "out", when: 1, lifetime: 1 };
    const fetch = { transfer: 1, cacheName: "a", lifetime: 1, kind: 1, inline: new Uint8Array(1) };
    const deploy = { task: FIRST_INSTANCE_ID, attempt: 1, slots: 1, startWithinMs: 1, allocation: {} };
    const call = { task: 1, attempt: 1, instance: FIRST_INSTANCE_ID, function: "f", encoding: 1 };
    const large = new Uint8Array(LIMITS.inlineBytes + 1);
    const hostile: Record<string, object> = {
      "an empty message": {},
      "no task": { assign: { ...assign, task: 0 } },
      "no attempt": { assign: { ...assign, attempt: 0 } },
      "no allocation": { assign: { task: 1, attempt: 1, command: "x" } },
      "NaN cores": { assign: { ...assign, allocation: { cores: Number.NaN } } },
      "negative cores": { assign: { ...assign, allocation: { cores: -1 } } },
      "a billion cores": { assign: { ...assign, allocation: { cores: 1e9 } } },
      "negative memory": { assign: { ...assign, allocation: { memory: -1 } } },
      "a NUL in a command": { assign: { ...assign, command: "a\0b" } },
      "a command over its limit": { assign: { ...assign, command: "x".repeat(LIMITS.commandBytes + 1) } },
      "a variable with =": { assign: { ...assign, env: [{ name: "A=B", value: "" }] } },
      "an input outside of the sandbox": {
        assign: { ...assign, inputs: [{ cacheName: "a", name: "../x" }] },
      },
      "a cache name that is a path": { assign: { ...assign, inputs: [{ cacheName: "../a", name: "x" }] } },
      "no lifetime": { assign: { ...assign, outputs: [{ ...output, lifetime: 0 }] } },
      "a lifetime of another world": {
        assign: { ...assign, outputs: [{ ...output, lifetime: 99 }] },
      },
      "a negative condition": { assign: { ...assign, outputs: [{ ...output, when: -1 }] } },
      "a short digest": { fetch: { ...fetch, digest: new Uint8Array(3) } },
      "a fetch from nowhere": { fetch: { ...fetch, inline: null } },
      "a recipe for nothing": { make: { transfer: 1, cacheName: "a", lifetime: 1 } },
      "no cache name": { drop: {} },
      "an instance with the number of a task": { deploy: { ...deploy, task: 1 } },
      "an instance without slots": { deploy: { ...deploy, slots: 0 } },
      "an instance of a million slots": { deploy: { ...deploy, slots: 1e6 } },
      "an instance without time": { deploy: { ...deploy, startWithinMs: 0 } },
      "a call of no instance": { call: { ...call, instance: 0 } },
      "a call in no encoding": { call: { ...call, encoding: 0 } },
      "arguments over their limit": { call: { ...call, args: new Uint8Array(LIMITS.argsBytes + 1) } },
      "an input that is nothing": { call: { ...call, inputs: [{ name: "x" }] } },
      "an input over its limit": { call: { ...call, inputs: [{ name: "x", use: 1, value: large }] } },
      "a mounted input outside of the sandbox": {
        call: { ...call, inputs: [{ name: "../x", cacheName: "a" }] },
      },
      "an escape sequence in an input's name": {
        call: { ...call, inputs: [{ name: "\u001b[2J", use: 1, cacheName: "a" }] },
      },
      "a value with a place in the sandbox": { call: { ...call, value: output } },
    };
    for (const [what, message] of Object.entries(hostile)) {
      expectBadFrame(() => decodeManagerBatch(batchOf(message)), what);
    }
  });

  it("a sandbox of more inputs than allowed is refused", () => {
    const inputs = Array<object>(LIMITS.mountsPerTask + 1).fill({ cacheName: "a", name: "b" });
    const assign = { task: 1, attempt: 1, command: "x", allocation: {}, inputs };
    expectBadFrame(() => decodeManagerBatch(batchOf({ assign })), "inputs");
  });
});
