import type { LostPolicy } from "./event.js";
import { dropCall, isUnplaced } from "./libraries/on-call.js";
import { giveBackCall } from "./libraries/settle.js";
import { stopFlight } from "./libraries/stop.js";
import type { CallEntry } from "./libraries/tables/call.js";
import { onDropAsked } from "./on-cache.js";
import { condemn, forget, giveBack } from "./on-task.js";
import { abortTransfers } from "./on-transfer.js";
import { type AttemptEntry, isUnstarted } from "./tables/task-table.js";
import type { Turn } from "./world.js";

/** What has not started goes back; nothing new is taken; what runs ends by itself, or is ended and goes back too. */
export function onLeave(turn: Turn, kill: boolean, message: string): void {
  turn.world.leaving = true;
  abortTransfers(turn, message);
  for (const call of callsOf(turn)) {
    if (isUnplaced(call) || kill) leaveCall(turn, call, message);
  }
  for (const entry of attempts(turn)) {
    if (isUnstarted(entry.state)) giveBack(turn, entry, "leaving", message);
    else if (kill) condemn(turn, entry, "return", message);
  }
}

function leaveCall(turn: Turn, call: CallEntry, message: string): void {
  const { state } = call;
  giveBackCall(turn, call, "leaving", message);
  if (state.name === "placed") stopFlight(turn, state.flight);
}

/**
 * The manager plans anew when it is back, so what was asked for is forgotten. What runs goes on, except where the policy is
 * `drop`; with `keep`, what could start at once stays in the queue as well. Libraries end once nothing runs in them.
 */
export function onManagerLost(turn: Turn, policy: LostPolicy): void {
  abortTransfers(turn);
  for (const call of callsOf(turn)) {
    if (isUnplaced(call) || policy === "drop") dropCall(turn, call);
  }
  for (const instance of turn.world.libraries.values()) {
    instance.endsWhenIdle = true;
    turn.world.libraries.touch(instance.order.key);
  }
  for (const entry of attempts(turn)) {
    const isLibrary = entry.assignment.library !== undefined;
    const stays = policy === "keep" && entry.state.name === "runnable" && !isLibrary;
    if (isUnstarted(entry.state) && !stays) forget(turn, entry);
    else if (policy === "drop") condemn(turn, entry, "forget", "the manager was lost");
  }
}

/** Nothing of another manager's workflow is of use. Its tasks end, its files go; longer-lived ones stay. */
export function onManagerChanged(turn: Turn): void {
  abortTransfers(turn);
  for (const call of callsOf(turn)) dropCall(turn, call);
  for (const entry of attempts(turn)) {
    if (isUnstarted(entry.state)) forget(turn, entry);
    else condemn(turn, entry, "forget", "it belongs to another manager");
  }
  for (const { cacheName, lifetime } of [...turn.world.cache.values()]) {
    if (lifetime === "task" || lifetime === "workflow") onDropAsked(turn, cacheName);
  }
}

function callsOf(turn: Turn): CallEntry[] {
  return [...turn.world.calls.values()];
}

function attempts(turn: Turn): AttemptEntry[] {
  return [...turn.world.tasks.values()];
}
