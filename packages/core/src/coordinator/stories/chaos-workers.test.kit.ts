import { cacheName } from "../../model/ids.js";
import { anOutcome, aWorker } from "../../testing/builders.js";
import type { Random } from "../../testing/random.js";
import type { WorkerSpec } from "../../workers/worker.js";
import type { Effect } from "../effect.js";
import type { Event } from "../event.js";

/** A worker of any size; a big one has room for everything. */
export function anyWorker(
  random: Random,
  { id, big, linksCalls }: { readonly id: number; readonly big: boolean; readonly linksCalls: boolean },
): WorkerSpec {
  const resources = {
    cores: big ? 4 : 1 + random.int(4),
    memory: 16e9,
    disk: 1e11,
    gpus: big ? 2 : random.int(2),
  };
  const held = {
    cacheName: cacheName(`buffer-${random.int(4)}`),
    size: 100,
    kind: "file" as const,
    lifetime: "forever" as const,
  };
  return aWorker({
    id,
    resources,
    features: big || random.chance(0.5) ? ["x"] : [],
    holds: random.chance(0.3) ? [held] : [],
    linksCalls,
  });
}

/** An attempt fails, or comes back. */
export function assignFailed(
  random: Random,
  { worker, task, attempt }: Extract<Effect, { type: "assign" }>,
): Event {
  const code = random.pick([
    "signal",
    "output-missing",
    "resource-exhaustion",
    "sandbox-exhaustion",
    "cancelled",
  ] as const);
  const outcome = anOutcome({ code, exhausted: [random.pick(["memory", "cores"])] });
  if (random.chance(0.5)) return { type: "task-ended", worker, task, attempt, outcome };
  const reason = random.pick(["no-room", "input-damaged"] as const);
  return { type: "task-returned", worker, task, attempt, reason, message: "bad luck" };
}
