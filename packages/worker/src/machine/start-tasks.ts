import { giveBackCall } from "./libraries/settle.js";
import { makeRoom } from "./on-cache.js";
import { giveBack } from "./on-task.js";
import type { AttemptEntry } from "./tables/task-table.js";
import type { Turn, World } from "./world.js";

/** How far down the queue a task is looked for that fits, when those before it do not. */
const LOOK_AHEAD = 256;

/**
 * Starts tasks in order of arrival, as far as they fit. A smaller one may go before one that does not fit yet, but only
 * so often: after that the worker runs dry until the large one has its room.
 */
export function startTasks(turn: Turn): void {
  const { tasks, limits } = turn.world;
  let blocked: AttemptEntry | undefined;
  let at = 0;
  while (at < LOOK_AHEAD) {
    const entry = tasks.runnable()[at];
    if (entry === undefined) return;
    if (blocked !== undefined && blocked.overtaken >= limits.overtaking) return;
    const start = chance(turn, entry);
    if (start === "never")
      giveBack(turn, entry, "no-room", "the cache leaves no room for its disk allocation");
    if (start === "now") run(turn, entry, blocked);
    if (start === "later") {
      blocked ??= entry;
      at++;
    }
  }
}

function run(turn: Turn, entry: AttemptEntry, blocked: AttemptEntry | undefined): void {
  turn.world.tasks.run(entry);
  turn.effects.push({ type: "start-task", key: entry.assignment.key });
  if (blocked !== undefined) blocked.overtaken++;
}

function chance(turn: Turn, entry: AttemptEntry): "now" | "later" | "never" {
  const { tasks } = turn.world;
  const { allocation } = entry.assignment;
  if (!tasks.fitsNow(allocation)) return "later";
  if (allocation.disk === 0 || makeRoom(turn, allocation.disk)) return "now";
  return willGainRoom(turn.world) ? "later" : "never";
}

/** Something that ends by itself is under way. A library without calls stays until the manager wants its room. */
function willGainRoom({ tasks, transfers, calls, libraries }: World): boolean {
  if (transfers.size > 0 || calls.size > 0) return true;
  let resident = 0;
  for (const { order } of libraries.values()) if (tasks.get(order.key)?.state.name === "running") resident++;
  return tasks.active > resident;
}

/** Gives back what has waited too long for an input that nobody brings. */
export function returnForgotten(turn: Turn): void {
  const { world, nowMs } = turn;
  for (const entry of [...world.tasks.values()]) {
    if (entry.state.name !== "waiting") continue;
    const absent = entry.assignment.inputs.find((name) => world.cache.get(name) === undefined);
    if (absent === undefined) entry.patienceFromMs = nowMs;
    else if (nowMs - entry.patienceFromMs >= world.limits.inputPatienceMs) {
      giveBack(turn, entry, "input-missing", `its input ${absent} is not here, and nobody brings it`);
    }
  }
  for (const call of [...world.calls.values()]) {
    if (call.state.name !== "waiting") continue;
    const absent = call.order.inputs.find((name) => world.cache.get(name) === undefined);
    if (absent === undefined) call.patienceFromMs = nowMs;
    else if (nowMs - call.patienceFromMs >= world.limits.inputPatienceMs) {
      giveBackCall(turn, call, "input-missing", `its input ${absent} is not here, and nobody brings it`);
    }
  }
}
