import { attempt, taskId } from "@taskvine/core/model";
import { decodeWorkerBatch, type WorkerMessage } from "@taskvine/core/protocol";
import type { Link } from "@taskvine/core/transport";
import { expect } from "chai";
import sinon from "sinon";
import { Outlet } from "./outlet.js";

const GONE: WorkerMessage = { type: "leaving", reason: "told to" };

function started(id: number): WorkerMessage {
  return { type: "started", task: taskId(id), attempt: attempt(1) };
}

describe("what a worker says", () => {
  let clock: sinon.SinonFakeTimers;
  let outlet: Outlet;
  let batches: string[][];

  beforeEach(() => {
    clock = sinon.useFakeTimers();
    batches = [];
    const link = { queuedBytes: 0, send: (batch: Uint8Array) => batches.push(typesIn(batch)) };
    outlet = new Outlet();
    outlet.open(link as unknown as Link, GONE);
    clock.runAll();
    batches.length = 0;
  });

  afterEach(() => {
    clock.restore();
  });

  it("of starts waits a moment for other news, and travels with that in one batch", () => {
    outlet.say(started(1));
    clock.tick(1);
    expect(batches).to.deep.equal([]);
    outlet.say(GONE);
    clock.tick(1);
    expect(batches).to.deep.equal([["started", "leaving"]]);
    clock.runAll();
    expect(batches).to.have.length(1);
  });

  it("of starts does not wait longer than that", () => {
    outlet.say(started(1));
    outlet.say(started(2));
    clock.tick(50);
    expect(batches).to.deep.equal([["started", "started"]]);
  });

  it("of a line waits a shorter moment for the next news of it", () => {
    outlet.say(GONE, true);
    clock.tick(1);
    expect(batches).to.deep.equal([]);
    clock.tick(9);
    expect(batches).to.deep.equal([["leaving"]]);
  });

  it("in one turn is one batch, at its end", () => {
    outlet.say(GONE);
    outlet.say(started(1));
    expect(batches).to.deep.equal([]);
    clock.tick(0);
    expect(batches).to.deep.equal([["leaving", "started"]]);
  });
});

function typesIn(batch: Uint8Array): string[] {
  return decodeWorkerBatch(batch).map(({ type }) => type);
}
