import { expect } from "chai";
import { VineError } from "./errors.js";
import { parseBytes, parseDuration, printBytes, printDuration } from "./units.js";

describe("units", () => {
  it("reads bytes in powers of ten and of two", () => {
    expect(parseBytes("4GB", "--memory")).to.equal(4e9);
    expect(parseBytes("4 GiB", "--memory")).to.equal(4 * 2 ** 30);
    expect(parseBytes("1.5k", "--disk")).to.equal(1_500);
    expect(parseBytes("77", "--disk")).to.equal(77);
    expect(parseBytes(77, "disk")).to.equal(77);
  });

  it("reads durations, a bare number being seconds in text", () => {
    expect(parseDuration("30s", "--idle-timeout")).to.equal(30_000);
    expect(parseDuration("30", "--idle-timeout")).to.equal(30_000);
    expect(parseDuration("1.5h", "--wall-time")).to.equal(5_400_000);
    expect(parseDuration("250ms", "--wall-time")).to.equal(250);
    expect(parseDuration(250, "wallTime")).to.equal(250);
  });

  it("names the option and shows an example when a value is wrong", () => {
    for (const bad of [
      "",
      "4 bananas",
      "-1GB",
      "GB",
      "1e9",
      "__proto__",
      "1 constructor",
      "NaN",
      "9999999999TB",
    ]) {
      expect(() => parseBytes(bad, "--disk"), bad).to.throw(VineError, /--disk must be .*4GB/);
    }
    for (const bad of ["soon", "-3s", "3 fortnights"]) {
      expect(() => parseDuration(bad, "--wall-time"), bad).to.throw(VineError, /--wall-time/);
    }
    expect(() => parseBytes(Number.NaN, "disk")).to.throw(VineError, /disk/);
    expect(() => parseBytes(-1, "disk")).to.throw(VineError, /disk/);
  });

  it("prints what people read", () => {
    expect(printBytes(0)).to.equal("0 B");
    expect(printBytes(1_500_000_000)).to.equal("1.5 GB");
    expect(printBytes(999_999)).to.equal("1 MB");
    expect(printDuration(250)).to.equal("250 ms");
    expect(printDuration(90_000)).to.equal("1.5 min");
    expect(printDuration(7_200_000)).to.equal("2 h");
  });
});
