import { expect } from "chai";
import { FILE_MOVES, nextFileState } from "../files/file-state.js";
import { nextTransferState, TRANSFER_MOVES } from "../transfers/transfer-state.js";
import { nextWorkerState, WORKER_MOVES } from "../workers/worker-state.js";
import {
  FINAL_STATES,
  isLegalTaskMove,
  nextTaskState,
  TASK_MOVES,
  type TaskStateName,
} from "./task-state.js";

const NAMES = Object.keys(TASK_MOVES) as TaskStateName[];

describe("the tables of moves", () => {
  it("let a task make the moves of its table and no other", () => {
    for (const from of NAMES) {
      for (const to of NAMES) {
        const move = (): unknown => nextTaskState({ name: from } as never, { name: to } as never);
        if (to in TASK_MOVES[from]) expect(move, `${from} to ${to}`).not.to.throw();
        else expect(move, `${from} to ${to}`).to.throw(/cannot go from/);
      }
    }
  });

  it("let every task reach an end", () => {
    for (const start of NAMES) {
      const reached = new Set<TaskStateName>([start]);
      for (const from of reached)
        for (const to of Object.keys(TASK_MOVES[from]) as TaskStateName[]) reached.add(to);
      expect(
        [...reached].some((name) => FINAL_STATES.has(name)),
        start,
      ).to.equal(true);
    }
  });

  it("let only a task that is done run again", () => {
    const left = [...FINAL_STATES].filter((name) => Object.keys(TASK_MOVES[name]).length > 0);
    expect(left).to.deep.equal(["done"]);
    expect(isLegalTaskMove("done", "waiting")).to.equal(true);
  });

  it("give a reason for every move", () => {
    for (const table of [TASK_MOVES, WORKER_MOVES, FILE_MOVES, TRANSFER_MOVES]) {
      for (const moves of Object.values(table)) {
        for (const [to, why] of Object.entries(moves)) {
          expect(why, to).to.be.a("string").with.length.greaterThan(10);
          expect(Object.keys(table)).to.include(to);
        }
      }
    }
  });

  it("refuse what no worker, file or transfer does", () => {
    expect(() => nextWorkerState({ name: "gone" }, { name: "ready" })).to.throw(/worker cannot go from gone/);
    expect(() => nextFileState("unusable", "named")).to.throw(/file cannot go from unusable/);
    expect(() => nextTransferState("arrived", "queued")).to.throw(/transfer cannot go from arrived/);
  });
});
