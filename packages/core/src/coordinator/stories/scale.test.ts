import { expect } from "chai";
import { fileId, workerId } from "../../model/ids.js";
import { aFile, anInput, anOutcome, anOutput, aTask, aWorker } from "../../testing/builders.js";
import { Coordinator } from "../coordinator.js";
import type { Effect } from "../effect.js";
import type { Event } from "../event.js";

const LENGTH = 50_000;
const ids = Array.from({ length: LENGTH }, (_, index) => index + 1);

/** A coordinator with that many temps and one worker. Invariants are not looked at: it would take too long here. */
function coordinatorWithTemps(): Coordinator {
  const coordinator = new Coordinator();
  coordinator.step(
    ids.map((id): Event => ({ type: "file-declared", file: aFile({ id }) })),
    0,
  );
  coordinator.step([{ type: "worker-joined", worker: aWorker() }], 0);
  return coordinator;
}

/** Ends every task that is sent to a worker, and lets every copy arrive. Gives how many tasks were reported as done. */
function runAll(coordinator: Coordinator, first: readonly Effect[]): number {
  let done = 0;
  for (let effects = first; effects.length > 0; ) {
    done += effects.filter(
      (effect) => effect.type === "task-finished" && effect.result.state === "done",
    ).length;
    const events = effects.flatMap((effect) => (effect.type === "assign" ? [ended(effect)] : []));
    effects = events.length === 0 ? [] : coordinator.step(events, 1);
  }
  return done;
}

function ended(effect: Extract<Effect, { type: "assign" }>): Event {
  const outputs = effect.outputs.map((output) => ({ ...output, kind: "file" as const, size: 1 }));
  const { worker, task, attempt } = effect;
  return { type: "task-ended", worker, task, attempt, outcome: anOutcome({ outputs }) };
}

const link = (id: number): ReturnType<typeof aTask> =>
  aTask({ id, inputs: id === 1 ? [] : [anInput(fileId(id - 1))], outputs: [anOutput(fileId(id))] });

describe("fifty thousand tasks", function () {
  this.timeout(60_000);

  it("in a chain run one after the other, submitted in the wrong order", () => {
    const coordinator = coordinatorWithTemps();
    const effects = coordinator.step([{ type: "tasks-submitted", tasks: ids.map(link).reverse() }], 0);
    expect(runAll(coordinator, effects)).to.equal(LENGTH);
  });

  it("in a chain all fail when the first does", () => {
    const coordinator = coordinatorWithTemps();
    const [assign] = coordinator.step([{ type: "tasks-submitted", tasks: ids.map(link) }], 0);
    if (assign?.type !== "assign") throw new Error("the first task was to be sent");
    const { worker, task, attempt } = assign;
    const outcome = anOutcome({ code: "signal" });
    const effects = coordinator.step([{ type: "task-ended", worker, task, attempt, outcome }], 1);
    expect(effects.filter(({ type }) => type === "task-finished")).to.have.length(LENGTH);
  });

  it("in a chain are all made again when the only worker is lost", () => {
    const coordinator = coordinatorWithTemps();
    runAll(coordinator, coordinator.step([{ type: "tasks-submitted", tasks: ids.map(link) }], 0));
    const last = aTask({ id: LENGTH + 1, inputs: [anInput(fileId(LENGTH))] });
    coordinator.step([{ type: "worker-lost", worker: workerId(1), reason: "crash" }], 2);
    coordinator.step([{ type: "tasks-submitted", tasks: [last] }], 2);
    const effects = coordinator.step([{ type: "worker-joined", worker: aWorker({ id: 2 }) }], 2);
    expect(runAll(coordinator, effects)).to.equal(1);
    expect(coordinator.stats.recoveries).to.equal(LENGTH);
  });

  it("can all be the inputs of one", () => {
    const coordinator = coordinatorWithTemps();
    const makers = ids.map((id) => aTask({ id, outputs: [anOutput(fileId(id))] }));
    const sink = aTask({ id: LENGTH + 1, inputs: ids.map((id) => anInput(fileId(id))) });
    const effects = coordinator.step([{ type: "tasks-submitted", tasks: [sink, ...makers] }], 0);
    expect(runAll(coordinator, effects)).to.equal(LENGTH + 1);
  });

  it("in one circle all fail", () => {
    const coordinator = coordinatorWithTemps();
    const tasks = ids.map((id) =>
      aTask({ id, inputs: [anInput(fileId(id === 1 ? LENGTH : id - 1))], outputs: [anOutput(fileId(id))] }),
    );
    const effects = coordinator.step([{ type: "tasks-submitted", tasks }], 0);
    const errors = effects.flatMap((effect) =>
      effect.type === "task-finished" ? [effect.result.error] : [],
    );
    expect(errors).to.have.length(LENGTH);
    expect(new Set(errors)).to.deep.equal(new Set(["DEPENDENCY_CYCLE"]));
  });
});
