import { runFamily } from "./simulate.js";

const FILE = "libraries.test.js";
const wishes = { libraries: 3, calls: 0.6 };

describe("Simulation: libraries and function calls", () => {
  it("every call returns what it returns in a perfect world", () => {
    runFamily({ seeds: 20, wishes, happens: { deploy: 60, call: 400, "finished-done": 400 } }, FILE);
  });

  it("instances that crash or do not start cost calls their retries at most", () => {
    const faults = { everyMs: { "instance-crash": 300, crash: 4_000 }, libraryFails: 0.15, newsLate: 0.5 };
    const happens = { "instance-crash": 300, "library-fails": 40, crash: 20, recoveries: 20 };
    runFamily({ seeds: 60, faults, wishes: { ...wishes, ownFailures: 0.05 }, happens }, FILE);
  });

  it("large values without a file come to the manager, or their calls run again", () => {
    const faults = {
      everyMs: { crash: 1_500, disconnect: 3_000, damage: 500 },
      transferFails: 0.1,
      newsLate: 0.5,
    };
    const happens = { "retrieve-value": 200, "value-lost": 20, crash: 60 };
    runFamily({ seeds: 40, faults, wishes: { ...wishes, largeValues: 0.5 }, happens }, FILE);
  });

  it("chains of quick calls are sent ahead, and whatever happens to them or their workers changes nothing", () => {
    const everyMs = { crash: 1_500, disconnect: 2_500, drain: 3_000, damage: 3_000, "instance-crash": 800 };
    const faults = { everyMs, newsLate: 0.5, newsTwice: 0.05, libraryFails: 0.05 };
    const whims = { cancels: 0.05, wants: 0.1, undeclares: 0.1 };
    const happens = {
      linked: 500,
      "instance-crash": 50,
      crash: 50,
      disconnect: 30,
      drain: 30,
      recoveries: 10,
    };
    const quick = { libraries: 1, calls: 0.95, quick: 0.9, ownFailures: 0.02 };
    runFamily({ seeds: 80, faults, whims, wishes: quick, silenceMs: 1_500, happens }, FILE);
  });

  it("workers that leave, break down or run out of room change nothing", () => {
    const everyMs = {
      crash: 3_000,
      disconnect: 4_000,
      partition: 5_000,
      drain: 3_000,
      "disk-full": 5_000,
      damage: 2_000,
      "instance-crash": 2_000,
    };
    const faults = {
      everyMs,
      transferFails: 0.03,
      startFails: 0.02,
      newsTwice: 0.05,
      newsLate: 0.5,
      libraryFails: 0.05,
    };
    const whims = { cancels: 0.05, wants: 0.1, prunes: 0.05, undeclares: 0.1, removes: 0.3 };
    const happens = { drain: 50, cancels: 50, removes: 60, wants: 50, retract: 20, recoveries: 20 };
    const family = { faults, whims, wishes: { ...wishes, ownFailures: 0.03 }, silenceMs: 1_500, happens };
    runFamily({ seeds: 60, also: [141, 282], ...family }, FILE);
  });
});
