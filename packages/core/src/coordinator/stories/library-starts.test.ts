import { expect } from "chai";
import { LibraryStage } from "./library-stage.test.kit.js";

const ONE_CORE = { cores: 1, memory: 1e9, disk: 1e9, gpus: 0 };
const UNFIT = { exitCode: 78 };

/** Workers of one core, and calls that wait for a library of one slot. */
function calling(
  workers: number,
  calls: number,
  parts: Parameters<LibraryStage["provide"]>[0],
): LibraryStage {
  const stage = new LibraryStage({ coolOffMs: 16_000 });
  for (let id = 1; id <= workers; id += 1)
    stage.join({ id, name: `w${id}`, host: `h${id}`, hostId: `h${id}`, resources: ONE_CORE });
  stage.provide({ slots: 1, ...parts });
  stage.calls(1, calls);
  return stage;
}

const warnings = (stage: LibraryStage): string[] =>
  stage.all("note").flatMap(({ level, message }) => (level === "warn" ? [message] : []));

describe("a library that cannot start anywhere", () => {
  it("is told of at once, with what it wrote, and once more when it is the same at three workers", () => {
    const stage = calling(5, 1, { startTries: 1_000, maxInstances: 1 });
    stage.exits(1, "line 7 at w1\nno module named numpy", UNFIT);
    expect(warnings(stage)).to.have.length(1);
    expect(warnings(stage)[0]).to.match(
      /^library library-1 did not start at w\d: .*\nline 7 at w1\nno module/s,
    );
    stage.exits(2, "line 7 at w2\nno module named numpy", UNFIT);
    expect(warnings(stage)).to.have.length(1);
    stage.exits(3, "line 7 at w3\nno module named numpy", UNFIT);
    expect(warnings(stage)).to.have.length(2);
    expect(warnings(stage)[1]).to.match(/at w\d either, nor at any other so far: no module named numpy$/);
    stage.exits(4, "the disk is full", UNFIT);
    expect(warnings(stage)[2]).to.contain("the disk is full");
  });

  it("is tried at ten workers of many, and then its calls fail", () => {
    const stage = calling(100, 2, { startTries: 1_000, maxInstances: 1 });
    for (let instance = 1; instance <= 10; instance += 1) {
      expect(stage.results.size).to.equal(0);
      stage.exits(instance, "no module named numpy", UNFIT);
    }
    expect(stage.result(2).message).to.match(/cannot be started, after 10 tries: .*no module named numpy/s);
    expect(stage.all("deploy")).to.have.length(10);
  });

  it("but has run somewhere is not given up for all the workers where it cannot", () => {
    const stage = calling(14, 14, { startTries: 1_000 });
    expect(stage.all("deploy")).to.have.length(14);
    stage.ready(14, { slots: 1 });
    for (let instance = 1; instance <= 12; instance += 1) stage.exits(instance, "no", UNFIT);
    for (let id = 1; id <= 14; id += 1) stage.end(id);
    stage.exits(14);
    stage.exits(13, "no", UNFIT);
    stage.later(60_000);
    stage.call({ id: 15 });
    expect(stage.deployed().worker).to.equal(stage.deployed(14).worker);
    expect(stage.results.has(15)).to.equal(false);
  });

  it("is not tried any further while other starts are under way, whose success counts", () => {
    for (const succeeds of [false, true]) {
      const stage = calling(5, 50, { startTries: 3 });
      for (let id = 6; id <= 10; id += 1) stage.join({ id, hostId: `h${id}`, resources: ONE_CORE });
      expect(stage.all("deploy")).to.have.length(10);
      for (let instance = 1; instance <= 9; instance += 1) stage.exits(instance, "no", UNFIT);
      stage.later(16_000);
      expect(stage.all("deploy")).to.have.length(10);
      expect(stage.results.size).to.equal(0);
      if (succeeds) stage.ready(10, { slots: 1 });
      else stage.exits(10, "no", UNFIT);
      expect(stage.results.size).to.equal(succeeds ? 0 : 50);
    }
  });
});
