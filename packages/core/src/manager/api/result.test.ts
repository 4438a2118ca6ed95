import { expect } from "chai";
import { VineError } from "../../model/errors.js";
import { taskId } from "../../model/ids.js";
import type { AttemptOutcome, TaskResult } from "../../tasks/result.js";
import { Result, type ResultContext } from "./result.js";

const NOTHING = { tail: new Uint8Array(), size: 0, truncated: false };

function anOutcome(facts: Partial<AttemptOutcome>): AttemptOutcome {
  const phases = { queuedMs: 0, stagedMs: 0, ranMs: 0, collectedMs: 0 };
  return {
    code: "success",
    stdout: NOTHING,
    stderr: NOTHING,
    outputs: [],
    measured: { wallMs: 1 },
    phases,
    ...facts,
  };
}

const CONTEXT: ResultContext = {
  spec: { tag: "", category: "default" },
  outputs: new Map(),
  value: undefined,
  files: {},
};

function aResult(record: Partial<TaskResult>): Result {
  const dull = { task: taskId(7), state: "done", code: "success", requested: {}, attempts: [] } as const;
  const times = { submittedAtMs: 1, finishedAtMs: 2 };
  return new Result({ ...dull, ...times, ...record }, CONTEXT);
}

describe("a result", () => {
  it("passes its check when the command exited with 0", () => {
    const result = aResult({
      outcome: anOutcome({ exitCode: 0, stdout: { ...NOTHING, tail: Buffer.from("grün\n") } }),
    });
    expect(result.check().output).to.equal("grün\n");
    expect(result.successful).to.equal(true);
    expect(result.error).to.equal(undefined);
  });

  it("is done, but not successful, when the command exited with something else", () => {
    const stderr = { ...NOTHING, tail: Buffer.from("first\nno such file\n") };
    const result = aResult({ outcome: anOutcome({ exitCode: 3, stderr }) });
    expect([result.state, result.exitCode, result.successful]).to.deep.equal(["done", 3, false]);
    expect(() => result.check()).to.throw(VineError, "exited with 3: no such file");
  });

  it("says of a command that was not found that it was not found", () => {
    const stderr = { ...NOTHING, tail: Buffer.from("sh: 1: nowhere: not found\n") };
    const facts = { exitCode: 127, stderr };
    const found = aResult({ outcome: anOutcome(facts) });
    const absent = aResult({ outcome: anOutcome({ ...facts, message: "no such command" }) });
    expect(() => found.check())
      .to.throw(VineError)
      .with.property("code", "COMMAND_FAILED");
    expect(() => absent.check())
      .to.throw(VineError, "nowhere: not found")
      .with.property("code", "COMMAND_NOT_FOUND");
  });

  it("names the signal, and has no exit code then", () => {
    const outcome = anOutcome({ code: "signal", signal: "SIGKILL" });
    const result = aResult({ state: "failed", code: "signal", outcome });
    expect([result.signal, result.exitCode]).to.deep.equal(["SIGKILL", undefined]);
    expect(result.error?.code).to.equal("COMMAND_FAILED");
    expect(result.error?.message).to.contain("SIGKILL");
  });

  it("has the stable code of what went wrong", () => {
    const codes = (["input-missing", "max-wall-time", "cancelled"] as const).map((code) => {
      return aResult({ state: "failed", code }).error?.code;
    });
    expect(codes).to.deep.equal(["INPUT_MISSING", "WALL_TIME", "CANCELLED"]);
    expect(aResult({ state: "failed", code: "input-missing", error: "URL_NOT_FOUND" }).error?.code).to.equal(
      "URL_NOT_FOUND",
    );
    expect(aResult({ state: "failed", code: "input-missing", error: "toString" }).error?.code).to.equal(
      "INPUT_MISSING",
    );
  });
});
