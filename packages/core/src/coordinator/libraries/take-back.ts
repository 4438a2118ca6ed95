import { AHEAD_MS } from "../../libraries/pace.js";
import type { InstanceRecord, LibraryRecord, TaskRecord } from "../records.js";
import { runOf } from "../tasks/move.js";
import type { World } from "../world.js";
import { leastLoaded } from "./deal.js";

/** Calls asked back in one turn, and calls of an instance looked at for the one that was dealt last. */
const ASKED = 16;
const LOOKED_AT = 64;
/** Waiting for a slot that is worth a second journey, milliseconds. */
const WORTH_MS = 2 * AHEAD_MS;

/** Asks calls that wait at a busy instance back for one that has free slots, now that no ready call wants these. */
export function takeBackCalls(world: World, library: LibraryRecord): void {
  for (let asked = 0; asked < ASKED; asked += 1) {
    if (library.ahead === 0 || library.counts.ready > 0 || freeSlots(library) <= library.askedBack) return;
    const idle = leastLoaded(library);
    if (idle === undefined || idle.held >= idle.slots) return;
    const busy = busiest(library);
    const task = busy === undefined || !isWorthIt(world, busy) ? undefined : lastDealt(busy);
    const run = task === undefined ? undefined : runOf(task);
    if (task === undefined || run === undefined) return;
    run.askedBack = true;
    library.askedBack += 1;
    world.effects.push({ type: "retract", worker: run.worker.id, task: task.id, attempt: run.attempt });
  }
}

function freeSlots({ slots, held, ahead }: LibraryRecord): number {
  return slots - (held - ahead);
}

/** The instance that has most calls beyond its slots. */
export function busiest(library: LibraryRecord): InstanceRecord | undefined {
  let most = library.loads.most();
  for (const instance of library.full) if (most === undefined || instance.held > most.held) return instance;
  if (most !== undefined && most.held <= most.slots) most = undefined;
  return most;
}

/** What is sent ahead of its slots waits longer than a message travels: it will, or it has, behind calls that take longer than theirs do. */
function isWorthIt(world: World, { library, backlogMs, slots, held, movedAtMs }: InstanceRecord): boolean {
  if (held <= slots) return false;
  if (backlogMs > WORTH_MS * slots) return true;
  const stuckAtMs = movedAtMs + WORTH_MS;
  if (world.nowMs >= stuckAtMs) return true;
  if (library.lookAtMs <= world.nowMs) {
    library.lookAtMs = stuckAtMs;
    world.deadlines.push({ atMs: stuckAtMs, type: "library", library });
  }
  return false;
}

/** The call that was dealt last, and has most before it. */
function lastDealt({ calls, slots }: InstanceRecord): TaskRecord | undefined {
  let found: TaskRecord | undefined;
  let last = 0;
  let waiting = calls.length - slots;
  for (const task of calls.slice(-LOOKED_AT)) {
    if (task.state.name !== "assigned") continue;
    const { run } = task.state;
    if (run.askedBack) waiting -= 1;
    else if (run.dealt > last) {
      last = run.dealt;
      found = task;
    }
  }
  return waiting > 0 ? found : undefined;
}
