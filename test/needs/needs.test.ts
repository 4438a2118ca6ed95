import { expect } from "chai";
import { missing, needs } from "./needs.js";

describe("what a test needs", () => {
  it("is nothing where everything is there", () => {
    expect(missing({ commands: ["sh", "node"] })).to.equal(undefined);
  });

  it("is named, with the Debian package that brings it", () => {
    expect(missing({ commands: ["sh", "no-such-program"], debian: ["such-programs"] })).to.equal(
      "needs no-such-program (Debian: such-programs)",
    );
  });

  needs({ commands: ["sh"] }).it("lets a test run whose needs are met", () => undefined);
});
