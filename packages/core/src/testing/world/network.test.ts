import { expect } from "chai";
import { FakeClock } from "../fake-clock.js";
import { Network, type Node } from "./network.js";

describe("Network", () => {
  const node = (name: string, rate: number): Node => ({ name, upRate: rate, downRate: rate });
  const a = node("a", 100);
  const b = node("b", 100);
  const c = node("c", 1_000);

  const setUp = () => {
    const clock = new FakeClock(0);
    const network = new Network(clock);
    const log: string[] = [];
    const start = (from: Node, to: Node, bytes: number) =>
      network.start({
        from,
        to,
        bytes,
        onDone: () => log.push(`${from.name}${to.name} done ${Math.round(clock.nowMs)}`),
        onFailed: (how) => log.push(`${from.name}${to.name} ${how} ${Math.round(clock.nowMs)}`),
      });
    return { clock, network, log, start };
  };

  it("a transfer alone goes as fast as the slower of the two links", () => {
    const { clock, log, start } = setUp();
    start(c, a, 10_000);
    clock.advance(1_000);
    expect(log).to.deep.equal(["ca done 100"]);
  });

  it("transfers through one link share it, and the last one speeds up when the others are done", () => {
    const { clock, log, start } = setUp();
    start(a, b, 10_000);
    start(a, c, 20_000);
    clock.advance(1_000);
    expect(log).to.deep.equal(["ab done 200", "ac done 300"]);
  });

  it("a cut stalls what is under way and nothing else; healed in time it goes on where it was", () => {
    const { clock, network, log, start } = setUp();
    start(a, b, 10_000);
    start(c, b, 5_000);
    clock.advance(50);
    network.cut(a, b);
    clock.advance(4_000);
    network.heal(a, b);
    clock.advance(1_000);
    expect(log).to.deep.equal(["cb done 100", "ab done 4125"]);
    start(a, b, 10_000);
    network.cut(a, b);
    clock.advance(6_000);
    expect(log.at(-1)).to.equal("ab stalled 10050");
  });

  it("a node that dies breaks its transfers; a cancelled one says nothing", () => {
    const { clock, network, log, start } = setUp();
    start(a, b, 10_000);
    start(c, b, 10_000).cancel();
    clock.advance(20);
    network.breakAll(a);
    clock.advance(1_000);
    expect(log).to.deep.equal(["ab broken 20"]);
    expect(clock.pending).to.equal(0);
  });
});
