import { runFamily } from "./simulate.js";

const FILE = "partition.test.js";

describe("Simulation: connections fail", () => {
  it("workers that were cut off for longer or shorter come back with what they hold, and nothing is wrong or done twice", () => {
    const faults = { everyMs: { partition: 700 }, newsLate: 0.5 };
    const happens = { partition: 150, "stale-news": 10, "joined-while-running": 5, resumed: 15 };
    runFamily({ seeds: 40, faults, silenceMs: 300, happens }, FILE);
  });

  it("connections that break and are made anew cost attempts, not results", () => {
    const faults = { everyMs: { disconnect: 500 }, newsLate: 0.5 };
    runFamily(
      { seeds: 30, faults, delayMs: 30, happens: { disconnect: 400, "stale-news": 100, resumed: 50 } },
      FILE,
    );
  });

  it("two workers that cannot reach each other use another source", () => {
    const faults = { everyMs: { "peer-cut": 300 } };
    runFamily({ seeds: 30, faults, silenceMs: 5_000, happens: { "peer-cut": 300 } }, FILE);
  });

  it("slow links make it late, not wrong", () => {
    const faults = { everyMs: { "slow-link": 700 } };
    runFamily({ seeds: 15, faults, happens: { "slow-link": 100 } }, FILE);
  });
});
