import { LIMITS } from "@taskvine/core/model";
import { expect } from "chai";
import { LogAllowance } from "./log-allowance.js";

const LINE = LIMITS.libraryLogBytes / 64;

function admitted(allowance: LogAllowance, lines: number, nowMs: number): number {
  return Array.from({ length: lines }, () => allowance.admits(LINE, nowMs)).filter(Boolean).length;
}

describe("what a library may say", () => {
  it("is its whole allowance at once, and then a quarter of it each second", () => {
    const allowance = new LogAllowance(0);
    expect(admitted(allowance, 100, 0)).to.equal(64);
    expect(admitted(allowance, 100, 1_000)).to.equal(16);
    expect(admitted(allowance, 100, 1_000_000), "silence saves no more than it all").to.equal(64);
  });

  it("and what is left out is counted until it is told", () => {
    const allowance = new LogAllowance(0);
    expect(allowance.takeLeftOut()).to.equal(undefined);
    admitted(allowance, 66, 0);
    expect(allowance.takeLeftOut()).to.deep.equal({ messages: 2, bytes: 2 * LINE });
    expect(allowance.takeLeftOut()).to.equal(undefined);
  });

  it("a clock that goes back takes nothing away", () => {
    const allowance = new LogAllowance(1_000);
    expect(admitted(allowance, 64, 0)).to.equal(64);
  });
});
