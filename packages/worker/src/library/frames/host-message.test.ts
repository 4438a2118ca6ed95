import { LIMITS } from "@taskvine/core/model";
import { expect } from "chai";
import fc from "fast-check";
import { BadLibraryFrame } from "./frame-reader.js";
import { type HostMessage, readHostMessage } from "./host-message.js";

const read = (header: object, body = "", isCompact = false): HostMessage =>
  readHostMessage({ header: Buffer.from(JSON.stringify(header)), body: Buffer.from(body) }, isCompact);

describe("what a library says", () => {
  it("hello has sensible defaults", () => {
    expect(read({ type: "hello", protocol: 1, token: "t", pid: 7 })).to.deep.equal({
      type: "hello",
      protocol: 1,
      token: "t",
      slots: 1,
      pid: 7,
      functions: undefined,
      encodings: ["json"],
      cancel: false,
      compact: false,
      compactValues: false,
    });
  });

  it("short headers with values are agreed on only beside short headers", () => {
    const agreed = [{ compact: true, compactValues: true }, { compactValues: true }, { compact: true }];
    const values = agreed.map((said) => {
      const hello = read({ type: "hello", ...said });
      return hello.type === "hello" && hello.compactValues;
    });
    expect(values).to.deep.equal([true, false, false]);
  });

  it("slots and names are held to their bounds", () => {
    const hello = read({ type: "hello", slots: 1e9, functions: ["f", "", 5, "x".repeat(5_000), "a\nb"] });
    expect(hello).to.deep.include({ slots: LIMITS.librarySlots, functions: ["f"] });
  });

  it("a value is in the header, or the first attachment, or in its file", () => {
    const values = [
      read({ type: "result", id: 1, value: { a: 1 } }),
      read({ type: "result", id: 1 }, "body"),
      read({ type: "result", id: 1, sizes: [2, 2] }, "body"),
      read({ type: "result", id: 1, file: true }),
    ].map((message) =>
      message.type === "answer" ? [Buffer.from(message.answer.value).toString(), message.answer.inFile] : [],
    );
    expect(values).to.deep.equal([
      ['{"a":1}', false],
      ["body", false],
      ["bo", false],
      ["", true],
    ]);
    expect(() => read({ type: "result", sizes: [9] }, "body")).to.throw(BadLibraryFrame);
  });

  it("figures and words that cannot be are left out", () => {
    const message = read({
      type: "error",
      id: 1,
      kind: "odd",
      wallUs: -1,
      memory: 1e300,
      exitCode: 1e12,
      signal: "a\n",
    });
    expect(message).to.deep.nested.include({
      "answer.failure.kind": "exception",
      "answer.failure.exitCode": undefined,
    });
    expect(message).to.deep.nested.include({ "answer.wallUs": undefined, "answer.memory": undefined });
    expect(message).to.deep.nested.include({ "answer.failure.signal": undefined });
  });

  it("a compact result is read where it was agreed on, and refused elsewhere", () => {
    const header = Buffer.alloc(18);
    header[0] = 2;
    header.writeUInt32BE(77, 2);
    header.writeUInt32BE(5, 6);
    header.writeUInt32BE(2, 14);
    const frame = { header, body: Buffer.from("v") };
    expect(readHostMessage(frame, true)).to.deep.nested.include({
      "answer.id": 77,
      "answer.wallUs": 5,
      "answer.memory": 2048,
    });
    expect(() => readHostMessage(frame, false)).to.throw(BadLibraryFrame);
    expect(() => readHostMessage({ header: Buffer.from([2, 1]), body: frame.body }, true)).to.throw(
      BadLibraryFrame,
    );
  });

  it("no frame brings anything down", () => {
    const header = fc.oneof(
      fc.string(),
      fc.json(),
      fc.object().map((value) => JSON.stringify({ type: "error", ...value })),
    );
    fc.assert(
      fc.property(header, fc.uint8Array(), fc.boolean(), (text, body, isCompact) => {
        try {
          readHostMessage({ header: Buffer.from(text), body: Buffer.from(body) }, isCompact);
        } catch (error) {
          expect(error).to.be.instanceOf(BadLibraryFrame);
        }
      }),
    );
  });
});
