import { runFamily } from "./simulate.js";

const FILE = "disk-full.test.js";
const MB = 1_000_000;

describe("Simulation: disks are full", () => {
  it("tasks and copies go where there is room until there is room again", () => {
    const faults = { everyMs: { "disk-full": 800 }, startFails: 0.05 };
    runFamily({ seeds: 40, faults, happens: { "disk-full": 200, "start-fails": 50 } }, FILE);
  });

  it("small caches make room with what can be had again", () => {
    const faults = { everyMs: { crash: 4_000 } };
    runFamily({ seeds: 30, faults, disk: 700 * MB, happens: { crash: 30 } }, FILE);
  });
});
