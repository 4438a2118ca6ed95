import { expect } from "chai";
import sinon from "sinon";
import { Pulse } from "./pulse.js";

describe("Pulse", () => {
  it("beats regularly, and says for how long our own process stood still", () => {
    const clock = sinon.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance"] });
    try {
      const slept: number[] = [];
      const pulse = new Pulse(100, (_, sleptMs) => slept.push(sleptMs));
      clock.tick(300);
      clock.jump(60_000);
      clock.tick(100);
      pulse.stop();
      clock.tick(1_000);
      expect(slept.filter((ms) => ms === 0)).to.have.lengthOf(4);
      expect(Math.max(...slept)).to.be.within(59_900, 60_100);
      expect(slept).to.have.lengthOf(5);
    } finally {
      clock.restore();
    }
  });
});
