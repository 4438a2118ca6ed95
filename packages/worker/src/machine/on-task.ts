import type { CacheName } from "@taskvine/core/model";
import type { ReturnReason } from "./event.js";
import { returnWaitingFor } from "./libraries/on-call.js";
import { onInstanceCondemned, onInstanceGone } from "./libraries/on-instance.js";
import { release, removeEntry, storeEntry } from "./on-cache.js";
import type { Stored } from "./tables/entry.js";
import type { Assignment, AttemptKey } from "./tables/order.js";
import { type AttemptEntry, isUnstarted } from "./tables/task-table.js";
import { isHere, type Turn } from "./world.js";

export function onTaskAssigned(turn: Turn, assignment: Assignment): void {
  const { world } = turn;
  const { key } = assignment;
  if (world.tasks.get(key) !== undefined) return;
  if (world.leaving) {
    turn.effects.push({ type: "return-task", key, reason: "leaving", message: "the worker is leaving" });
    return;
  }
  if (!world.tasks.fitsEver(assignment.allocation)) {
    const message = "its allocation is larger than this worker";
    turn.effects.push({ type: "return-task", key, reason: "no-room", message });
    return;
  }
  world.tasks.add(assignment, turn.nowMs, (name) => isHere(world, name));
  for (const name of assignment.inputs) world.cache.pin(name);
  if (assignment.library !== undefined) world.libraries.add(assignment.library);
}

export function onTaskRetracted(turn: Turn, key: AttemptKey): void {
  const entry = turn.world.tasks.get(key);
  if (entry !== undefined && isUnstarted(entry.state)) giveBack(turn, entry, "retracted", "taken back");
}

export function onTaskKilled(turn: Turn, key: AttemptKey): void {
  const entry = turn.world.tasks.get(key);
  if (entry === undefined) return;
  if (isUnstarted(entry.state)) forget(turn, entry);
  else condemn(turn, entry, "forget", "cancelled by the manager");
}

export function onTaskEnded(
  turn: Turn,
  key: AttemptKey,
  outputs: readonly Stored[],
  loosened: readonly CacheName[],
): void {
  const entry = turn.world.tasks.get(key);
  if (entry === undefined || isUnstarted(entry.state)) return;
  for (const stored of outputs) storeEntry(turn, stored);
  for (const name of loosened) turn.world.cache.distrust(name);
  const { state } = entry;
  discard(turn, entry);
  if (state.name !== "dying") turn.effects.push({ type: "report-end", key });
  else if (state.fate === "forget") turn.effects.push({ type: "forget-task", key });
  else turn.effects.push({ type: "return-task", key, reason: "leaving", message: state.message });
}

export function onTaskUnstarted(turn: Turn, key: AttemptKey, message: string): void {
  const entry = turn.world.tasks.get(key);
  if (entry === undefined || isUnstarted(entry.state)) return;
  if (entry.state.name === "running") giveBack(turn, entry, "no-room", message);
  else onTaskEnded(turn, key, [], []);
}

/** It is run again, here or elsewhere: with copies, as the task may be the one that did it. */
export function onTaskSpoiled(
  turn: Turn,
  key: AttemptKey,
  damaged: readonly CacheName[],
  message: string,
): void {
  for (const name of damaged) onEntryDamaged(turn, name, "changed by a task that had it as input");
  const entry = turn.world.tasks.get(key);
  if (entry?.state.name === "running") giveBack(turn, entry, "input-damaged", message);
  else onTaskEnded(turn, key, [], []);
}

/** It must not be used again; when it comes again, tasks get copies of it. */
export function onEntryDamaged(turn: Turn, cacheName: CacheName, reason: string): void {
  const { cache } = turn.world;
  cache.distrust(cacheName);
  if (cache.has(cacheName)) loseEntry(turn, cacheName, reason);
}

/** It is gone at once, whoever uses it: what runs runs on, what has not started goes back. */
export function loseEntry(turn: Turn, cacheName: CacheName, reason: string): void {
  removeEntry(turn, cacheName, reason);
  const message = `its input ${cacheName} was lost here: ${reason}`;
  for (const entry of [...turn.world.tasks.values()]) {
    const needsIt = isUnstarted(entry.state) && entry.assignment.inputs.includes(cacheName);
    if (needsIt) giveBack(turn, entry, "input-missing", message);
  }
  returnWaitingFor(turn, cacheName, message);
}

/** The manager is to run it elsewhere. */
export function giveBack(turn: Turn, entry: AttemptEntry, reason: ReturnReason, message: string): void {
  discard(turn, entry);
  turn.effects.push({ type: "return-task", key: entry.assignment.key, reason, message });
}

/** Nobody is told. */
export function forget(turn: Turn, entry: AttemptEntry): void {
  discard(turn, entry);
  turn.effects.push({ type: "forget-task", key: entry.assignment.key });
}

/** It keeps what it has taken until it has ended. */
export function condemn(turn: Turn, entry: AttemptEntry, fate: "forget" | "return", message: string): void {
  const alreadyForgotten = entry.state.name === "dying" && entry.state.fate === "forget";
  if (alreadyForgotten) return;
  const wasRunning = entry.state.name === "running";
  const { key, library } = entry.assignment;
  turn.world.tasks.condemn(entry, fate, message);
  if (wasRunning) turn.effects.push({ type: "kill-task", key, code: "cancelled", message });
  if (library !== undefined) onInstanceCondemned(turn, key, message);
}

function discard(turn: Turn, entry: AttemptEntry): void {
  turn.world.tasks.remove(entry);
  if (entry.assignment.library !== undefined) onInstanceGone(turn, entry.assignment.key);
  for (const name of entry.assignment.inputs) release(turn, name);
}
