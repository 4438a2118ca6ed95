import type { FileId } from "../../model/ids.js";
import { cacheName, libraryId } from "../../model/ids.js";
import type { CallOutcome } from "../../tasks/result.js";
import type { TaskSpec } from "../../tasks/task.js";
import { aLibrary, anInput, anOutcome } from "../../testing/builders.js";
import type { Random } from "../../testing/random.js";
import type { Effect } from "../effect.js";
import type { Event } from "../event.js";

type Of<T extends Effect["type"]> = Extract<Effect, { type: T }>;

/** A library of any kind. `isScarce`: memory is, here and below. */
export function anyLibrary(random: Random, id: number, file: FileId, isScarce: boolean): Event {
  const library = aLibrary({
    id,
    inputs: random.chance(0.4) ? [anInput(file)] : [],
    slots: 1 + random.int(3),
    functions: random.chance(0.2) ? ["f"] : [],
    resources: random.pick([{ cores: 1 }, { cores: 2 }, {}, { memory: 6e9 }]),
    features: random.chance(0.1) ? ["x"] : [],
    startTries: 1 + random.int(3),
    ...(random.chance(0.3) ? { maxInstances: 1 + random.int(2) } : {}),
    ...(isScarce && random.chance(0.5) ? { grows: false } : {}),
  });
  return { type: "library-declared", library };
}

/** The same task as a call of some library, which need not exist. */
export function asCall(random: Random, spec: TaskSpec, libraries: number): TaskSpec {
  const inputs = spec.inputs.map((mount) =>
    random.chance(0.7) ? { ...mount, use: "value" as const } : mount,
  );
  const outputs = spec.outputs.map((output, position) =>
    position === 0 ? { ...output, name: "", use: "value" as const } : output,
  );
  const call = {
    library: libraryId(1 + random.int(libraries + (random.chance(0.1) ? 1 : 0))),
    function: random.pick(["f", "f", "g"]),
    args: new Uint8Array(0),
    encoding: "json" as const,
    keep: false,
  };
  return { ...spec, command: "", inputs, outputs, call };
}

/** An instance starts and takes calls. */
export function readiness(random: Random, { worker, task, attempt }: Of<"deploy">): Event[] {
  const ready = { type: "library-ready", worker, task, attempt, slots: 1 + random.int(3) } as const;
  const offers = random.chance(0.2) ? { ...ready, functions: ["f"] } : ready;
  return random.chance(0.8) ? [{ type: "task-started", worker, task, attempt }, offers] : [offers];
}

/** Its process ends by itself, or because it was too large. */
export function demise(random: Random, { worker, task, attempt }: Of<"deploy">, isScarce: boolean): Event {
  const outcome =
    isScarce && random.chance(0.5)
      ? anOutcome({ code: "resource-exhaustion", exhausted: ["memory"] })
      : anOutcome({ code: "signal", signal: "SIGKILL" });
  return { type: "task-ended", worker, task, attempt, outcome };
}

/** A call returned; what it returned may have come with the news. */
export function callReturned(
  random: Random,
  { worker, task, attempt, outputs }: Of<"call">,
  isLarge: boolean,
): Event {
  const reports = outputs.map((output, position) => ({
    ...output,
    kind: "file" as const,
    size: 5,
    ...(position === 0 && random.chance(0.6) ? { bytes: new Uint8Array(5) } : {}),
  }));
  const measured = { wallMs: random.pick([0.01, 1, 50, 3000]) };
  const large = isLarge && outputs.length === 0 ? { call: aLargeValue(task) } : {};
  const outcome = anOutcome({ outputs: reports, measured, ...large });
  return { type: "task-ended", worker, task, attempt, outcome };
}

const STARVED = { exhausted: ["memory"] };

/** It raised, crashed, was not begun, or cannot get what it reads. */
export function callFailed(random: Random, { worker, task, attempt }: Of<"call">, isScarce: boolean): Event {
  const code = random.pick([
    "exception",
    "library-exit",
    "library-exit",
    "missing-library",
    "cancelled",
  ] as const);
  const starved = isScarce && code === "library-exit" && random.chance(0.5);
  const reason = random.pick(["library-gone", "library-gone", "input-missing", "leaving"] as const);
  return random.chance(0.5)
    ? { type: "task-ended", worker, task, attempt, outcome: anOutcome({ code, ...(starved ? STARVED : {}) }) }
    : { type: "task-returned", worker, task, attempt, reason, message: reason };
}

/** A value that stays at the worker, and has no file. */
export function aLargeValue(task: number): CallOutcome {
  const spilled = { cacheName: cacheName(`value-${task}`), size: 1e6 };
  return { encoding: "json", value: new Uint8Array(0), spilled };
}
