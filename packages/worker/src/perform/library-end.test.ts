import { expect } from "chai";
import type { RunEnd } from "../run/contract.js";
import { exitOf, libraryEnd } from "./library-end.js";

const NOTHING = { tail: new Uint8Array(0), size: 0, truncated: false };

function ended(partial: Partial<RunEnd>): RunEnd {
  const tail = Buffer.from("no module named numpy\n");
  const said = { tail, size: tail.length, truncated: false };
  const exit = partial.signal === undefined ? { exitCode: 1 } : {};
  return { code: "success", ...exit, stdout: NOTHING, stderr: said, ...partial } as RunEnd;
}

describe("the end of a library", () => {
  it("is told to the manager without what it wrote, which goes beside it", () => {
    expect(libraryEnd(ended({}), "words")).to.include({
      code: "library-exit",
      message: "library words ended: exit code 1",
    });
  });

  it("is told to its calls with what it wrote, once", () => {
    expect(exitOf(ended({}))).to.deep.equal({
      exitCode: 1,
      message: "exit code 1; its standard error ends with: no module named numpy",
    });
  });

  it("names the signal", () => {
    const { message } = exitOf(ended({ code: "signal", signal: "SIGKILL" }));
    expect(message).to.match(/^SIGKILL; /u);
  });

  it("tells what was too little", () => {
    expect(exitOf(ended({ code: "resource-exhaustion", exhausted: ["memory"] })).exhausted).to.deep.equal([
      "memory",
    ]);
  });

  it("keeps a reason of ours", () => {
    const run = ended({ code: "resource-exhaustion", message: "used more memory than it was given" });
    expect(libraryEnd(run, "words")).to.equal(run);
    expect(exitOf(run).message).to.match(/^used more memory than it was given; /u);
  });
});
