import { expect } from "chai";
import { workerId } from "../../model/ids.js";
import { LibraryStage } from "./library-stage.test.kit.js";

/** Two workers of one core, by the names of their metals, and a library for some of them. */
function stageFor(workers: readonly string[], elsewhere = false): LibraryStage {
  const stage = new LibraryStage();
  join(stage, 1, "gold");
  join(stage, 2, "iron");
  stage.provide({ slots: 1, places: { workers, elsewhere } });
  return stage;
}

function join(stage: LibraryStage, id: number, name: string): void {
  stage.join({
    id,
    name,
    host: `${name}.example.org`,
    resources: { cores: 1, memory: 1e9, disk: 1e9, gpus: 0 },
  });
}

const workersOf = (stage: LibraryStage): number[] => stage.all("deploy").map(({ worker }) => worker);

describe("a library that is for some workers", () => {
  it("runs at those only, by name or by host, however many calls wait", () => {
    for (const place of ["iron", "iron.example.org"]) {
      const stage = stageFor([place]);
      stage.calls(1, 20);
      expect(workersOf(stage)).to.deep.equal([2]);
    }
  });

  it("waits for one that is not there, and says so", () => {
    const stage = stageFor(["lead", "tin"]);
    stage.call({ id: 1 });
    expect(workersOf(stage)).to.deep.equal([]);
    expect(stage.explain(1)).to.match(/could ever run library library-1: gold is none of lead, tin/);
    join(stage, 3, "tin");
    expect(workersOf(stage)).to.deep.equal([3]);
  });

  it("does with others while none of them is there, where it may", () => {
    const stage = stageFor(["tin"], true);
    stage.call({ id: 1 });
    const [first] = workersOf(stage);
    expect(first).to.be.oneOf([1, 2]);
    stage.ready(1, { slots: 1 });
    join(stage, 3, "tin");
    stage.end(1);
    stage.call({ id: 2 });
    expect(stage.deployed(2).worker).to.equal(workerId(3));
    stage.ready(2, { slots: 1 });
    stage.call({ id: 3 });
    expect(stage.dealtTo(1)).to.deep.equal([1]);
    stage.lose(3);
    expect(stage.deployed(3).worker).to.be.oneOf([1, 2]);
  });
});

describe("a library with a placement policy of its own", () => {
  for (const [policy, worker] of [
    ["worst-fit", 1],
    ["best-fit", 2],
  ] as const)
    it(`is started first where that says: ${policy}`, () => {
      const stage = new LibraryStage();
      for (const [id, cores] of [4, 1, 2].entries())
        stage.join({ id: id + 1, resources: { cores, memory: 1e9, disk: 1e9, gpus: 0 } });
      stage.provide({ slots: 1, resources: { cores: 1 }, policy });
      stage.call({ id: 1 });
      expect(workersOf(stage)).to.deep.equal([worker]);
    });
});
