import { expect } from "chai";
import type { Effect } from "../../coordinator/effect.js";
import type { Event } from "../../coordinator/event.js";
import type { FileIdentity } from "../../files/file.js";
import { attempt, cacheName, type FileId, transferId } from "../../model/ids.js";
import type { TaskResult } from "../../tasks/result.js";
import { anAllocation } from "../builders.js";
import type { CoordinatorUnderTest } from "../manager/coordinator.js";
import { WorkloadBuilder } from "../workload/builder.js";
import type { WorkerPlan } from "../world/worker.js";
import { Simulator } from "./simulator.js";

const MB = 1_000_000;

type Answers = {
  readonly [Type in Event["type"]]?: (event: Extract<Event, { readonly type: Type }>) => Effect[];
};

/** Answers each kind of event in a fixed way. */
function scripted(answers: Answers): CoordinatorUnderTest & { readonly names: Map<FileId, FileIdentity> } {
  const names = new Map<FileId, FileIdentity>();
  return {
    names,
    nextDeadlineMs: undefined,
    explain: () => "because the script says so",
    identity: (file) => names.get(file),
    step: (events) =>
      events.flatMap(
        (event) => (answers[event.type] as ((event: Event) => Effect[]) | undefined)?.(event) ?? [],
      ),
  };
}

describe("Simulator", () => {
  const worker: WorkerPlan = {
    name: "worker",
    hostId: "host",
    resources: { cores: 2, memory: 4_000 * MB, disk: 4_000 * MB, gpus: 0 },
    features: [],
    rate: 100_000,
  };
  const builder = new WorkloadBuilder();
  const source = builder.file({ origin: { type: "local" }, label: "source" }, { size: MB });
  const made = builder.file();
  const task = builder.task([source], [made]);
  const workload = builder.build();
  const allocation = anAllocation({ memory: 1_000 * MB, disk: 1_000 * MB });

  const done = (outcome: TaskResult["outcome"]): Effect => ({
    type: "task-finished",
    result: {
      task,
      state: "done",
      code: "success",
      ...(outcome === undefined ? {} : { outcome }),
      requested: {},
      submittedAtMs: 0,
      finishedAtMs: 0,
      attempts: [],
    },
  });

  /** One task at one worker, as it should be. */
  function wellBehaved(different: Answers = {}) {
    const outputs = [{ file: made, cacheName: cacheName("temp-2") }];
    const coordinator = scripted({
      "tasks-submitted": () => [{ type: "name", file: source }],
      "file-named": ({ file, identity }) => {
        coordinator.names.set(file, identity);
        coordinator.names.set(made, { cacheName: cacheName("temp-2"), kind: "file" });
        return [];
      },
      "worker-joined": () => [],
      tick: () => [],
      "replica-ready": ({ worker: id }) => [
        { type: "assign", worker: id, task, attempt: attempt(1), allocation, outputs },
      ],
      "task-ended": ({ worker: id, outcome }) => [
        done(outcome),
        { type: "drop", worker: id, cacheName: cacheName("temp-2") },
        ...[...coordinator.names]
          .filter(([file]) => file === source)
          .map(([, identity]): Effect => {
            return { type: "drop", worker: id, cacheName: identity.cacheName };
          }),
      ],
      ...different,
    });
    const step = coordinator.step.bind(coordinator);
    let joined: Extract<Event, { type: "worker-joined" }>["worker"]["id"] | undefined;
    let asked = false;
    coordinator.step = (events, nowMs) => {
      const effects = step(events, nowMs);
      for (const event of events) if (event.type === "worker-joined") joined = event.worker.id;
      if (joined === undefined || asked || !coordinator.names.has(source)) return effects;
      asked = true;
      return [
        ...effects,
        { type: "fetch", worker: joined, transfer: transferId(1), file: source, source: { type: "manager" } },
      ];
    };
    return coordinator;
  }

  const run = (coordinator: CoordinatorUnderTest) =>
    new Simulator({ seed: 9, workload, workers: [worker], coordinator: () => ({ coordinator }) }).run();

  it("runs a workload to its end when everything is done right", () => {
    const report = run(wellBehaved());
    expect(report.counts.of("finished-done")).to.equal(1);
    expect(report.makespanMs).to.be.within(100, 500);
    expect(report.bytesMoved).to.equal(MB);
  });

  it("a task that never ends is named, with the coordinator's explanation, the seed, and what happened last", () => {
    const lazy = scripted({});
    expect(() => run(lazy)).to.throw(
      /stuck: 1 tasks never finish\n {2}task 1: because the script says so\nreplay with SEED=9\n[^]*worker-joined/,
    );
  });

  it("a second end of a task is found", () => {
    const twice = wellBehaved({ "task-ended": ({ outcome }) => [done(outcome), done(outcome)] });
    expect(() => run(twice)).to.throw(/task-finished task 1: it finishes a second time/);
  });

  it("a task that is done without having run is found", () => {
    expect(() => run(wellBehaved({ "replica-ready": () => [done(undefined)] }))).to.throw(
      /done without ever having run/,
    );
  });

  it("a failure without a reason is found", () => {
    const failing = wellBehaved({
      "task-ended": ({ outcome }) => {
        const effect = done(outcome) as Extract<Effect, { type: "task-finished" }>;
        return [{ ...effect, result: { ...effect.result, state: "failed", code: "input-missing" } }];
      },
    });
    expect(() => run(failing)).to.throw(/task 1 failed \(input-missing.*for no reason/);
  });

  it("files that are kept although nobody can need them are found", () => {
    expect(() => run(wellBehaved({ "task-ended": ({ outcome }) => [done(outcome)] }))).to.throw(
      /file 1 .* is still held by a worker/,
    );
  });

  it("an input that is dropped just before its use is found", () => {
    const outputs = [{ file: made, cacheName: cacheName("temp-2") }];
    const careless = wellBehaved({
      "replica-ready": ({ worker: id }) => [
        { type: "assign", worker: id, task, attempt: attempt(1), allocation, outputs },
        { type: "drop", worker: id, cacheName: careless.names.get(source)?.cacheName ?? cacheName("") },
      ],
    });
    expect(() => run(careless)).to.throw(/drop .* worker 1: task 1 is about to need it there/);
  });

  it("an order to a worker that is not there is found", () => {
    const confused = wellBehaved({ "replica-ready": () => [{ type: "release", worker: 77 as never }] });
    expect(() => run(confused)).to.throw(/release worker 77: worker 77 is not connected/);
  });
});
