import { expect } from "chai";
import { attempt, cacheName, taskId, workerId } from "../model/ids.js";
import { anAllocation } from "./builders.js";
import { EffectRecorder, hasPart } from "./recorder.js";

describe("EffectRecorder", () => {
  const assign = (task: number, worker: number) =>
    ({
      type: "assign",
      worker: workerId(worker),
      task: taskId(task),
      attempt: attempt(1),
      allocation: anAllocation(),
      outputs: [],
    }) as const;

  it("finds effects again by some of their members", () => {
    const recorder = new EffectRecorder();
    recorder.add([
      assign(1, 1),
      assign(2, 1),
      { type: "drop", worker: workerId(1), cacheName: cacheName("a") },
    ]);
    expect(recorder.matching("assign", { worker: 1 })).to.have.length(2);
    expect(recorder.only("assign", { task: 2, allocation: { cores: 1 } }).task).to.equal(2);
    expect(recorder.matching("drop", { cacheName: "b" })).to.deep.equal([]);
  });

  it("says what there was when not exactly one effect matches", () => {
    const recorder = new EffectRecorder();
    recorder.add([assign(1, 1), assign(2, 1)]);
    expect(() => recorder.only("assign")).to.throw(/2 effects match assign/);
    expect(() => recorder.only("assign", { task: 3 })).to.throw(/0 effects match assign .*"task":3/);
  });

  it("a list matches only a list of the same length", () => {
    expect(hasPart({ list: [1, 2] }, { list: [1] })).to.equal(false);
    expect(hasPart({ list: [{ a: 1, b: 2 }] }, { list: [{ a: 1 }] })).to.equal(true);
  });
});
