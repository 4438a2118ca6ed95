import { expect } from "chai";
import fc from "fast-check";
import type { HeldCall } from "./lane.js";
import { GROUP_CALLS, LaneMemory } from "./lane-memory.js";
import { Pace } from "./pace.js";
import { WaitingCalls } from "./waiting-calls.js";

const NOTHING = { header: Buffer.alloc(0), body: Buffer.alloc(0) };

function call(id: number, name = "short"): HeldCall {
  return { id, function: name, frame: NOTHING, wallMs: undefined, memory: undefined, waited: false };
}

function pace(): Pace {
  const known = new Pace();
  known.note("short", 10);
  known.note("long", 5_000);
  return known;
}

function waiting(...calls: readonly HeldCall[]): WaitingCalls {
  const all = new WaitingCalls();
  for (const one of calls) all.add(one);
  return all;
}

const ids = (calls: readonly HeldCall[]): number[] => calls.map(({ id }) => id);

describe("calls that wait for a thread", () => {
  it("short ones go together, shared among the free threads", () => {
    const all = waiting(call(1), call(2), call(3), call(4));
    expect(ids(all.takeGroup(pace(), 2))).to.deep.equal([1, 2]);
    expect(ids(all.takeGroup(pace(), 1))).to.deep.equal([3, 4]);
  });

  it("a long one goes alone, and so does one that nobody knows", () => {
    const all = waiting(call(1, "long"), call(2), call(3, "new"), call(4));
    const groups = [1, 2, 3, 4].map(() => ids(all.takeGroup(pace(), 1)));
    expect(groups).to.deep.equal([[1], [2], [3], [4]]);
  });

  it("one with a limit goes alone: its time begins when it goes", () => {
    const limited = [
      { ...call(2), wallMs: 10 },
      { ...call(3), memory: 1e8 },
    ];
    const all = waiting(call(1), ...limited, call(4));
    const groups = [1, 2, 3, 4].map(() => ids(all.takeGroup(pace(), 1)));
    expect(groups).to.deep.equal([[1], [2], [3], [4]]);
  });

  it("a group is bounded by time and number", () => {
    const many = waiting(...Array.from({ length: 300 }, (_, id) => call(id)));
    expect(many.takeGroup(pace(), 1)).to.have.length(100);
    const quick = new Pace();
    quick.note("short", 1);
    expect(many.takeGroup(quick, 1)).to.have.length(GROUP_CALLS);
  });

  it("those that come back go first, in their order", () => {
    const all = waiting(call(3));
    all.putBack([call(1), call(2)]);
    expect(ids(all.takeGroup(pace(), 1))).to.deep.equal([1, 2, 3]);
  });

  it("slower counts at once, faster little by little", () => {
    const known = new Pace();
    known.note("f", 10);
    known.note("f", 500);
    expect(known.expectedUs("f")).to.equal(500);
    known.note("f", 100);
    expect(known.expectedUs("f")).to.equal(450);
  });

  it("each call leaves once, whatever is added, taken, put back and removed", () => {
    const step = fc.oneof(
      fc.constant({ type: "add" as const }),
      fc.record({ type: fc.constant("take" as const), threads: fc.integer({ min: 1, max: 4 }) }),
      fc.record({ type: fc.constant("remove" as const), id: fc.nat(20) }),
      fc.constant({ type: "put back" as const }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const all = new WaitingCalls();
        const inside = new Set<number>();
        let next = 0;
        let taken: HeldCall[] = [];
        for (const one of steps) {
          if (one.type === "add") {
            inside.add(next);
            all.add(call(next++, next % 5 === 0 ? "long" : "short"));
          } else if (one.type === "take") {
            taken = all.takeGroup(pace(), one.threads);
            for (const { id } of taken) expect(inside.delete(id)).to.equal(true);
          } else if (one.type === "remove") {
            expect(all.remove(one.id) !== undefined).to.equal(inside.delete(one.id));
          } else {
            for (const { id } of taken) inside.add(id);
            all.putBack(taken);
            taken = [];
          }
          expect(all.size).to.equal(inside.size);
        }
      }),
    );
  });
});

describe("the memory that host and thread share", () => {
  it("a call is begun by the thread or taken back by the host, never both", () => {
    const host = new LaneMemory();
    const thread = new LaneMemory(host.shared);
    expect([thread.begin(0), host.takeBack(0)]).to.deep.equal([true, false]);
    expect([host.takeBack(1), thread.begin(1)]).to.deep.equal([true, false]);
  });

  it("answers are seen once, in order, and stay when the thread is gone", () => {
    const host = new LaneMemory();
    const thread = new LaneMemory(host.shared);
    thread.answer(0, Buffer.from("one "), 5);
    expect(host.takeAnswers()?.toString()).to.equal("one ");
    thread.answer(1, Buffer.from("two"), 7);
    expect([host.takeAnswers()?.toString(), host.takeAnswers()]).to.deep.equal(["two", undefined]);
    expect([host.wallUs(0), host.wallUs(1)]).to.deep.equal([5, 7]);
  });

  it("an answer without room is refused and leaves no trace", () => {
    const memory = new LaneMemory();
    memory.begin(0);
    const before = memory.state(0);
    expect(memory.answer(0, Buffer.alloc(10_000_000), 1)).to.equal(false);
    expect([memory.state(0), memory.takeAnswers()]).to.deep.equal([before, undefined]);
  });
});
