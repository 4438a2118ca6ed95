import { expect } from "chai";
import { exitHint } from "./exit-hint.js";

const hintOf = (signal: string | undefined, exitCode?: number, message = ""): string | undefined =>
  exitHint({ signal, exitCode, message });

describe("the hint beside the end of a library's process", () => {
  it("speaks of memory where it was killed, and only there", () => {
    expect(hintOf("SIGKILL")).to.match(/memory ran out/);
    for (const hint of [hintOf("SIGSEGV"), hintOf("SIGTERM"), hintOf(undefined, 1), hintOf(undefined, 127)])
      expect(hint)
        .to.be.a("string")
        .that.does.not.match(/memory/);
  });

  it("tells a crash from a signal that somebody sent", () => {
    expect(hintOf("SIGSEGV")).to.match(/SIGSEGV is a crash in native code/);
    expect(hintOf("SIGTERM")).to.equal("Find out who sent SIGTERM to it.");
  });

  it("tells functions that exit from modules and commands that are not there", () => {
    expect(hintOf(undefined, 3)).to.match(/return or raise/);
    expect(hintOf(undefined, 1, "ModuleNotFoundError: No module named 'numpy'")).to.match(
      /Install the module/,
    );
    expect(hintOf(undefined, undefined, "Error [ERR_MODULE_NOT_FOUND]: Cannot find")).to.match(
      /Install the module/,
    );
    expect(hintOf(undefined, 127)).to.match(/Install the library's program/);
  });

  it("is left to the code where nothing is known", () => {
    expect(hintOf(undefined)).to.equal(undefined);
  });
});
