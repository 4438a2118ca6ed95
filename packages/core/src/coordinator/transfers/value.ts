import type { CallOutcome } from "../../tasks/result.js";
import type { Event } from "../event.js";
import type { Run, TaskRecord } from "../records.js";
import type { World } from "../world.js";
import { failToBring, lostOnWayHome, oneIsHome } from "./home.js";

/** What a call returned is too large to have come with the news, and has no file of its own: the manager is to fetch it. */
export function bringValue(
  world: World,
  task: TaskRecord,
  { worker, attempt }: Run,
  { cacheName, size }: NonNullable<CallOutcome["spilled"]>,
): void {
  if (task.reported) {
    // It ran again for something else that it makes.
    world.effects.push({ type: "drop", worker: worker.id, cacheName });
    return;
  }
  task.toBring += 1;
  world.valuesComing.set(task.id, attempt);
  world.effects.push({ type: "retrieve-value", worker: worker.id, task: task.id, attempt, cacheName, size });
}

export function onValueRetrieved(world: World, event: Extract<Event, { type: "value-retrieved" }>): void {
  const task = expecting(world, event);
  if (task !== undefined) oneIsHome(world, task);
}

/** A value that went down with its worker is made again, by another run of the call. */
export function onValueLost(world: World, event: Extract<Event, { type: "value-lost" }>): void {
  const task = expecting(world, event);
  if (task === undefined) return;
  const { fault, message } = event.failure;
  world.stats.transferFailures += 1;
  if (fault === "source") lostOnWayHome(world, task, "what it returned", "VALUE_LOST");
  else failToBring(world, task, `what it returned did not come home: ${message}`);
}

/** The call that waits for this value. */
function expecting(
  world: World,
  { task: id, attempt }: Extract<Event, { type: "value-retrieved" | "value-lost" }>,
): TaskRecord | undefined {
  const task = world.tasks.get(id);
  if (task !== undefined && world.valuesComing.get(id) === attempt) {
    world.valuesComing.delete(id);
    return task;
  }
  world.stats.ignored += 1;
  return undefined;
}
