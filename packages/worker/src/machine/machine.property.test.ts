import { cacheName, type Lifetime, transferId } from "@taskvine/core/model";
import { expect } from "chai";
import fc from "fast-check";
import { Bench, content } from "../testing/bench-world.js";
import type { WorkerEffect, WorkerEvent } from "./event.js";
import { isIdle } from "./world.js";

// Small pools, so that random ids meet.
const key = fc.constantFrom("1-1", "2-1", "3-1", "4-1", "5-1");
const name = fc.constantFrom("a", "b", "c", "d").map(cacheName);
const transfer = fc.integer({ min: 1, max: 8 }).map(transferId);
const lifetime = fc.constantFrom<Lifetime>("task", "workflow", "worker", "forever");
const size = fc.constantFrom(0, 10, 300, 600, 2_000);
const names = fc.uniqueArray(name, { maxLength: 3 });
const stored = fc.record({ cacheName: name, lifetime, kind: fc.constant("file" as const), size });

const allocation = fc.record({
  cores: fc.constantFrom(0, 0.1, 1, 4, 5),
  memory: fc.constantFrom(0, 1_000, 5_000),
  disk: fc.constantFrom(0, 100, 700),
  gpus: fc.constantFrom(0, 1),
  gpuIds: fc.constantFrom<readonly number[]>([], [0]),
});

const event: fc.Arbitrary<WorkerEvent> = fc.oneof(
  fc.record({
    type: fc.constant("task-assigned" as const),
    assignment: fc.record({ key, inputs: names, allocation }),
  }),
  fc.record({ type: fc.constant("task-retracted" as const), key }),
  fc.record({ type: fc.constant("task-killed" as const), key }),
  fc.record({ type: fc.constant("task-unstarted" as const), key, message: fc.constant("") }),
  fc.record({
    type: fc.constant("task-ended" as const),
    key,
    outputs: fc.array(stored, { maxLength: 2 }),
    loosened: fc.uniqueArray(name, { maxLength: 1 }),
  }),
  fc.record({
    type: fc.constant("task-spoiled" as const),
    key,
    damaged: fc.uniqueArray(name, { maxLength: 1 }),
    message: fc.constant(""),
  }),
  fc.record({
    type: fc.constant("transfer-asked" as const),
    order: fc.record({
      transfer,
      job: fc.constantFrom("fetch" as const, "make" as const),
      cacheName: name,
      lifetime,
      kind: fc.constant("file" as const),
      size,
      inputs: fc.uniqueArray(name, { maxLength: 1 }),
    }),
  }),
  fc.record({ type: fc.constant("transfer-failed" as const), transfer, fault: fc.constant(aFault()) }),
  fc.record({ type: fc.constant("drop-asked" as const), cacheName: name }),
  fc.record({ type: fc.constant("entry-damaged" as const), cacheName: name, reason: fc.constant("") }),
  fc.record({
    type: fc.constant("manager-lost" as const),
    policy: fc.constantFrom("finish", "keep", "drop" as const),
  }),
  fc.constant<WorkerEvent>({ type: "manager-changed" }),
  fc.constant<WorkerEvent>({ type: "tick" }),
);

/** Arrivals have the name that was asked for, but any size. */
type Move =
  | { readonly event: WorkerEvent }
  | { readonly arrives: ReturnType<typeof transferId>; readonly size: number };
const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 80, arbitrary: fc.record({ event }) },
  { weight: 20, arbitrary: fc.record({ arrives: transfer, size }) },
  {
    weight: 1,
    arbitrary: fc.record({
      event: fc.record({ type: fc.constant("leave" as const), kill: fc.boolean(), message: fc.constant("") }),
    }),
  },
);

function make(bench: Bench, one: Move): WorkerEffect[] {
  if ("event" in one) return bench.do(one.event);
  const order = bench.world.transfers.get(one.arrives)?.order;
  return order === undefined ? [] : bench.arrive(one.arrives, order.cacheName, { size: one.size });
}

function aFault(): { error: "TRANSFER_STALLED"; message: string; fault: "source" } {
  return { error: "TRANSFER_STALLED", message: "", fault: "source" };
}

/** What random walks met: a generator that never gets anywhere proves nothing. */
const met = new Map<string, number>();
const note = (effects: readonly WorkerEffect[]): void => {
  for (const { type } of effects) met.set(type, (met.get(type) ?? 0) + 1);
};

/** Ends everything that runs, until nothing changes any more. */
function finish(bench: Bench): void {
  for (let round = 0; round < 200 && !isIdle(bench.world); round++) {
    for (const [task, entry] of running(bench)) note(bench.end(task, entry));
    for (const { order, state } of [...bench.world.transfers.values()]) {
      if (state === "running") note(bench.arrive(order.transfer, order.cacheName, { size: order.size ?? 0 }));
    }
    bench.nowMs += 10_000;
    note(bench.do({ type: "tick" }));
  }
}

function running(bench: Bench): (readonly [string, []])[] {
  return [...bench.world.tasks.values()]
    .filter(({ state }) => state.name === "running" || state.name === "dying")
    .map(({ assignment }) => [assignment.key, []] as const);
}

describe("the worker's machine under random events", () => {
  it("keeps its invariants after every step, and always comes to rest", () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 60 }), (moves) => {
        const bench = new Bench({}, [content("a", { lifetime: "forever", size: 300 })]);
        for (const one of moves) note(make(bench, one));
        finish(bench);
        expect(isIdle(bench.world), "everything was started, given back, or failed").to.equal(true);
        expect(bench.world.tasks.free).to.deep.equal(bench.world.limits.resources);
      }),
      { numRuns: 2_000 },
    );
  });

  it("tells the fate of each attempt exactly once", () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 60 }), (moves) => {
        const bench = new Bench();
        let open = 0;
        const count = (effects: readonly WorkerEffect[]): void => {
          const fates = ["return-task", "report-end", "forget-task"];
          open -= effects.filter((effect) => fates.includes(effect.type)).length;
        };
        for (const one of moves) {
          const news = "event" in one ? one.event : undefined;
          const isNew =
            news?.type === "task-assigned" && bench.world.tasks.get(news.assignment.key) === undefined;
          if (isNew) open++;
          count(make(bench, one));
        }
        expect(open).to.equal(bench.world.tasks.size);
      }),
      { numRuns: 500 },
    );
  });

  after(() => {
    const wanted: WorkerEffect["type"][] = [
      "start-task",
      "kill-task",
      "return-task",
      "report-end",
      "forget-task",
    ];
    const moved: WorkerEffect["type"][] = [
      "start-transfer",
      "abort-transfer",
      "report-ready",
      "report-failed",
    ];
    for (const type of [...wanted, ...moved, "report-gone", "remove-entry"] as const) {
      expect(met.get(type) ?? 0, type).to.be.greaterThan(5);
    }
  });
});
