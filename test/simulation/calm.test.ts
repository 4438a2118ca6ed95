import { expect } from "chai";
import { type Family, runFamily, runSeed } from "./simulate.js";

const FILE = "calm.test.js";

describe("Simulation: nothing goes wrong", () => {
  const calm: Family = {
    seeds: 40,
    wishes: { ownFailures: 0.02, deadlines: 0.1, unusableSources: 0.02 },
    happens: {
      "finished-done": 500,
      "finished-failed": 20,
      fetch: 300,
      make: 20,
      retrieve: 30,
      drop: 200,
      "task-returned": 0,
    },
  };

  it("every task ends as in a perfect world, also where sources are missing, tasks fail and times run out", () => {
    runFamily(calm, FILE);
  });

  it("the same seed gives the same run, another seed another", () => {
    const [first, again, other] = [runSeed(calm, 5, FILE), runSeed(calm, 5, FILE), runSeed(calm, 6, FILE)];
    expect(first.fingerprint).to.equal(again.fingerprint);
    expect(first.fingerprint).to.not.equal(other.fingerprint);
  });
});
