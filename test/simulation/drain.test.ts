import { runFamily } from "./simulate.js";

const FILE = "drain.test.js";

describe("Simulation: workers leave", () => {
  it("a worker that wants to leave is released, and what only it held is not lost to those who need it", () => {
    const faults = { everyMs: { drain: 1_000 } };
    runFamily({ seeds: 40, faults, happens: { drain: 200, released: 200 } }, FILE);
  });
});
