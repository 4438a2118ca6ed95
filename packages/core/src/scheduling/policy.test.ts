import { expect } from "chai";
import { taskId, workerId } from "../model/ids.js";
import { findPolicy, policyNamed, policyNames, registerPolicy } from "./policy.js";
import type { Candidate } from "./rank/contract.js";

const task = { task: taskId(1), category: "default", priority: 0 };
const candidate = (id: number, different: Partial<Candidate> = {}): Candidate => ({
  worker: workerId(id),
  cachedBytes: 0,
  freeCores: 4,
  totalCores: 8,
  freeMemory: 1e9,
  freeDisk: 1e9,
  meanMs: undefined,
  ...different,
});
const chosen = (policy: string, ...candidates: Candidate[]): number | undefined =>
  candidates[policyNamed(policy).choose(task, candidates, () => 0.99).choice]?.worker;

describe("placement policies", () => {
  it("most-cached chooses the worker with most bytes of the inputs, else the emptiest", () => {
    expect(
      chosen("most-cached", candidate(1), candidate(2, { cachedBytes: 5 }), candidate(3, { cachedBytes: 9 })),
    ).to.equal(3);
    expect(chosen("most-cached", candidate(1), candidate(2, { freeCores: 6 }))).to.equal(2);
  });

  it("best-fit fills, worst-fit spreads, first-come keeps to the order of joining, random draws", () => {
    const workers = [candidate(3, { freeCores: 2 }), candidate(1), candidate(2, { freeCores: 7 })];
    expect(chosen("best-fit", ...workers)).to.equal(3);
    expect(chosen("worst-fit", ...workers)).to.equal(2);
    expect(chosen("first-come", ...workers)).to.equal(1);
    expect(chosen("random", ...workers)).to.equal(2);
  });

  it("most-disk counts inputs as placed, fastest tries each before it compares", () => {
    const disks = [
      candidate(1),
      candidate(2, { freeDisk: 2e9 }),
      candidate(3, { freeDisk: 1.5e9, cachedBytes: 6e8 }),
    ];
    expect(chosen("most-disk", ...disks)).to.equal(3);
    const tried = [candidate(1, { meanMs: 30 }), candidate(2, { meanMs: 20 }), candidate(3, { meanMs: 40 })];
    expect(chosen("fastest", ...tried)).to.equal(2);
    expect(chosen("fastest", ...tried, candidate(4))).to.equal(4);
  });

  it("of equals choose the smallest id, so that runs repeat", () => {
    for (const policy of ["most-cached", "best-fit", "worst-fit", "most-disk", "fastest", "first-come"]) {
      expect(chosen(policy, candidate(5), candidate(2), candidate(9)), policy).to.equal(2);
    }
  });

  it("say why", () => {
    for (const name of policyNames()) {
      const { because } = policyNamed(name).choose(task, [candidate(1), candidate(2)], () => 0);
      expect(because, name).to.match(/^it /);
    }
  });

  it("can be added by anyone, and an unknown name is refused with those there are", () => {
    registerPolicy({
      name: "last",
      draw: "fullest",
      sample: 4,
      choose: (_task, all) => ({ choice: all.length - 1, because: "it is last" }),
    });
    expect(chosen("last", candidate(1), candidate(2))).to.equal(2);
    expect(findPolicy("nearest")).to.equal(undefined);
    expect(() => policyNamed("nearest")).to.throw(/no placement policy is called "nearest".*most-cached/);
  });
});
