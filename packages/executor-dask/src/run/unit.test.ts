import { expect } from "chai";
import { orderOf } from "../graph/order.js";
import { graphOf } from "../testing/graphs.test.kit.js";
import { Estimates } from "./estimates.js";
import { NodeStates } from "./node-states.js";
import { UnitBuilder, type UnitBuilderOptions } from "./unit.js";

/** A chain of four nodes. */
const graph = graphOf([[], [0], [1], [2]], [3]);

/** The units that it goes out in. */
function unitsOf(different: Partial<UnitBuilderOptions>): number[][] {
  const states = new NodeStates({
    graph,
    order: orderOf(graph),
    keepsAll: false,
    onRelease: () => undefined,
  });
  const groups = new Int32Array(4);
  const estimates = new Estimates(1);
  const builder = new UnitBuilder({
    graph,
    states,
    estimates,
    groups,
    isShipped: () => true,
    ...different,
  });
  const units: number[][] = [];
  for (let node = states.nextReady(); node !== undefined; node = states.nextReady()) {
    const { members } = builder.build(node, { nodes: 10, spanUs: 1_000, chainUs: 100_000 });
    units.push(members.map((member) => member.node));
    for (const member of members) states.finish(member.node);
  }
  return units;
}

describe("a unit", () => {
  it("is a whole chain, as far as that does not take too long", () => {
    expect(unitsOf({})).to.deep.equal([[0, 1, 2, 3]]);
    const estimates = new Estimates(1);
    estimates.learn(0, 60_000, 0);
    expect(unitsOf({ estimates })).to.deep.equal([
      [0, 1],
      [2, 3],
    ]);
  });

  it("has nothing less urgent than its first node, but that before something urgent", () => {
    expect(unitsOf({ priorities: Float64Array.of(5, 5, 0, 0) })).to.deep.equal([
      [0, 1],
      [2, 3],
    ]);
    expect(unitsOf({ priorities: Float64Array.of(0, 0, 5, 5) })).to.deep.equal([[0, 1, 2, 3]]);
  });

  it("ends with a node whose value is to be kept", () => {
    expect(unitsOf({ ends: Uint8Array.of(0, 1, 0, 0) })).to.deep.equal([
      [0, 1],
      [2, 3],
    ]);
  });

  it("has nodes of one library only", () => {
    expect(unitsOf({ classes: Int32Array.of(0, 0, 1, 0) })).to.deep.equal([[0, 1], [2], [3]]);
  });
});
