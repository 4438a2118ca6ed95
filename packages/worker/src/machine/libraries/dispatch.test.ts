import { expect } from "chai";
import { LibraryScene as Scene } from "../../testing/library-scene.js";

describe("which calls a library is given", () => {
  it("of functions that nobody knows, one for each slot", () => {
    const scene = new Scene(1, 1, 2);
    scene.ask("f", 20);
    expect(scene.loads).to.deep.equal([1, 1, 2]);
  });

  it("of quick ones many ahead, spread evenly; of slow ones none", () => {
    const quick = new Scene(1, 1);
    quick.ask("f");
    quick.answer(quick.sent[0], 2);
    quick.ask("f", 1_000);
    expect(quick.loads).to.deep.equal([64, 64]);
    const slow = new Scene(1, 1);
    slow.ask("f");
    slow.answer(slow.sent[0], 20_000);
    slow.ask("f", 1_000);
    expect(slow.loads).to.deep.equal([1, 1]);
  });

  it("ahead for two milliseconds of each slot", () => {
    const scene = new Scene(2);
    scene.ask("f");
    scene.answer(scene.sent[0], 500);
    scene.ask("f", 100);
    expect(scene.loads).to.deep.equal([8]);
  });

  it("one ahead of those that take some milliseconds, so that it need not wait for the next one", () => {
    const scene = new Scene(1, 1, 2);
    scene.ask("f");
    scene.answer(scene.sent[0], 3_000);
    scene.ask("f", 100);
    expect(scene.loads).to.deep.equal([2, 2, 4]);
  });

  it("more when half of what they had is done, so that calls travel in bunches", () => {
    const scene = new Scene(1);
    scene.ask("f");
    scene.answer(scene.sent[0], 2);
    scene.ask("f", 1_000);
    const before = scene.sent.length;
    for (const flight of scene.sent.slice(1, 32)) scene.answer(flight, 2);
    expect(scene.sent.length).to.equal(before);
    scene.answer(scene.sent[32], 2);
    expect(scene.loads).to.deep.equal([64]);
  });

  it("a function that turns out slow is not given ahead any more", () => {
    const scene = new Scene(1);
    scene.ask("f");
    scene.answer(scene.sent[0], 2);
    scene.ask("f", 2);
    scene.answer(scene.sent[1], 20_000);
    scene.answer(scene.sent[2], 20_000);
    scene.ask("f", 100);
    expect(scene.loads).to.deep.equal([1]);
  });

  it("calls wait in order of arrival; those of a connection that ended go first, one at a time", () => {
    const scene = new Scene(1, 1);
    scene.ask("f");
    scene.answer(scene.sent[0], 600);
    scene.ask("f", 8);
    expect(scene.loads).to.deep.equal([3, 3]);
    scene.answer(scene.sent[1], 600);
    const lost = scene.sent.filter(({ connection }) => connection === 2).map(({ call }) => call.task);
    scene.do({ type: "connection-closed", connection: 2 });
    const before = scene.sent.length;
    while (scene.loads[0] !== 0) {
      const [connection] = [...scene.bench.world.libraries.values()][0]?.connections ?? [];
      scene.answer(connection?.flights()[0], 600);
    }
    expect(
      scene.sent
        .slice(before)
        .map(({ call }) => call.task)
        .slice(0, 3),
    ).to.deep.equal(lost);
    expect(scene.effects.filter(({ type }) => type === "report-call")).to.have.length(9);
  });

  it("the only call of a connection that ends has failed, a moment later where it was the only one", () => {
    const scene = new Scene(1);
    scene.ask("f");
    expect(scene.do({ type: "connection-closed", connection: 1 })).to.deep.equal([]);
    const effects = scene.pass(1_100).filter(({ type }) => type === "fail-call");
    expect(effects).to.have.length(1);
    expect(effects[0]).to.deep.nested.include({ "verdict.code": "library-exit" });
  });

  it("none has failed where the library said that it had begun none", () => {
    const scene = new Scene(3, 3);
    scene.ask("f", 6);
    scene.do({ type: "connection-ending", connection: 1 });
    const effects = scene.do({ type: "connection-closed", connection: 1 });
    expect(effects.map(({ type }) => type)).to.not.include("fail-call");
    while (scene.loads[0] !== 0) {
      const [connection] = [...scene.bench.world.libraries.values()][0]?.connections ?? [];
      scene.answer(connection?.flights()[0], 5_000);
    }
    expect(scene.effects.filter(({ type }) => type === "report-call")).to.have.length(6);
  });

  it("of several, those fail whose beginning was announced", () => {
    const scene = new Scene(3);
    scene.ask("f", 3);
    scene.do({ type: "calls-begun", connection: 1, ids: [scene.sent[1]?.id ?? 0] });
    scene.do({ type: "connection-closed", connection: 1 });
    const effects = scene.pass(1_100).filter(({ type }) => type === "fail-call");
    expect(effects).to.have.length(1);
    expect(effects[0]).to.deep.nested.include({ type: "fail-call", "call.task": scene.sent[1]?.call.task });
  });
});
