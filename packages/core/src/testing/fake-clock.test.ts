import { expect } from "chai";
import { FakeClock } from "./fake-clock.js";
import { Random } from "./random.js";

describe("FakeClock", () => {
  it("lets things happen in order of time, and of setting where times are equal", () => {
    const clock = new FakeClock(0);
    const seen: string[] = [];
    for (const [time, name] of [
      [30, "c"],
      [10, "a"],
      [20, "b"],
      [10, "a2"],
    ] as const) {
      clock.at(time, () => seen.push(`${name}@${clock.nowMs}`));
    }
    clock.advance(25);
    expect(seen).to.deep.equal(["a@10", "a2@10", "b@20"]);
    expect(clock.nowMs).to.equal(25);
    expect(clock.pending).to.equal(1);
  });

  it("a cancelled alarm never goes off, and is no longer pending", () => {
    const clock = new FakeClock(0);
    const alarm = clock.after(5, () => expect.fail("it was cancelled"));
    alarm.cancel();
    alarm.cancel();
    expect(clock.pending).to.equal(0);
    expect(clock.runNext()).to.equal(false);
  });

  it("keeps a thousand alarms in order while they are set from within alarms", () => {
    const clock = new FakeClock(0);
    const random = new Random(5);
    const times: number[] = [];
    const set = (): void => {
      times.push(clock.nowMs);
      if (times.length < 1000) clock.after(random.int(50), set);
      if (times.length < 500) clock.after(random.int(50), set);
    };
    clock.after(0, set);
    while (clock.runNext());
    expect(times).to.deep.equal(times.toSorted((a, b) => a - b));
  });
});
