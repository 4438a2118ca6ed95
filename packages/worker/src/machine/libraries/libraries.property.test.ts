import { attempt, cacheName, taskId } from "@taskvine/core/model";
import type { Call } from "@taskvine/core/protocol";
import { expect } from "chai";
import fc from "fast-check";
import { callOrderOf } from "../../library/calls/order.js";
import { aCall, aCallInput, aDeploy, aValueOutput } from "../../library/testing/orders.js";
import { deploymentOf } from "../../perform/translate.js";
import { Bench, content } from "../../testing/bench-world.js";
import { anOutput } from "../../testing/orders.js";
import type { WorkerEffect, WorkerEvent } from "../event.js";
import type { LibraryEffect } from "./library-event.js";
import type { Answer, CallEntry } from "./tables/call.js";

const FATES = ["return-call", "fail-call", "report-call", "report-collected", "forget-call"];
const ALLOCATION = { cores: 1, memory: 100, disk: 10, gpus: 0, gpuIds: [] };

/** A worker and libraries that behave in any way. */
class Scene {
  readonly bench = new Bench({ resources: { cores: 4, memory: 4_000, disk: 100_000, gpus: 0 } }, [
    content("a", { lifetime: "workflow", size: 10 }),
  ]);
  readonly effects = new Map<string, number>();
  asked = 0;
  told = 0;
  #connections = 0;
  #lineEnd = "value-0";
  #calls = 0;
  readonly staging = new Set<CallEntry>();
  readonly collecting = new Set<CallEntry>();

  do(...events: WorkerEvent[]): void {
    for (const effect of this.bench.do(...events)) this.#note(effect);
  }

  deploy(at: number, slots: number): void {
    const deploy = aDeploy({}, { task: instance(at), slots, allocation: ALLOCATION, startWithinMs: 200 });
    this.do({ type: "task-assigned", assignment: deploymentOf(deploy, key(at)) });
  }

  call(at: number, kind: "plain" | "staged" | "waiting" | "timed" | "first" | "linked"): void {
    const parts = {
      task: taskId(++this.#calls),
      ...(kind === "staged" ? { outputs: [anOutput("out")] } : {}),
      ...(kind === "waiting" ? { inputs: [aCallInput("a", "value"), aCallInput("b", "value")] } : {}),
      ...(kind === "timed" ? { wallTimeMs: 30, endWithinMs: 100 } : {}),
      ...(kind === "first" || kind === "linked" ? this.#inLine(kind) : {}),
    };
    this.asked++;
    this.do({ type: "call-asked", order: callOrderOf(aCall(instance(at), "f", [], parts)) });
  }

  /** It reads what the one before it in its line returns. */
  #inLine(kind: "first" | "linked"): Partial<Call> {
    const value = aValueOutput(`value-${this.#calls}`);
    const before = this.#lineEnd;
    this.#lineEnd = value.cacheName;
    return kind === "first" ? { value } : { value, inputs: [aCallInput(before, "value")], linked: true };
  }

  connect(at: number, slots: number, cancels: boolean, isMain: boolean): void {
    const facts = { id: ++this.#connections, slots, cancels, functions: undefined, isMain };
    this.do({ type: "connection-opened", key: key(at), facts });
  }

  /** What a library does with the `which`th of all calls that it has. */
  answer(which: number, how: "result" | "large" | "error" | "begun"): void {
    const flights = this.#flights();
    const flight = flights[which % Math.max(1, flights.length)];
    if (flight === undefined) return;
    const { connection, id } = flight;
    if (how === "begun") this.do({ type: "calls-begun", connection, ids: [id] });
    else this.do({ type: "calls-answered", connection, answers: [anAnswer(id, how)] });
  }

  close(which: number): void {
    const all = [...this.bench.world.libraries.values()].flatMap(({ connections }) => connections);
    const connection = all[which % Math.max(1, all.length)];
    if (connection !== undefined) this.do({ type: "connection-closed", connection: connection.facts.id });
  }

  end(at: number): void {
    const exit = { message: "exit code 1", exitCode: 1 };
    if (!this.#runs(at)) return;
    this.do({ type: "library-exited", key: key(at), exit });
    this.do({ type: "task-ended", key: key(at), outputs: [], loosened: [] });
  }

  settle(how: "well" | "badly"): void {
    for (const call of this.staging) {
      this.staging.delete(call);
      const isWell = how === "well";
      this.do(isWell ? { type: "call-staged", call } : { type: "call-unstaged", call, message: "" });
    }
    for (const call of this.collecting) {
      this.collecting.delete(call);
      const stored = [content(`value-${call.task}`, { size: 5 })];
      const isWell = how === "well";
      this.do(
        isWell ? { type: "call-collected", call, stored, loosened: [] } : { type: "call-spoiled", call },
      );
    }
  }

  pass(ms: number): void {
    this.bench.nowMs += ms;
    this.do({ type: "calls-due" });
  }

  #runs(at: number): boolean {
    const name = this.bench.world.tasks.get(key(at))?.state.name;
    return name === "running" || name === "dying";
  }

  #flights(): { readonly connection: number; readonly id: number }[] {
    return [...this.bench.world.libraries.values()].flatMap(({ connections }) =>
      connections.flatMap((connection) => connection.flights()),
    );
  }

  #note(effect: WorkerEffect): void {
    this.effects.set(effect.type, (this.effects.get(effect.type) ?? 0) + 1);
    if (FATES.includes(effect.type)) {
      this.told++;
      this.#over((effect as Extract<LibraryEffect, { type: "fail-call" }>).call);
    }
    if (effect.type === "stage-call") this.staging.add(effect.call);
    if (effect.type === "collect-call") this.collecting.add(effect.answered.call);
  }

  #over(call: CallEntry | undefined): void {
    if (call !== undefined) this.staging.delete(call);
  }
}

function instance(at: number): ReturnType<typeof taskId> {
  return taskId(0x8000_0000 + at);
}

function key(at: number): string {
  return `${instance(at)}-1`;
}

function anAnswer(id: number, how: "result" | "large" | "error"): Answer {
  const nothing = {
    cpuUs: undefined,
    memory: undefined,
    stdout: "",
    stderr: "",
    stdoutBytes: 0,
    stderrBytes: 0,
  };
  const failure = {
    kind: "exception",
    message: "no",
    traceback: "",
    exception: new Uint8Array(0),
    exitCode: undefined,
    signal: undefined,
  } as const;
  return {
    id,
    failure: how === "error" ? failure : undefined,
    value: new Uint8Array(0),
    inFile: how === "large",
    wallUs: 10,
    ...nothing,
  };
}

const at = fc.integer({ min: 1, max: 2 });
const which = fc.integer({ min: 0, max: 9 });
const slots = fc.constantFrom(1, 2, 3);

type Move = (scene: Scene) => void;
const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ at, slots }).map(
      (o): Move =>
        (s) =>
          s.deploy(o.at, o.slots),
    ),
  },
  {
    weight: 12,
    arbitrary: fc.record({ at, slots, cancels: fc.boolean(), isMain: fc.boolean() }).map(
      (o): Move =>
        (s) =>
          s.connect(o.at, o.slots, o.cancels, o.isMain),
    ),
  },
  {
    weight: 40,
    arbitrary: fc
      .record({
        at,
        kind: fc.constantFrom("plain", "plain", "staged", "waiting", "timed", "first", "linked", "linked"),
      })
      .map(
        (o): Move =>
          (s) =>
            s.call(o.at, o.kind),
      ),
  },
  {
    weight: 40,
    arbitrary: fc.record({ which, how: fc.constantFrom("result", "result", "large", "error", "begun") }).map(
      (o): Move =>
        (s) =>
          s.answer(o.which, o.how),
    ),
  },
  {
    weight: 5,
    arbitrary: which.map(
      (one): Move =>
        (s) =>
          s.close(one),
    ),
  },
  {
    weight: 1,
    arbitrary: at.map(
      (one): Move =>
        (s) =>
          s.end(one),
    ),
  },
  {
    weight: 12,
    arbitrary: fc.constantFrom("well", "well", "badly").map(
      (how): Move =>
        (s) =>
          s.settle(how),
    ),
  },
  {
    weight: 12,
    arbitrary: fc.constantFrom(5, 40, 150).map(
      (ms): Move =>
        (s) =>
          s.pass(ms),
    ),
  },
  {
    weight: 5,
    arbitrary: fc
      .record({
        task: fc.integer({ min: 1, max: 12 }),
        type: fc.constantFrom("call-killed", "call-retracted"),
      })
      .map(
        ({ task, type }): Move =>
          (s) =>
            s.do({ type, task: taskId(task), attempt: attempt(1) }),
      ),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom<WorkerEvent>(
        { type: "task-killed", key: key(1) },
        { type: "library-started", key: key(1) },
        { type: "entry-damaged", cacheName: cacheName("a"), reason: "" },
        { type: "entry-stored", stored: content("b", { size: 1 }) },
        { type: "manager-lost", policy: "finish" },
        { type: "manager-changed" },
        { type: "leave", kill: false, message: "" },
        { type: "leave", kill: true, message: "" },
      )
      .map(
        (event): Move =>
          (s) =>
            s.do(event),
      ),
  },
);

describe("libraries and calls under random events", () => {
  const met = new Map<string, number>();

  it("every call is answered exactly once, whatever libraries do", () => {
    fc.assert(
      fc.property(fc.array(move, { minLength: 40, maxLength: 120 }), (moves) => {
        const scene = new Scene();
        scene.deploy(1, 2);
        scene.deploy(2, 1);
        for (const one of moves) {
          one(scene);
          expect(scene.asked - scene.told).to.equal(scene.bench.world.calls.size);
        }
        for (const [type, count] of scene.effects) met.set(type, (met.get(type) ?? 0) + count);
        finish(scene);
        expect(scene.told).to.equal(scene.asked);
        expect(scene.bench.world.cache.users(cacheName("a")), "nothing is pinned").to.equal(0);
        expect(scene.bench.world.libraries.size).to.equal(0);
      }),
      { numRuns: 1_000 },
    );
  });

  after(() => {
    const wanted = ["stage-call", "send-call", "cancel-call", "end-connection", "call-runs", "collect-call"];
    for (const type of [...wanted, "library-ready", ...FATES]) {
      expect(met.get(type) ?? 0, type).to.be.greaterThan(20);
    }
  });
});

/** Everybody goes home. */
function finish(scene: Scene): void {
  scene.settle("well");
  scene.do({ type: "leave", kill: true, message: "" });
  scene.end(1);
  scene.end(2);
  scene.settle("well");
}
