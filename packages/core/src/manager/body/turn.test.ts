import { expect } from "chai";
import sinon from "sinon";
import type { Event } from "../../coordinator/event.js";
import { type Mind, Turn } from "./turn.js";

interface Scene {
  readonly turn: Turn;
  readonly steps: (readonly Event["type"][])[];
  readonly faults: unknown[];
  performed: number;
}

function aScene(clock: sinon.SinonFakeTimers, mind: Partial<Mind> = {}): Scene {
  const scene = { steps: [] as Event["type"][][], faults: [] as unknown[], performed: 0 };
  const turn = new Turn({
    mind: {
      nextDeadlineMs: undefined,
      step: (events) => {
        scene.steps.push(events.map(({ type }) => type));
        return [];
      },
      ...mind,
    },
    nowMs: () => clock.now,
    perform: () => {
      scene.performed += 1;
    },
    onFault: (cause) => scene.faults.push(cause),
  });
  return Object.assign(scene, { turn });
}

describe("a turn", () => {
  let clock: sinon.SinonFakeTimers;

  beforeEach(() => {
    clock = sinon.useFakeTimers();
  });

  afterEach(() => {
    clock.restore();
  });

  it("takes all that was posted since the last one, in order", async () => {
    const scene = aScene(clock);
    scene.turn.post({ type: "tick" });
    scene.turn.post({ type: "tasks-submitted", tasks: [] });
    expect(scene.steps).to.deep.equal([]);
    await clock.tickAsync(1);
    expect(scene.steps).to.deep.equal([["tick", "tasks-submitted"]]);
    expect(scene.performed).to.equal(1);
  });

  it("tells news when what was posted before has been taken, at once when there is nothing", async () => {
    const scene = aScene(clock);
    const told: number[] = [];
    scene.turn.afterwards(() => told.push(scene.steps.length));
    scene.turn.post({ type: "tick" });
    scene.turn.afterwards(() => told.push(scene.steps.length));
    expect(told).to.deep.equal([0]);
    await clock.tickAsync(1);
    expect(told).to.deep.equal([0, 1]);
  });

  it("is taken again when the next deadline has come", async () => {
    const mind = { nextDeadlineMs: 5_000 as number | undefined };
    const scene = aScene(clock, mind);
    scene.turn.post({ type: "tick" });
    await clock.tickAsync(4_999);
    expect(scene.steps.length).to.equal(1);
    await clock.tickAsync(2);
    expect(scene.steps.length).to.equal(2);
    scene.turn.stop();
  });

  it("leaves no timer behind when it is stopped", async () => {
    const scene = aScene(clock, { nextDeadlineMs: 5_000 });
    scene.turn.post({ type: "tick" });
    await clock.tickAsync(1);
    scene.turn.stop();
    expect(clock.countTimers()).to.equal(0);
    scene.turn.post({ type: "tick" });
    await clock.tickAsync(10_000);
    expect(scene.steps.length).to.equal(1);
  });

  it("reports a mind that throws once, and goes no further", async () => {
    const mistake = new Error("a mistake");
    const scene = aScene(clock, {
      step: () => {
        throw mistake;
      },
    });
    scene.turn.post({ type: "tick" });
    await clock.tickAsync(1);
    scene.turn.post({ type: "tick" });
    await clock.tickAsync(1);
    expect(scene.faults).to.deep.equal([mistake]);
  });
});
