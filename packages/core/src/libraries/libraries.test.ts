import { expect } from "chai";
import { INSTANCE_MOVES, type InstanceStateName, nextInstanceState } from "./instance-state.js";
import { mayHold, mostHeld, Pace } from "./pace.js";

describe("an instance of a library", () => {
  const names = Object.keys(INSTANCE_MOVES) as InstanceStateName[];

  it("makes the moves of its table and no other, and can always end", () => {
    for (const from of names) {
      for (const to of names) {
        const move = (): unknown => nextInstanceState(from, to);
        if (to in INSTANCE_MOVES[from]) expect(move).not.to.throw();
        else expect(move).to.throw(`cannot go from ${from} to ${to}`);
      }
      expect(from === "gone" || "gone" in INSTANCE_MOVES[from], from).to.equal(true);
    }
  });

  it("gets one call ahead for each slot while nobody knows how long they take, or when they are long", () => {
    for (const meanMs of [undefined, 5, 1_000]) {
      expect(mayHold({ slots: 4, held: 7, backlogMs: 0 }, meanMs)).to.equal(true);
      expect(mayHold({ slots: 4, held: 8, backlogMs: 0 }, meanMs)).to.equal(false);
    }
  });

  it("gets five milliseconds of work ahead for each slot, and at most 64 calls", () => {
    expect(mayHold({ slots: 4, held: 203, backlogMs: 20.3 }, 0.1)).to.equal(true);
    expect(mayHold({ slots: 4, held: 204, backlogMs: 20.4 }, 0.1)).to.equal(false);
    expect(mayHold({ slots: 4, held: mostHeld(4) - 1, backlogMs: 0 }, 0)).to.equal(true);
    expect(mayHold({ slots: 4, held: mostHeld(4), backlogMs: 0 }, 0)).to.equal(false);
  });

  it("gets no short calls behind long ones", () => {
    expect(mayHold({ slots: 1, held: 2, backlogMs: 500 }, 0.01)).to.equal(false);
  });
});

describe("the pace of a library", () => {
  it("is kept for each function, and follows what it does lately", () => {
    const pace = new Pace();
    expect([pace.meanMs("f"), pace.overallMs]).to.deep.equal([undefined, undefined]);
    pace.note("f", 100);
    pace.note("g", 1);
    expect([pace.meanMs("f"), pace.meanMs("g")]).to.deep.equal([100, 1]);
    for (let call = 0; call < 100; call += 1) pace.note("f", 10);
    expect(pace.meanMs("f")).to.be.closeTo(10, 0.1);
  });
});
