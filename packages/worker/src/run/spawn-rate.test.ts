import { expect } from "chai";
import { RunnerFixture } from "./runner-fixture.test.js";
import { measureSpawnRate } from "./spawn-rate.js";

describe("how fast tasks are started", () => {
  it("a runner reaches a good part of what bare spawns reach", async () => {
    await using f = await RunnerFixture.make();
    const rates = await measureSpawnRate(f.runner, { count: 60, parallel: 4, rounds: 3 });
    expect(rates.tasksPerSecond).to.be.greaterThan(0);
    expect(rates.ratio).to.be.greaterThan(0.2); // bench/ reports it; here only that it is not lost altogether
  });
});
