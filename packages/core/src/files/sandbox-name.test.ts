import { join, normalize } from "node:path";
import { expect } from "chai";
import fc from "fast-check";
import { VineError } from "../model/errors.js";
import { checkSandboxName } from "./sandbox-name.js";

const refused = (name: string): string => {
  try {
    checkSandboxName(name);
  } catch (error) {
    expect(error).to.be.instanceOf(VineError);
    expect((error as VineError).code).to.equal("BAD_NAME");
    return (error as VineError).message;
  }
  throw new Error(`${JSON.stringify(name)} was accepted`);
};

describe("a name in a sandbox", () => {
  it("may be any relative path", () => {
    for (const name of [
      "a",
      "a/b/c.txt",
      "..a",
      "a..",
      "...",
      "ünï",
      "a b",
      "-rf",
      "a\\b",
      "%2e%2e",
      "CON",
      "~",
    ]) {
      expect(checkSandboxName(name)).to.equal(name);
    }
  });

  it("is refused when it could reach outside or is not a file name", () => {
    const names = [
      "",
      ".",
      "..",
      "/",
      "/etc/passwd",
      "../a",
      "a/../b",
      "a/..",
      "./a",
      "a/.",
      "a//b",
      "a/",
      "//a",
    ];
    for (const name of names) refused(name);
  });

  it("is refused with NUL, a newline, an escape or a half surrogate", () => {
    for (const name of ["a\0b", "a\nb", "\u001b[2J", "a\u007f", "a\ud800"]) refused(name);
  });

  it("is refused beyond the limits, which the message names", () => {
    expect(refused("a/".repeat(128) + "a")).to.contain("nameDepth");
    expect(refused(`${"a".repeat(200)}/`.repeat(25))).to.contain("nameBytes");
    expect(refused("a".repeat(256))).to.contain("255");
  });

  it("never leads out of the directory it is joined to", () => {
    const part = fc.constantFrom("a", "..", ".", "", "b\0", "…", "x y");
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
        const name = parts.join("/");
        try {
          checkSandboxName(name);
        } catch {
          return;
        }
        expect(normalize(join("/box", name)).startsWith("/box/")).to.equal(true);
      }),
    );
  });
});
