import { expect } from "chai";
import { type Family, runFamily, runSeed } from "./simulate.js";

const FILE = "everything.test.js";

describe("Simulation: everything goes wrong", () => {
  const everything: Family = {
    seeds: 60,
    faults: {
      everyMs: {
        crash: 4_000,
        partition: 4_000,
        disconnect: 5_000,
        "peer-cut": 2_000,
        "slow-link": 4_000,
        "disk-full": 5_000,
        rot: 2_000,
        damage: 1_500,
        evict: 3_000,
        drain: 6_000,
      },
      transferFails: 0.03,
      blameDestination: 0.3,
      inputSpoils: 0.02,
      startFails: 0.02,
      newsTwice: 0.05,
      newsLate: 0.5,
    },
    whims: { cancels: 0.05, wants: 0.1, prunes: 0.05, undeclares: 0.1 },
    wishes: { ownFailures: 0.05, deadlines: 0.05, unusableSources: 0.03 },
    silenceMs: 1_500,
    happens: {
      crash: 100,
      partition: 100,
      "news-twice": 100,
      "stale-news": 100,
      damage: 200,
      drain: 50,
      cancels: 50,
    },
  };

  it("every task ends exactly once, rightly, in bounded time", () => {
    runFamily(everything, FILE);
  });

  it("the same seed gives the same run, whatever goes wrong in it", () => {
    for (const seed of [3, 14, 15]) {
      expect(runSeed(everything, seed, FILE).fingerprint).to.equal(
        runSeed(everything, seed, FILE).fingerprint,
      );
    }
  });
});
