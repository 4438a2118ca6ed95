import { expect } from "chai";
import { figure, table } from "./table.js";

describe("the table of a bench", () => {
  it("shows three digits of small figures and all of large ones", () => {
    expect([0.01234, 12.345, 99.99, 1234567.8].map(figure)).to.deep.equal([
      "0.0123",
      "12.3",
      "100",
      "1,234,568",
    ]);
  });

  it("aligns numbers to the right and words to the left", () => {
    const row = {
      name: "no-op",
      unit: "tasks/s",
      ours: 120_000,
      peer: 60,
      peerName: "bare spawns",
      ratio: 2000,
    };
    expect(table([row]).split("\n")).to.deep.equal([
      "            ours  compared  ratio  unit     compared with",
      "  no-op  120,000        60  2,000  tasks/s  bare spawns",
    ]);
  });
});
