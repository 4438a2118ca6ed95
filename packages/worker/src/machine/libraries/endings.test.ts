import { expect } from "chai";
import { LibraryScene as Scene } from "../../testing/library-scene.js";
import type { WorkerEffect } from "../event.js";

const typesOf = (effects: readonly WorkerEffect[]): string[] => effects.map(({ type }) => type);

describe("a call that is asked back", () => {
  /** A long call, and behind it on the same connection two that were thought to be short. */
  function stuck(): { readonly scene: Scene; readonly retract: (at: number) => WorkerEffect[] } {
    const scene = new Scene(1);
    scene.ask("f");
    scene.answer(scene.sent[0], 2);
    const calls = scene.ask("f", 3);
    const retract = (at: number): WorkerEffect[] => {
      const { task, attempt } = calls[at]!;
      return scene.do({ type: "call-retracted", task, attempt });
    };
    return { scene, retract };
  }

  it("and waits behind another in its library is given back when the library gives it up", () => {
    const { scene, retract } = stuck();
    expect(typesOf(retract(1))).to.deep.equal(["withdraw-call"]);
    expect(typesOf(retract(1)), "once is enough").to.deep.equal([]);
    const effects = scene.giveUp(scene.sent[2]!);
    expect(typesOf(effects)).to.deep.equal(["return-call"]);
    expect(effects[0]).to.include({ reason: "retracted" });
  });

  it("is answered where the library had begun it, or does not know the word", () => {
    const { scene, retract } = stuck();
    retract(1);
    scene.answer(scene.sent[1], 2);
    scene.answer(scene.sent[2], 2);
    expect(typesOf(scene.effects).filter((type) => type === "report-call")).to.have.length(3);
    expect(typesOf(scene.effects)).to.not.include("return-call");
  });

  it("and runs is left alone", () => {
    const { scene, retract } = stuck();
    expect(typesOf(retract(0))).to.deep.equal([]);
    expect(scene.loads).to.deep.equal([3]);
  });
});

describe("limits of calls", () => {
  it("a call past its wall time fails; its library is told, and its process ended when it does not obey", () => {
    const scene = new Scene(1);
    scene.ask("f", 1, { wallTimeMs: 50 });
    expect(typesOf(scene.pass(100)), "a library that keeps to limits has a moment more").to.deep.equal([
      "call-runs",
    ]);
    const effects = scene.pass(60);
    expect(typesOf(effects)).to.deep.equal(["fail-call", "cancel-call"]);
    expect(effects[0]).to.have.nested.property("verdict.code", "max-wall-time");
    expect(typesOf(scene.pass(60))).to.deep.equal(["end-connection"]);
  });

  it("its time begins when its turn comes, not when it is sent", () => {
    const scene = new Scene(1);
    scene.ask("f");
    scene.answer(scene.sent[0], 2);
    scene.ask("g");
    scene.ask("f", 1, { wallTimeMs: 50 });
    scene.pass(400);
    scene.answer(scene.sent[1], 400_000);
    expect(typesOf(scene.pass(60))).to.not.include("fail-call");
    expect(typesOf(scene.pass(200))).to.include("fail-call");
  });

  it("an end-by time counts in the queue, too", () => {
    const scene = new Scene(1);
    scene.ask("f");
    scene.ask("f", 1, { endWithinMs: 100 });
    const effects = scene.pass(150).filter(({ type }) => type === "fail-call");
    expect(effects).to.have.length(1);
    expect(effects[0]).to.have.nested.property("verdict.code", "max-end-time");
  });

  it("a cancelled call that has not begun there does no harm to the one before it", () => {
    const scene = new Scene();
    scene.connect({ cancels: false });
    scene.ask("f");
    scene.answer(scene.sent[0], 2);
    const [, second] = scene.ask("f", 2);
    if (second === undefined) throw new Error("nothing was asked");
    const effects = scene.do({ type: "call-killed", task: second.task, attempt: second.attempt });
    expect(typesOf(effects)).to.deep.equal(["forget-call"]);
    scene.answer(scene.sent[1], 2);
    expect(typesOf(scene.pass(10)), "now it runs").to.deep.equal([]);
    expect(typesOf(scene.pass(60))).to.deep.equal(["end-connection"]);
  });

  it("where the process is the library's first, the library is ended, and its calls are given back", () => {
    const scene = new Scene();
    scene.connect({ cancels: false, isMain: true, slots: 2 });
    const [stuck, other] = scene.ask("f", 2);
    if (stuck === undefined || other === undefined) throw new Error("nothing was asked");
    const effects = scene.do({ type: "call-killed", task: stuck.task, attempt: stuck.attempt });
    expect(effects[1]).to.deep.include({ type: "kill-task", code: "library-exit", graceMs: 0 });
    scene.do({ type: "connection-closed", connection: 1 });
    const end = scene.do({ type: "task-ended", key: scene.key, outputs: [], loosened: [] });
    expect(end[0]).to.deep.include({ type: "return-call", reason: "library-gone" });
    expect(end[0]).to.have.nested.property("call.task", other.task);
    expect(typesOf(end)).to.deep.equal(["return-call", "report-end"]);
  });
});

describe("the beginning and the end of a library", () => {
  it("a task whose room an idle one has is given back, so that the manager can end that one", () => {
    const scene = new Scene(1);
    const effects = scene.bench.assign("7-1", { disk: 995 });
    expect(effects[0]).to.deep.include({ type: "return-task", key: "7-1", reason: "no-room" });
    const [call] = scene.ask("f");
    expect(call).not.to.equal(undefined);
    expect(
      typesOf(scene.bench.assign("8-1", { disk: 995 })),
      "a call may leave room when it ends",
    ).to.deep.equal([]);
  });

  it("it is ready at once with all its slots, with fewer of them after a moment, and says when that changes", () => {
    const scene = new Scene(2);
    const slotsSaid = (): number[] =>
      scene.effects.flatMap((effect) => (effect.type === "library-ready" ? [effect.offer.slots] : []));
    expect(slotsSaid()).to.deep.equal([2]);
    scene.do({ type: "connection-closed", connection: 1 });
    const one = scene.connect();
    scene.pass(50);
    expect(slotsSaid()).to.deep.equal([2]);
    scene.pass(100);
    expect(slotsSaid()).to.deep.equal([2, 1]);
    scene.connect();
    expect(slotsSaid(), "it has what it was asked for").to.deep.equal([2, 1, 2]);
    scene.do({ type: "connection-closed", connection: one });
    scene.connect();
    scene.pass(150);
    expect(slotsSaid(), "a process that is replaced at once is not worth a word").to.deep.equal([2, 1, 2]);
  });

  it("it is ended when it has not connected in time", () => {
    const scene = new Scene();
    scene.do({ type: "library-started", key: scene.key });
    scene.ask("f");
    const effects = scene.pass(1_100);
    expect(effects[0]).to.deep.include({ type: "kill-task", code: "library-exit" });
    const end = scene.do({ type: "task-ended", key: scene.key, outputs: [], loosened: [] });
    expect(typesOf(end)).to.deep.equal(["return-call", "report-end"]);
  });

  it("a call that ended it says how", () => {
    const scene = new Scene();
    scene.connect({ isMain: true });
    scene.ask("f");
    expect(
      typesOf(scene.do({ type: "connection-closed", connection: 1 })),
      "it waits for the exit",
    ).to.deep.equal([]);
    const exit = { message: "SIGSEGV", signal: "SIGSEGV" };
    scene.do({ type: "library-exited", key: scene.key, exit });
    const [effect] = scene.do({ type: "task-ended", key: scene.key, outputs: [], loosened: [] });
    expect(effect).to.deep.include({ type: "fail-call" });
    expect(effect).to.have.nested.property("verdict.exit", exit);
  });

  it("a call that ended all processes of it says how, too", () => {
    const scene = new Scene();
    scene.connect();
    scene.ask("f");
    expect(typesOf(scene.do({ type: "connection-closed", connection: 1 }))).to.deep.equal([]);
    const exit = { message: "too much", exhausted: ["memory"] };
    scene.do({ type: "library-exited", key: scene.key, exit });
    const [effect] = scene.do({ type: "task-ended", key: scene.key, outputs: [], loosened: [] });
    expect(effect).to.have.nested.property("verdict.exit", exit);
  });

  it("without its manager it finishes what it runs, and ends", () => {
    const scene = new Scene(1);
    scene.ask("f", 2);
    const lost = scene.do({ type: "manager-lost", policy: "finish" });
    expect(typesOf(lost)).to.deep.equal(["forget-call"]);
    scene.answer(scene.sent[0], 5);
    expect(typesOf(scene.effects.slice(-2))).to.deep.equal(["report-call", "kill-task"]);
  });

  it("a worker that leaves gives back what waits, and what runs when it leaves at once", () => {
    const scene = new Scene(1);
    scene.ask("f", 2);
    const [effect, ...others] = scene.do({ type: "leave", kill: false, message: "home" });
    expect(effect).to.deep.include({ type: "return-call", reason: "leaving" });
    expect(others).to.deep.equal([]);
    const now = scene.do({ type: "leave", kill: true, message: "home" });
    expect(typesOf(now)).to.include.members(["return-call", "kill-task"]);
  });
});
