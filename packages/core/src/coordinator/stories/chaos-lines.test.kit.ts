import { fileId, libraryId, taskId, type WorkerId } from "../../model/ids.js";
import { aCall, aFile, anInput, anOutput } from "../../testing/builders.js";
import type { Random } from "../../testing/random.js";
import type { Effect } from "../effect.js";
import type { Event } from "../event.js";
import type { Stage } from "./stage.test.kit.js";

type Call = Extract<Effect, { type: "call" }>;
type Ids = Pick<Call, "task" | "attempt">;

/** Calls of which each reads what the one before it returns; some read or leave something else, too, or are bounded. */
export function aChain(
  dice: Random,
  {
    file,
    task,
    length,
    library,
  }: { readonly file: number; readonly task: number; readonly length: number; readonly library: number },
): Event[] {
  const files = Array.from({ length }, (_, at) => fileId(file + at));
  const declared = files.map((id): Event => ({ type: "file-declared", file: aFile({ id }) }));
  const calls = files.map((made, at) => {
    const read = at === 0 ? [] : [{ ...anInput(fileId(file + at - 1)), use: "value" as const }];
    const more = dice.chance(0.1) ? [{ ...anInput(fileId(1 + dice.int(file))), use: "value" as const }] : [];
    return aCall({
      id: task + at,
      inputs: [...read, ...more],
      outputs: at === length - 1 ? [] : [{ ...anOutput(made, { name: "" }), use: "value" as const }],
      retries: dice.int(4),
      call: { library: libraryId(library), keep: dice.chance(0.05) },
    });
  });
  const submitted: Event[] = dice.chance(0.5)
    ? [{ type: "tasks-submitted", tasks: calls }]
    : calls.map((call) => ({ type: "tasks-submitted", tasks: [call] }));
  return [...declared, ...submitted];
}

/** Calls that workers were sent ahead of what they read. */
export class ChaosLines {
  /** Of their own, so that other stories stay as they are. */
  readonly dice: Random;
  readonly #stage: Stage;
  #waiting: Call[] = [];

  constructor(dice: Random, stage: Stage) {
    this.dice = dice;
    this.#stage = stage;
  }

  add(effect: Call): void {
    this.#waiting.push(effect);
  }

  kill({ task, attempt }: Ids): void {
    this.#waiting = this.#waiting.filter((call) => call.task !== task || call.attempt !== attempt);
  }

  lose(worker: WorkerId | number): void {
    this.#waiting = this.#waiting.filter((call) => call.worker !== worker);
  }

  /** Most calls are short: others are not sent ahead. */
  hasten(end: Event): Event {
    if (end.type !== "task-ended" || this.dice.chance(0.1)) return end;
    return { ...end, outcome: { ...end.outcome, measured: { wallMs: 0.01 } } };
  }

  /** A call has ended: those that now begin, and news of those that are given back. Now and then one is, for no reason. */
  after(effect: Call, end: Event): { readonly begun: readonly Call[]; readonly returned: readonly Event[] } {
    const next = this.#waiting.filter((call) => call.worker === effect.worker && this.#reads(call, effect));
    for (const call of next) this.kill(call);
    const isWell = end.type === "task-ended" && end.outcome.code === "success";
    const travels = isWell && end.outcome.outputs[0]?.bytes !== undefined;
    if (travels && this.dice.chance(0.9)) return { begun: next, returned: [] };
    return { begun: [], returned: next.flatMap((call) => this.#giveBack(call)) };
  }

  #giveBack(call: Call): Event[] {
    const behind = this.#waiting.filter((other) => other.worker === call.worker && this.#reads(other, call));
    for (const other of behind) this.kill(other);
    const { worker, task, attempt } = call;
    const news = { type: "task-returned", worker, task, attempt, reason: "retracted", message: "" } as const;
    return [news, ...behind.flatMap((other) => this.#giveBack(other))];
  }

  #reads(call: Call, made: Call): boolean {
    const inputs = this.#stage.coordinator.task(taskId(call.task))?.spec.inputs ?? [];
    return made.outputs.some((output) => inputs.some(({ file }) => file === output.file));
  }
}
