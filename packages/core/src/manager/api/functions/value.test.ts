import { serialize } from "node:v8";
import { expect } from "chai";
import { VineError } from "../../../model/errors.js";
import { decodeValue, RemoteError } from "./value.js";

function codeOf(bytes: Uint8Array): string {
  try {
    decodeValue(bytes);
  } catch (thrown) {
    return thrown instanceof VineError ? thrown.code : "another error";
  }
  return "none";
}

describe("a value", () => {
  it("says by its first byte how it is written", () => {
    expect(decodeValue(Buffer.from('{"a": [1, null]}'))).to.deep.equal({ a: [1, null] });
    const given = { when: new Date(3), bytes: new Uint8Array([1, 2]) };
    expect(decodeValue(serialize(given))).to.deep.equal(given);
  });

  it("that only Python can read is refused in a sentence", () => {
    expect(() => decodeValue(Buffer.from([0x80, 4, 0x4e, 0x2e]))).to.throw(VineError, "Python pickle");
  });

  it("that is damaged is refused, and nothing else happens", () => {
    const whole = serialize({ a: "text" });
    expect([codeOf(whole.subarray(0, 5)), codeOf(Buffer.from("{")), codeOf(new Uint8Array(0))]).to.deep.equal(
      Array<string>(3).fill("VALUE_UNREADABLE"),
    );
  });
});

describe("an exception of a function", () => {
  it("has its text, its traceback, and itself where it can be read here", () => {
    const error = new RemoteError("TypeError: no", "at f (library.mjs:1:1)", serialize(new TypeError("no")));
    expect(error.remoteTraceback).to.equal("at f (library.mjs:1:1)");
    expect(error.stack).to.contain("library.mjs:1:1");
    expect(error.cause).to.be.instanceOf(TypeError);
    expect(new RemoteError("ValueError: no", "", Buffer.from([0x80, 4])).cause).to.equal(undefined);
  });
});
