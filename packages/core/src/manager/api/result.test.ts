import { expect } from "chai";
import { ERRORS, VineError } from "../../model/errors.js";
import { cacheName, libraryId, taskId } from "../../model/ids.js";
import type { AttemptOutcome, TaskResult } from "../../tasks/result.js";
import type { CallSpec } from "../../tasks/task.js";
import { RemoteError } from "./functions/value.js";
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

const CALL: CallSpec = {
  library: libraryId(1),
  function: "f",
  args: new Uint8Array(),
  encoding: "json",
  keep: false,
};
const CALLED: ResultContext = { ...CONTEXT, spec: { ...CONTEXT.spec, call: CALL } };

async function codeOf(value: Promise<unknown>): Promise<string> {
  return value.then(
    () => "none",
    (thrown: unknown) => VineError.from(thrown).code,
  );
}

function aResult(record: Partial<TaskResult>, context = CONTEXT): Result {
  const dull = { task: taskId(7), state: "done", code: "success", requested: {}, attempts: [] } as const;
  const times = { submittedAtMs: 1, finishedAtMs: 2 };
  return new Result({ ...dull, ...times, ...record }, context);
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

  it("of a call that raised names the function, and has the exception as the cause of its error", () => {
    const failure = { message: "ValueError: no", traceback: "in f", exception: new Uint8Array() };
    const call = { encoding: "json", value: new Uint8Array(), failure } as const;
    const outcome = anOutcome({ code: "exception", call });
    const { error, remoteTraceback } = aResult(
      { state: "failed", code: "exception", message: failure.message, outcome },
      CALLED,
    );
    expect([error?.code, error?.message]).to.deep.equal([
      "FUNCTION_RAISED",
      "call f (task 7): ValueError: no",
    ]);
    expect(error?.cause).to.be.instanceOf(RemoteError).with.property("remoteTraceback", "in f");
    expect(remoteTraceback).to.equal("in f");
  });

  it("of a call whose process ended has a hint that fits the end", () => {
    const killed = anOutcome({ code: "library-exit", signal: "SIGKILL" });
    const failed = { state: "failed", code: "library-exit" } as const;
    expect(aResult({ ...failed, outcome: killed }, CALLED).error?.hint).to.match(/memory ran out/);
    expect(aResult({ ...failed, message: "it cannot be started" }, CALLED).error?.hint).to.equal(
      ERRORS.LIBRARY_EXIT.hint,
    );
  });

  it("of a call gives its value from where it is", async () => {
    const call = { encoding: "json", value: Buffer.from("42") } as const;
    expect(await aResult({ outcome: anOutcome({ call }) }, CALLED).value).to.equal(42);
    const spilled = { cacheName: cacheName("v"), size: 1e6 };
    const large = anOutcome({ call: { ...call, spilled } });
    expect(await codeOf(aResult({ outcome: large }, CALLED).value)).to.equal("VALUE_LOST");
    const failed = aResult({ state: "failed", code: "library-exit" }, CALLED);
    expect(await codeOf(failed.value)).to.equal("LIBRARY_EXIT");
    expect(await codeOf(aResult({ outcome: anOutcome({}) }).value), "of a command").to.equal("BAD_ARGUMENT");
  });
});
