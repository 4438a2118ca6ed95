import type { LibraryRecord } from "../../records.js";
import type { World } from "../../world.js";
import { wantInstance } from "../instance.js";
import { busiest } from "../take-back.js";

/** Instances of one library that may wait for a place at once: what comes after them waits for no other. */
const UNPLACED = 16;
/** While the calls that wait are done sooner than this, milliseconds, starting an instance for them does not pay. */
const WORTH_MS = 100;

/** Sees that as many instances are on their way as waiting calls can use, and no more. */
export function seekInstances(world: World, library: LibraryRecord): void {
  if (isTriedEnough(library)) {
    for (const { task } of library.wanted) world.agenda.stopped.push(task);
    return;
  }
  const lacking = slotsLacking(library);
  const turn = library.queue.peek() ?? busiest(library)?.calls[0];
  if (lacking <= 0 || turn === undefined) {
    dropSpare(world, library, -lacking);
    return;
  }
  if (world.nowMs < library.quietUntilMs) {
    lookAgain(world, library);
    return;
  }
  dropLate(world, library, turn.priority);
  // What it is started with can never be had again: those that run are the last.
  if (library.trouble !== undefined) return;
  const most = (library.spec.maxInstances ?? Number.POSITIVE_INFINITY) - library.instances.size;
  const more = Math.min(Math.ceil(lacking / library.spec.slots), most, UNPLACED - library.wanted.size);
  for (let wanted = 0; wanted < more; wanted += 1) wantInstance(world, library, turn);
}

/** Slots that waiting calls could use beyond those that are there or on their way. Negative: so many are to spare. */
function slotsLacking(library: LibraryRecord): number {
  const { spec, counts, coming, wanted, ready, held, ahead, pace } = library;
  const calls = counts.ready + ahead;
  const underway = (coming + wanted.size) * spec.slots;
  if (ready > 0 && pace.overallMs !== undefined && (calls * pace.overallMs) / (ready * spec.slots) < WORTH_MS)
    return -underway;
  const free = Math.max(0, ready * spec.slots - (held - ahead));
  return calls - free - underway;
}

/** Calls wait for a start that has to wait itself. */
function lookAgain(world: World, library: LibraryRecord): void {
  if (library.wakeAtMs === library.quietUntilMs) return;
  library.wakeAtMs = library.quietUntilMs;
  world.deadlines.push({ atMs: library.wakeAtMs, type: "library", library });
}

/** Wishes that stand too far behind are made anew for the call that comes first now. */
function dropLate(world: World, { wanted }: LibraryRecord, priority: number): void {
  for (const { task } of wanted) if (task.priority < priority) world.agenda.stopped.push(task);
}

/** Wishes that nobody has any more. */
function dropSpare(world: World, library: LibraryRecord, slots: number): void {
  let spare = Math.floor(slots / library.spec.slots);
  for (const instance of [...library.wanted].reverse()) {
    if (spare <= 0) return;
    spare -= 1;
    world.agenda.stopped.push(instance.task);
  }
}

/** No start has succeeded, the tries are used up or in vain, and none is going on. */
export function isHopeless(library: LibraryRecord): boolean {
  return isTriedEnough(library) && library.coming === 0;
}

/** What is starting already may still succeed; no others are begun. */
function isTriedEnough({ isHopeless: isVain, failedStarts, spec, ready }: LibraryRecord): boolean {
  return (isVain || failedStarts >= spec.startTries) && ready === 0;
}
