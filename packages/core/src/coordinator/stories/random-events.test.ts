import { expect } from "chai";
import fc from "fast-check";
import { taskId } from "../../model/ids.js";
import { Chaos } from "./chaos.test.kit.js";
import type { Stage } from "./stage.test.kit.js";

/** Tasks that wait for a temp that no submitted task makes do so for good reason. */
function isExcused(stage: Stage, task: number): boolean {
  const why = stage.coordinator.explain(taskId(task));
  return /no task that makes it has been submitted/.test(why);
}

/** A stormy time, then a calm one in which every task must end that has no excuse. */
function runToItsEnd(seed: number, turns: number): void {
  const chaos = new Chaos(seed);
  for (let turn = 0; turn < turns; turn += 1) chaos.turn();
  const stuck = chaos.calm();
  const inexcusable = stuck.filter(
    (task) => !isExcused(chaos.stage, task) && !waitsForExcused(chaos.stage, task),
  );
  const stories = inexcusable.map((task) => chaos.stage.coordinator.explain(taskId(task)));
  if (stories.length > 0) throw new Error(`${stories.join("\n")}\n${chaos.stage.story()}`);
}

/** Seeds and turns that once went wrong, and how. */
const ONCE_WRONG: readonly (readonly [string, number, number])[] = [
  ["a request for disk that had grown to a whole worker found room nowhere", 474686, 93],
  ["a wish for a local file that came with the news of a call was served without end", 1001904, 26],
  ["a worker that had gained room was passed over while others left the list", 1017625, 45],
  ["an instance was wanted without end of a library whose input had become unusable", 2003164, 126],
  ["a call whose library waits for an input that nobody makes", 1002996, 54],
  ["a call in a line got what it lacked in another way", 769244, 76],
];

describe("random events", () => {
  for (const [what, seed, turns] of ONCE_WRONG) {
    it(`that once went wrong go well: ${what}`, () => {
      runToItsEnd(seed, turns);
    });
  }

  it("never break an invariant, and every task ends exactly once when things go well again", function () {
    this.timeout(60_000);
    const runs = Number(process.env["RUNS"] ?? 150);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), fc.integer({ min: 10, max: 150 }), runToItsEnd),
      { numRuns: runs, ...(process.env["SEED"] === undefined ? {} : { seed: Number(process.env["SEED"]) }) },
    );
  });

  it("reach every event and every effect", () => {
    const expected = [
      "assign",
      "deploy",
      "call",
      "fetch",
      "make",
      "retrieve",
      "retrieve-value",
      "name",
      "retract",
      "kill",
      "drop",
      "forget-file",
      "release",
      "task-finished",
      "file-unobtainable",
      "note",
    ];
    const missing = new Set(expected.map((type) => `effect ${type}`));
    for (let seed = 1; missing.size > 0 && seed <= 2_000; seed += 1) {
      const chaos = new Chaos(seed);
      for (let turn = 0; turn < 100; turn += 1) chaos.turn();
      for (const what of chaos.hits.keys()) missing.delete(what);
    }
    expect([...missing]).to.deep.equal([]);
  });

  it("reach calls that were sent ahead, in numbers", () => {
    let begun = 0;
    for (let seed = 8; begun < 50 && seed < 1_000; seed += 16) {
      const chaos = new Chaos(seed);
      for (let turn = 0; turn < 100; turn += 1) chaos.turn();
      begun += chaos.hits.get("linked call begun") ?? 0;
    }
    expect(begun).to.be.greaterThan(49);
  });
});

/** Its input is made by a task that itself waits for ever. */
function waitsForExcused(stage: Stage, task: number): boolean {
  let next = task;
  for (let depth = 0; depth < 100; depth += 1) {
    const maker = /task (\d+), which makes it, is (?:waiting|ready)/.exec(
      stage.coordinator.explain(taskId(next)),
    )?.[1];
    if (maker === undefined)
      return isExcused(stage, next) || /made from/.test(stage.coordinator.explain(taskId(next)));
    next = Number(maker);
  }
  return false;
}
