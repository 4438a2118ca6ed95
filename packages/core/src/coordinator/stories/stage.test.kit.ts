import type { FileSpec } from "../../files/file.js";
import { cacheName, fileId, type TransferId, taskId, workerId } from "../../model/ids.js";
import type { AttemptOutcome, TaskResult } from "../../tasks/result.js";
import type { TaskSpec } from "../../tasks/task.js";
import { aFile, anOutcome, aTask, aWorker } from "../../testing/builders.js";
import { Coordinator } from "../coordinator.js";
import type { Effect } from "../effect.js";
import type { Event, TransferFailure } from "../event.js";
import { checkInvariants } from "../invariants.js";
import type { CoordinatorOptions } from "../options.js";

type Of<T extends Effect["type"]> = Extract<Effect, { type: T }>;

/** A coordinator between hand-made events and kept effects. Invariants are checked after every step. */
export class Stage {
  readonly coordinator: Coordinator;
  readonly effects: Effect[] = [];
  readonly results = new Map<number, TaskResult>();
  nowMs = 0;
  readonly #story: string[] = [];

  constructor(options: Partial<CoordinatorOptions> = {}) {
    this.coordinator = new Coordinator(options);
  }

  /** One turn. Gives the effects of this turn only. */
  step(...events: Event[]): Effect[] {
    const effects = this.coordinator.step(events, this.nowMs);
    this.#story.push(`${this.nowMs} ms: ${brief(events)} -> ${brief(effects)}`);
    try {
      checkInvariants(this.coordinator);
    } catch (cause) {
      throw new Error(`${String(cause)}\n${this.story()}`, { cause });
    }
    for (const effect of effects) {
      this.effects.push(effect);
      if (effect.type !== "task-finished") continue;
      const { task } = effect.result;
      if (this.results.has(task)) throw new Error(`task ${task} finished twice`);
      this.results.set(task, effect.result);
    }
    return effects;
  }

  /** The last turns and the workers, for a failing test. */
  story(): string {
    return [
      ...this.#story.slice(-40),
      ...this.coordinator.workers().map((view) => brief([view as never])),
    ].join("\n");
  }

  later(ms: number): Effect[] {
    this.nowMs += ms;
    return this.step({ type: "tick" });
  }

  join(different: Parameters<typeof aWorker>[0] = {}): Effect[] {
    return this.step({ type: "worker-joined", worker: aWorker(different) });
  }

  lose(worker: number): Effect[] {
    return this.step({ type: "worker-lost", worker: workerId(worker), reason: "it fell silent" });
  }

  declare(different: Parameters<typeof aFile>[0] = {}): FileSpec {
    const file = aFile(different);
    this.step({ type: "file-declared", file });
    return file;
  }

  /** Answers `name`. */
  named(file: number, name: string, size = 1_000_000): Effect[] {
    return this.step({
      type: "file-named",
      file: fileId(file),
      identity: { cacheName: cacheName(name), size, kind: "file" },
    });
  }

  submit(...tasks: Parameters<typeof aTask>[0][]): Effect[] {
    return this.step({ type: "tasks-submitted", tasks: tasks.map((task): TaskSpec => aTask(task)) });
  }

  /** The latest assignment of a task. */
  assignment(task: number): Of<"assign"> {
    const sent = this.sent(task);
    if (sent.type !== "assign") throw new Error(`${task} is a function call`);
    return sent;
  }

  /** The same, or where a function call was sent last. */
  sent(task: number): Of<"assign"> | Of<"call"> {
    const found = this.effects
      .filter((effect) => effect.type === "assign" || effect.type === "call")
      .filter((effect) => effect.task === task)
      .at(-1);
    if (found === undefined)
      throw new Error(`task ${task} was not assigned: ${this.coordinator.explain(taskId(task))}`);
    return found;
  }

  start(task: number): Effect[] {
    const { worker, attempt } = this.sent(task);
    return this.step({ type: "task-started", worker, task: taskId(task), attempt });
  }

  /** The task's latest attempt ends; it leaves all its outputs unless told otherwise. */
  end(task: number, different: Partial<AttemptOutcome> = {}, size = 1000): Effect[] {
    const { worker, attempt, outputs } = this.sent(task);
    const reports = outputs.map((output) => ({ ...output, kind: "file" as const, size }));
    const outcome = anOutcome({ outputs: reports, ...different });
    return this.step({ type: "task-ended", worker, task: taskId(task), attempt, outcome });
  }

  returned(
    task: number,
    reason: Extract<Event, { type: "task-returned" }>["reason"] = "retracted",
  ): Effect[] {
    const { worker, attempt } = this.sent(task);
    return this.step({ type: "task-returned", worker, task: taskId(task), attempt, reason, message: "" });
  }

  /** Every copy to a worker that is on its way arrives. */
  arrive(effect: Of<"fetch"> | Of<"make">, size = 1_000_000): Effect[] {
    const { worker, transfer } = effect;
    return this.step({ type: "replica-ready", worker, transfer, size, kind: "file" });
  }

  fail(effect: Of<"fetch"> | Of<"make">, failure: Partial<TransferFailure> = {}): Effect[] {
    const { worker, transfer } = effect;
    const whole: TransferFailure = {
      error: "TRANSFER_UNREACHABLE",
      message: "no route",
      fault: "source",
      ...failure,
    };
    return this.step({ type: "transfer-failed", worker, transfer, failure: whole });
  }

  retrieved(transfer: TransferId): Effect[] {
    return this.step({ type: "retrieved", transfer });
  }

  all<T extends Effect["type"]>(type: T): Of<T>[] {
    return this.effects.filter((effect): effect is Of<T> => effect.type === type);
  }

  last<T extends Effect["type"]>(type: T): Of<T> {
    const found = this.all(type).at(-1);
    if (found === undefined) throw new Error(`there was no ${type}`);
    return found;
  }

  result(task: number): TaskResult {
    const found = this.results.get(task);
    if (found === undefined)
      throw new Error(`task ${task} has not finished: ${this.coordinator.explain(taskId(task))}`);
    return found;
  }

  state(task: number): string | undefined {
    return this.coordinator.task(taskId(task))?.state.name;
  }
}

/** Effects of one kind among those of a turn. */
export function only<T extends Effect["type"]>(effects: readonly Effect[], type: T): Of<T>[] {
  return effects.filter((effect): effect is Of<T> => effect.type === type);
}

/** Events or effects in a line, without what is nearly always the same. */
function brief(items: readonly (Event | Effect)[]): string {
  return JSON.stringify(items, (key, value: unknown) => (BORING.has(key) ? undefined : value));
}
const BORING = new Set([
  "stdout",
  "stderr",
  "phases",
  "measured",
  "env",
  "label",
  "when",
  "watch",
  "tag",
  "category",
  "command",
  "name",
  "host",
]);
