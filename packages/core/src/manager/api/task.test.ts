import { expect } from "chai";
import type { FileOrigin } from "../../files/file.js";
import { type ErrorCode, VineError } from "../../model/errors.js";
import { fileId } from "../../model/ids.js";
import { fileSpec } from "./declare.js";
import { Task } from "./task.js";
import { type FileOwner, VineFile } from "./vine-file.js";

const owner: FileOwner = {
  contents: () => Promise.reject(new Error("not here")),
  saveTo: () => Promise.reject(new Error("not here")),
};

function aFile(origin: FileOrigin = { type: "temp" }, id = 1): VineFile {
  return new VineFile(fileSpec(fileId(id), origin, "a file", {}), owner);
}

function expectRefusal(code: ErrorCode, mistake: () => unknown): void {
  expect(mistake).to.throw(VineError).with.property("code", code);
}

describe("a task", () => {
  it("says what its chained setters were told", () => {
    const task = new Task("sort < in > out")
      .input(aFile(), "in")
      .inputBuffer("text", "text")
      .output(aFile({ type: "temp" }, 2), "out", { when: "always" })
      .env("A", "1")
      .env("B", null)
      .cores(2)
      .memory("2 GB")
      .disk("1 GiB")
      .gpus(1)
      .feature("avx")
      .tag("t")
      .category("c")
      .priority(3)
      .retries(0)
      .maxWallTime("10m")
      .endBy(new Date(5_000))
      .startAfter(4_000)
      .policy("best-fit");
    const { inputs, outputs, ...rest } = task.draft();
    expect(inputs.map(({ name }) => name)).to.deep.equal(["in", "text"]);
    expect(outputs.map(({ name, when }) => [name, when])).to.deep.equal([["out", "always"]]);
    expect(rest).to.deep.equal({
      command: "sort < in > out",
      env: { A: "1", B: null },
      features: ["avx"],
      resources: { cores: 2, memory: 2e9, disk: 2 ** 30, gpus: 1 },
      tag: "t",
      category: "c",
      priority: 3,
      retries: 0,
      wallTimeMs: 600_000,
      endByMs: 5_000,
      startAfterMs: 4_000,
      policy: "best-fit",
    });
  });

  it("refuses what makes no sense at the line of the mistake", () => {
    const mistakes: (() => unknown)[] = [
      () => new Task(" "),
      () => new Task("a\0b"),
      () => new Task("x").cores(0),
      () => new Task("x").cores(Number.NaN),
      () => new Task("x").memory("much"),
      () => new Task("x").gpus(1.5),
      () => new Task("x").retries(-1),
      () => new Task("x").priority(Number.POSITIVE_INFINITY),
      () => new Task("x").env("A=B", "c"),
      () => new Task("x").tag(""),
      () => new Task("x").maxWallTime("soon"),
      () => new Task("x").endBy(new Date("never")),
      () => new Task("x").input(undefined as unknown as VineFile, "in"),
    ];
    for (const mistake of mistakes) expectRefusal("BAD_ARGUMENT", mistake);
  });

  it("refuses names that could reach outside of its folder", () => {
    for (const name of ["../x", "/etc/passwd", "a/../../b", "a\0b", "", "."]) {
      expectRefusal("BAD_NAME", () => new Task("x").input(aFile(), name));
    }
  });

  it("refuses two files at one name, and one inside of another", () => {
    expectRefusal("DUPLICATE_NAME", () => new Task("x").input(aFile(), "a").input(aFile(), "a"));
    expectRefusal("DUPLICATE_NAME", () => new Task("x").input(aFile(), "a").inputBuffer("", "a/b"));
    expectRefusal("DUPLICATE_NAME", () => new Task("x").input(aFile(), "a/b/c").output(aFile(), "a"));
    expect(() =>
      new Task("x").input(aFile(), "a/b").input(aFile(), "a/c").input(aFile(), "ab"),
    ).not.to.throw();
  });

  it("refuses outputs that cannot be written", () => {
    const url = aFile({ type: "url", url: "http://localhost/" });
    expectRefusal("BAD_OUTPUT", () => new Task("x").output(url, "out"));
    expectRefusal("BAD_OUTPUT", () => new Task("x").output(aFile({ type: "buffer" }), "out"));
    expect(() => new Task("x").output(aFile({ type: "local" }), "out")).not.to.throw();
  });

  it("cannot be changed once it was submitted", () => {
    const task = new Task("x");
    task.markSubmitted();
    expectRefusal("BAD_ARGUMENT", () => task.cores(2));
    expectRefusal("BAD_ARGUMENT", () => task.markSubmitted());
  });

  it("takes a variable called __proto__ for what it is", () => {
    const { env } = new Task("x").env("__proto__", "1").draft();
    expect(Object.entries(env)).to.deep.equal([["__proto__", "1"]]);
  });
});
