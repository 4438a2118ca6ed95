import { nextTransferState } from "../../transfers/transfer-state.js";
import type { Event } from "../event.js";
import type { Copy } from "../records.js";
import type { Moved } from "../stats.js";
import type { World } from "../world.js";
import { addHolder, replicaAt } from "./holdings.js";
import { kickAfter, kickRecipes } from "./kick.js";
import { count, forget } from "./start.js";

/** A fetch or make arrived at a worker and was verified. */
export function onReplicaReady(world: World, event: Extract<Event, { type: "replica-ready" }>): void {
  const copy = world.transfers.get(event.transfer);
  const { worker } = copy ?? {};
  if (copy === undefined || worker === undefined || worker.id !== event.worker) {
    world.stats.ignored += 1;
    return;
  }
  land(world, copy);
  const { content } = copy;
  content.size = event.size;
  content.kind = event.kind;
  // What is made anew need not be what was made before.
  if (copy.source === "recipe" && content.holders.length === 0) content.digest = event.digest;
  content.digest ??= event.digest;
  content.failures = 0;
  content.lastFailure = undefined;
  if (typeof copy.source === "object") copy.source.failedFor.clear();
  tally(movedFrom(world, copy), event.size);
  const replica = replicaAt(content, worker);
  copy.state = nextTransferState(copy.state, "arrived");
  forget(world, copy);
  worker.replicas.set(content, replica);
  addHolder(world, replica, event.size);
  kickAfter(world, copy);
  kickRecipes(world, content, worker);
  if (replica.uses === 0) world.agenda.loose.push(content);
  world.agenda.thin.push(content);
}

/** Takes a copy off the way: its slots are free. */
export function land(world: World, copy: Copy): void {
  if (copy.transfer !== undefined) world.transfers.delete(copy.transfer);
  count(world, copy, -1);
}

export function tally(moved: Moved, bytes: number): void {
  moved.copies += 1;
  moved.bytes += bytes;
}

function movedFrom(world: World, copy: Copy): Moved {
  const { fromManager, fromUrl, fromPeers, made } = world.stats;
  if (typeof copy.source === "object") return fromPeers;
  if (copy.source === "recipe") return made;
  return copy.source === "url" ? fromUrl : fromManager;
}
