import { runFamily } from "./simulate.js";

const FILE = "transfer.test.js";

describe("Simulation: copies fail", () => {
  it("a copy that fails on its way is tried again from where it can be had", () => {
    const faults = { transferFails: 0.25 };
    runFamily({ seeds: 30, faults, happens: { "transfer-fails": 150 } }, FILE);
  });

  it("a destination that cannot take copies does not stop the others", () => {
    const faults = { transferFails: 0.3, blameDestination: 0.7 };
    runFamily({ seeds: 30, faults, happens: { "destination-fails": 100 } }, FILE);
  });

  it("cache entries that turn out to be damaged or are thrown out are brought or made again", () => {
    const faults = { everyMs: { damage: 200, evict: 400 } };
    runFamily({ seeds: 40, faults, happens: { damage: 500, evict: 20 } }, FILE);
  });

  it("a worker whose copies are not what they were is found out by who fetches them, and not asked again", () => {
    const faults = { everyMs: { rot: 100, crash: 4_000 } };
    const happens = { rot: 1_000, "another-digest": 100, recoveries: 20 };
    runFamily({ seeds: 40, faults, happens }, FILE);
  });

  it("what a task reads and changes is brought anew, and the task runs again with copies", () => {
    const faults = { inputSpoils: 0.2, everyMs: { damage: 1_000, disconnect: 4_000 }, newsTwice: 0.05 };
    runFamily({ seeds: 40, also: [52], faults, happens: { "input-spoils": 150 } }, FILE);
  });
});
