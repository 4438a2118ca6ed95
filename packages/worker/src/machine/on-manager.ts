import type { LostPolicy } from "./event.js";
import { onDropAsked } from "./on-cache.js";
import { condemn, forget, giveBack } from "./on-task.js";
import { abortTransfers } from "./on-transfer.js";
import { type AttemptEntry, isUnstarted } from "./tables/task-table.js";
import type { Turn } from "./world.js";

/** What has not started goes back; nothing new is taken; what runs ends by itself, or is ended and goes back too. */
export function onLeave(turn: Turn, kill: boolean, message: string): void {
  turn.world.leaving = true;
  abortTransfers(turn, message);
  for (const entry of attempts(turn)) {
    if (isUnstarted(entry.state)) giveBack(turn, entry, "leaving", message);
    else if (kill) condemn(turn, entry, "return", message);
  }
}

/**
 * The manager plans anew when it is back, so what was asked for is forgotten. What runs goes on, except where the policy is
 * `drop`; with `keep`, what could start at once stays in the queue as well.
 */
export function onManagerLost(turn: Turn, policy: LostPolicy): void {
  abortTransfers(turn);
  for (const entry of attempts(turn)) {
    const stays = policy === "keep" && entry.state.name === "runnable";
    if (isUnstarted(entry.state) && !stays) forget(turn, entry);
    else if (policy === "drop") condemn(turn, entry, "forget", "the manager was lost");
  }
}

/** Nothing of another manager's workflow is of use. Its tasks end, its files go; longer-lived ones stay. */
export function onManagerChanged(turn: Turn): void {
  abortTransfers(turn);
  for (const entry of attempts(turn)) {
    if (isUnstarted(entry.state)) forget(turn, entry);
    else condemn(turn, entry, "forget", "it belongs to another manager");
  }
  for (const { cacheName, lifetime } of [...turn.world.cache.values()]) {
    if (lifetime === "task" || lifetime === "workflow") onDropAsked(turn, cacheName);
  }
}

function attempts(turn: Turn): AttemptEntry[] {
  return [...turn.world.tasks.values()];
}
