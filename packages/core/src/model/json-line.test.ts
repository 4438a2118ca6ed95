import { expect } from "chai";
import { jsonLine } from "./json-line.js";

describe("a line of JSON", () => {
  it("holds nothing that a terminal would obey, and says the same", () => {
    const value = { text: "\u001b[2J\u009b31m\u007f\u2028 grün 日本" };
    const line = jsonLine(value);
    expect(line).not.to.match(/[\u0000-\u001f\u007f-\u009f\u2028]/);
    expect(JSON.parse(line)).to.deep.equal(value);
  });
});
