import { expect } from "chai";
import type { Event } from "../../coordinator/event.js";
import { attempt, cacheName, fileId, taskId, transferId, workerId } from "../../model/ids.js";
import { anAllocation, anInput, anOutput, aTask } from "../builders.js";
import { FakeClock } from "../fake-clock.js";
import { contentOf } from "./content.js";
import { Network } from "./network.js";
import type { Behaviour, Holder, Luck, Order } from "./order.js";
import { outputContent } from "./outcome.js";
import { Lane } from "./session.js";
import { VirtualWorker } from "./worker.js";

const MB = 1_000_000;
const NO_LUCK: Luck = {
  transferFails: () => undefined,
  startFails: () => false,
  inputSpoils: () => false,
  libraryFails: () => false,
  killedSpeaks: () => false,
  returnsWhenInputGoes: () => true,
};

describe("VirtualWorker", () => {
  const data = {
    cacheName: cacheName("file-data"),
    content: contentOf("data"),
    size: 10 * MB,
    kind: "file",
    lifetime: "workflow",
  } as const;

  function setUp(luck: Partial<Luck> = {}) {
    const clock = new FakeClock(0);
    const network = new Network(clock);
    const resources = { cores: 2, memory: 8_000 * MB, disk: 1_000 * MB, gpus: 0 };
    const worker = new VirtualWorker(
      { name: "worker", hostId: "host", resources, features: [], rate: 100_000 },
      { clock, network, luck: { ...NO_LUCK, ...luck } },
    );
    const heard: Event[] = [];
    const lane = <M>(deliver: (message: M) => void) =>
      new Lane<M>({ clock, delayMs: () => 1, passes: () => true, deliver });
    const news = lane<Event>((event) => heard.push(event));
    const session = { id: workerId(7), orders: lane<readonly Order[]>(() => undefined), news };
    worker.join(session, false);
    const released: string[] = [];
    const order = (...orders: Order[]): void => {
      worker.receive(orders, () => released.push("released"));
    };
    const heardOf = (type: Event["type"]): Event[] => heard.filter((event) => event.type === type);
    const manager: Holder = {
      node: { name: "manager", upRate: 100_000, downRate: 100_000 },
      find: () => data,
    };
    return { clock, network, worker, session, heard, heardOf, order, released, manager };
  }

  const behaviour: Behaviour = { runMs: 100, exitCode: 0, memory: 0, outputBytes: [5 * MB] };
  const allocation = anAllocation({ memory: 1_000 * MB, disk: 50 * MB });
  const input = { name: "f1", file: fileId(1), cacheName: data.cacheName };
  const output = { ...anOutput(fileId(2)), cacheName: cacheName("temp-2"), lifetime: "workflow" } as const;
  const assign = (id: number, different: Partial<Extract<Order, { type: "assign" }>> = {}): Order => ({
    type: "assign",
    spec: aTask({ id, inputs: [anInput(fileId(1))], outputs: [anOutput(fileId(2))] }),
    behaviour,
    attempt: attempt(1),
    allocation,
    inputs: [input],
    outputs: [output],
    ...different,
  });
  const fetchFrom = (source: Holder): Order => {
    return {
      type: "fetch",
      transfer: transferId(1),
      file: fileId(1),
      cacheName: data.cacheName,
      lifetime: "workflow",
      source,
    };
  };

  it("introduces itself with what its disk holds", () => {
    const { clock, worker, session, heardOf } = setUp();
    worker.disk.add(data);
    worker.join(session, false);
    clock.advance(5);
    expect(heardOf("worker-joined").at(-1)).to.deep.include({
      worker: worker.introduction(workerId(7)),
    });
    expect(worker.introduction(workerId(7)).holds.map((held) => held.cacheName)).to.deep.equal([
      data.cacheName,
    ]);
  });

  it("starts a task once its inputs have come, and its outputs are what the command makes of them", () => {
    const { clock, heard, order, manager } = setUp();
    order(assign(1));
    clock.advance(1_000);
    expect(heard.map((event) => event.type)).to.deep.equal(["worker-joined"]);
    order(fetchFrom(manager));
    clock.advance(1_000);
    expect(heard.map((event) => event.type)).to.deep.equal([
      "worker-joined",
      "replica-ready",
      "task-started",
      "task-ended",
    ]);
    const ended = heard.at(-1);
    const content = outputContent("task 1", new Map([["f1", data.content]]), "f2");
    expect(ended).to.have.nested.property("outcome.outputs[0].digest", content);
  });

  it("starts in order of arrival what fits, and lets smaller ones pass one that does not", () => {
    const { clock, worker, heardOf, order } = setUp();
    worker.disk.add(data);
    const large = { ...allocation, cores: 2 };
    order(assign(1), assign(2, { allocation: large }), assign(3));
    clock.advance(50);
    expect(heardOf("task-started").map((event) => "task" in event && event.task)).to.deep.equal([1, 3]);
    clock.advance(500);
    expect(heardOf("task-started").map((event) => "task" in event && event.task)).to.deep.equal([1, 3, 2]);
  });

  it("a retracted task comes back if it has not started, and else goes on without a word", () => {
    const { clock, worker, heardOf, order } = setUp();
    worker.disk.add(data);
    order(assign(1, { allocation: { ...allocation, cores: 2 } }), assign(2));
    order(
      { type: "retract", task: taskId(2), attempt: attempt(1) },
      { type: "retract", task: taskId(1), attempt: attempt(1) },
    );
    clock.advance(500);
    expect(heardOf("task-returned")).to.have.length(1);
    expect(heardOf("task-returned")[0]).to.include({ task: 2, reason: "retracted" });
    expect(heardOf("task-ended")).to.have.length(1);
  });

  it("a killed task ends nowhere and gives its room to the next", () => {
    const { clock, worker, heardOf, order } = setUp();
    worker.disk.add(data);
    order(assign(1, { allocation: { ...allocation, cores: 2 } }), assign(2));
    clock.advance(50);
    order({ type: "kill", task: taskId(1), attempt: attempt(1) });
    clock.advance(500);
    expect(heardOf("task-ended").map((event) => "task" in event && event.task)).to.deep.equal([2]);
  });

  it("a dropped entry stays while a task needs it, and goes then", () => {
    const { clock, worker, heardOf, order } = setUp();
    worker.disk.add(data);
    order(assign(1), { type: "drop", cacheName: data.cacheName });
    clock.advance(500);
    expect(heardOf("task-ended")).to.have.length(1);
    expect(worker.disk.has(data.cacheName)).to.equal(false);
  });

  it("says who is to blame when a copy does not arrive", () => {
    const { clock, network, worker, heardOf, order, manager } = setUp();
    network.cut(manager.node, worker.node);
    order(fetchFrom(manager));
    clock.advance(3_000);
    network.heal(manager.node, worker.node);
    worker.occupy(worker.disk.free);
    order(fetchFrom(manager));
    clock.advance(3_000);
    worker.occupy(0);
    order(fetchFrom({ ...manager, find: () => ({ error: "URL_NOT_FOUND", message: "404", fault: "file" }) }));
    clock.advance(3_000);
    const blamed = heardOf("transfer-failed").map(
      (event) => event.type === "transfer-failed" && event.failure.fault,
    );
    expect(blamed).to.deep.equal(["source", "destination", "file"]);
  });

  it("two requests for one copy are answered together, a third at once", () => {
    const { clock, heardOf, order, manager } = setUp();
    order(fetchFrom(manager), {
      ...(fetchFrom(manager) as Extract<Order, { type: "fetch" }>),
      transfer: transferId(2),
    });
    clock.advance(500);
    order({ ...(fetchFrom(manager) as Extract<Order, { type: "fetch" }>), transfer: transferId(3) });
    clock.advance(2);
    expect(heardOf("replica-ready").map((event) => "transfer" in event && event.transfer)).to.deep.equal([
      1, 2, 3,
    ]);
  });

  it("makes room by throwing out forever files, and says so", () => {
    const { clock, worker, heardOf, order, manager } = setUp();
    worker.disk.add({ ...data, cacheName: cacheName("old"), size: 995 * MB, lifetime: "forever" });
    order(fetchFrom(manager));
    clock.advance(500);
    expect(heardOf("replica-gone")).to.have.length(1);
    expect(heardOf("replica-ready")).to.have.length(1);
  });

  it("one that wants to leave gives back what has not started, finishes what runs, and goes when released", () => {
    const { clock, worker, heardOf, order, released } = setUp();
    worker.disk.add(data);
    order(assign(1, { allocation: { ...allocation, cores: 2 } }), assign(2));
    worker.leave();
    order(assign(3));
    clock.advance(500);
    expect(heardOf("task-returned").map((event) => "task" in event && event.task)).to.deep.equal([2, 3]);
    expect(heardOf("task-ended").map((event) => "task" in event && event.task)).to.deep.equal([1]);
    order({ type: "release" });
    expect(released).to.deep.equal(["released"]);
  });

  it("after a crash only what is forever is still there, or nothing", () => {
    const { worker, session } = setUp();
    worker.disk.add(data);
    worker.disk.add({ ...data, cacheName: cacheName("kept"), lifetime: "forever" });
    worker.crash(true);
    worker.restart();
    worker.join(session, false);
    expect(worker.introduction(session.id).holds.map((held) => held.cacheName)).to.deep.equal(["kept"]);
    worker.crash(false);
    expect(worker.disk.copies).to.deep.equal([]);
  });
});
