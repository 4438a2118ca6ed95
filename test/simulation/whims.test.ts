import { runFamily } from "./simulate.js";

const FILE = "whims.test.js";

describe("Simulation: the application changes its mind", () => {
  it("cancelled tasks end once, as cancelled or done, and only what needs their outputs fails", () => {
    runFamily(
      { seeds: 30, faults: {}, whims: { cancels: 0.2 }, happens: { cancels: 100, "finished-cancelled": 50 } },
      FILE,
    );
  });

  it("wanted files come home or have a reason not to", () => {
    const whims = { wants: 0.3 };
    runFamily(
      { seeds: 30, faults: { everyMs: { crash: 3_000 } }, whims, happens: { wants: 200, retrieve: 200 } },
      FILE,
    );
  });

  it("pruned files are made again for whoever still needs them; undeclared ones stay as long as that", () => {
    const whims = { prunes: 0.3, undeclares: 0.3, wants: 0.1 };
    runFamily({ seeds: 30, faults: {}, whims, happens: { prunes: 200, undeclares: 200 } }, FILE);
  });
});
