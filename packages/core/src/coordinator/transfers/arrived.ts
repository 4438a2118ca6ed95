import { nextTransferState } from "../../transfers/transfer-state.js";
import type { Event } from "../event.js";
import type { Copy, Replica } from "../records.js";
import type { Moved } from "../stats.js";
import type { World } from "../world.js";
import { addHolder, replicaAt } from "./holdings.js";
import { kickAfter, kickRecipes } from "./kick.js";
import { discredit, dropLie } from "./lies.js";
import { forget, land } from "./start.js";

type Arrival = Extract<Event, { type: "replica-ready" }>;

/** A fetch or make arrived at a worker and was verified. */
export function onReplicaReady(world: World, event: Arrival): void {
  const copy = world.transfers.get(event.transfer);
  const { worker } = copy ?? {};
  if (copy === undefined || worker === undefined || worker.id !== event.worker) {
    world.stats.ignored += 1;
    return;
  }
  land(world, copy);
  const { content } = copy;
  const isFalse = copy.isVain || contradicts(copy, event.digest);
  if (!isFalse) learn(copy, event);
  tally(movedFrom(world, copy), event.size);
  const replica = replicaAt(content, worker);
  copy.state = nextTransferState(copy.state, "arrived");
  forget(world, copy);
  worker.replicas.set(content, replica);
  addHolder(world, replica, event.size);
  if (isFalse) disbelieve(world, copy, replica);
  kickAfter(world, copy);
  kickRecipes(world, content, worker);
  if (replica.uses === 0) world.agenda.loose.push(content);
  world.agenda.thin.push(content);
}

/** Where nobody knows which of two is right, that of the one that told first counts. */
function disbelieve(world: World, copy: Copy, replica: Replica): void {
  copy.content.failures += 1;
  discredit(world, replica, "its input is another than elsewhere");
  dropLie(world, copy);
}

/** What a content is. What is made or brought anew, when no copy is left, need not be what was there before. */
function learn({ content, source }: Copy, { size, kind, digest }: Arrival): void {
  content.failures = 0;
  content.lastFailure = undefined;
  if (typeof source === "object") source.failedFor.clear();
  content.size = size;
  content.kind = kind;
  if (content.home || content.holders.length > 0) content.digest ??= digest;
  else if (source === "recipe" || digest !== undefined) content.digest = digest;
}

/** Two first copies were on their way at once, before anybody knew the digest, and this one is not what the other was. */
function contradicts({ content, source }: Copy, digest: string | undefined): boolean {
  if (digest === undefined || content.digest === undefined || digest === content.digest) return false;
  return source !== "recipe" && (content.home || content.holders.length > 0);
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
