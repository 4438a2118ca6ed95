import { expect } from "chai";
import { fileId, taskId } from "../../model/ids.js";
import { anInput, anOutput } from "../../testing/builders.js";
import type { Effect } from "../effect.js";
import { LibraryStage } from "./library-stage.test.kit.js";

const QUICK = { measured: { wallMs: 0.01 } };

/** A library at worker 1 whose calls are known to be quick, and calls 1 to `length`, each of which reads the one before. */
function aLine(length: number, linksCalls = true): LibraryStage {
  const stage = new LibraryStage();
  stage.provide();
  stage.join({ linksCalls });
  stage.calls(100, 1);
  stage.ready();
  stage.end(100, QUICK);
  for (let id = 1; id <= length; id += 1) stage.declare({ id });
  const calls = Array.from({ length }, (_, at) => ({
    id: at + 1,
    inputs: at === 0 ? [] : [{ ...anInput(fileId(at)), use: "value" as const }],
    outputs: [{ ...anOutput(fileId(at + 1), { name: "" }), use: "value" as const }],
  }));
  stage.call(...calls);
  return stage;
}

/** The call returns a value that travels with the news. */
function returns(stage: LibraryStage, task: number, code: "success" | "exception" = "success"): Effect[] {
  const { outputs } = stage.sent(task);
  const reports = outputs.map((output) => ({
    ...output,
    kind: "file" as const,
    size: 5,
    bytes: new Uint8Array(5),
  }));
  return stage.end(task, { code, ...QUICK, outputs: code === "success" ? reports : [] });
}

const linked = (stage: LibraryStage): number[] =>
  stage
    .all("call")
    .filter((effect) => effect.linked === true)
    .map(({ task }) => task);
const killed = (effects: readonly Effect[]): number[] =>
  effects.flatMap((effect) => (effect.type === "kill" ? [effect.task] : []));

describe("calls that are sent ahead in a line", () => {
  it("follow the first one to its instance, and are dealt without a word as values come", () => {
    const stage = aLine(3);
    expect(linked(stage)).to.deep.equal([2, 3]);
    expect(stage.state(2)).to.equal("waiting");
    expect(returns(stage, 1).filter(({ type }) => type === "call")).to.deep.equal([]);
    expect(stage.state(2)).to.equal("assigned");
    returns(stage, 2);
    returns(stage, 3);
    expect(stage.result(3).attempts.map(({ attempt, ended }) => [attempt, ended])).to.deep.equal([
      [1, "success"],
    ]);
  });

  it("are a bounded number, and more follow as the line moves on", () => {
    const stage = aLine(50);
    expect(linked(stage)).to.have.length(32);
    returns(stage, 1);
    expect(linked(stage)).to.have.length(33);
  });

  it("are not sent to workers that do not understand it", () => {
    expect(linked(aLine(3, false))).to.deep.equal([]);
  });

  it("are taken back where no value travels, and dealt anew", () => {
    const stage = aLine(3);
    const effects = stage.end(1, QUICK);
    expect(killed(effects)).to.deep.equal([2, 3]);
    expect(stage.sent(2)).to.include({ attempt: 2 });
    expect(stage.sent(2)).to.not.have.property("linked");
  });

  it("fail with the call before them", () => {
    const stage = aLine(3);
    expect(killed(returns(stage, 1, "exception"))).to.deep.equal([2, 3]);
    expect(stage.result(3)).to.include({ state: "failed", code: "input-missing" });
  });

  it("that are cancelled take those behind them along, and nothing else", () => {
    const stage = aLine(4);
    const effects = stage.step({ type: "task-cancelled", task: taskId(3) });
    expect(killed(effects)).to.deep.equal([3, 4]);
    returns(stage, 1);
    expect(stage.state(2)).to.equal("assigned");
  });

  it("that their worker gives back are dealt when their turn comes", () => {
    const stage = aLine(2);
    const { worker, attempt } = stage.sent(2);
    stage.step({ type: "task-returned", worker, task: taskId(2), attempt, reason: "retracted", message: "" });
    returns(stage, 1);
    expect(stage.sent(2)).to.include({ attempt: 2 });
    expect(stage.state(2)).to.equal("assigned");
  });

  it("are forgotten with their worker", () => {
    const stage = aLine(3);
    stage.lose(1);
    expect([1, 2, 3].map((id) => stage.state(id))).to.deep.equal(["ready", "waiting", "waiting"]);
  });
});
