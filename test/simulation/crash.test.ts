import { runFamily } from "./simulate.js";

const FILE = "crash.test.js";

describe("Simulation: workers die", () => {
  it("lost temps are made again, and every task ends as in a perfect world", () => {
    const faults = { everyMs: { crash: 1_500 }, newsLate: 0.5 };
    runFamily(
      { seeds: 50, faults, happens: { crash: 200, "finished-done": 500, joined: 200, recoveries: 50 } },
      FILE,
    );
  });

  it("tasks with few retries fail only when they have used them up", () => {
    const faults = { everyMs: { crash: 700 } };
    runFamily(
      { seeds: 25, faults, wishes: { retries: 1 }, happens: { crash: 100, "finished-failed": 1 } },
      FILE,
    );
  });

  it("a crash storm ends in progress as soon as it is over", () => {
    const faults = { untilMs: 10_000, everyMs: { crash: 150 } };
    runFamily({ seeds: 15, faults, happens: { crash: 150 } }, FILE);
  });
});
