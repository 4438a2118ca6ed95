import { expect } from "chai";
import { FakeClock } from "../fake-clock.js";
import { Lane } from "./session.js";

describe("Lane", () => {
  it("delivers every message once and in order, however long each would take", () => {
    const clock = new FakeClock(0);
    const heard: number[] = [];
    const delays = [50, 1, 20];
    const lane = new Lane<number>({
      clock,
      delayMs: () => delays.shift() ?? 0,
      passes: () => true,
      deliver: (m) => heard.push(m),
    });
    for (const message of [1, 2, 3, 4]) lane.send(message);
    clock.advance(49);
    expect(heard).to.deep.equal([]);
    clock.advance(100);
    expect(heard).to.deep.equal([1, 2, 3, 4]);
  });

  it("holds messages back while nothing passes, and hands out what was on its way when it is closed", () => {
    const clock = new FakeClock(0);
    const heard: number[] = [];
    let open = false;
    const lane = new Lane<number>({
      clock,
      delayMs: () => 1,
      passes: () => open,
      deliver: (m) => heard.push(m),
    });
    lane.send(1);
    clock.advance(1_000);
    open = true;
    clock.advance(100);
    open = false;
    lane.send(2);
    clock.advance(100);
    expect(heard).to.deep.equal([1]);
    expect(lane.close()).to.deep.equal([2]);
    lane.send(3);
    expect(clock.pending).to.equal(0);
  });
});
