import { type Content, Copy, Replica, type WorkerRecord } from "../records.js";
import { gainRoom } from "../workers/room.js";
import type { World } from "../world.js";

/** The record of a content at a worker; made when there is none. */
export function replicaAt(content: Content, worker: WorkerRecord): Replica {
  let replica = worker.replicas.get(content);
  if (replica === undefined) {
    replica = new Replica(content, worker);
    worker.replicas.set(content, replica);
  }
  return replica;
}

/** A copy now counts as there. */
export function addHolder(world: World, replica: Replica, size: number): void {
  if (replica.ready) return;
  replica.ready = true;
  replica.stray = false;
  replica.size = size;
  replica.neededBytes = replica.content.keep ? 0 : size;
  replica.worker.cachedBytes += size;
  replica.worker.neededBytes += replica.neededBytes;
  replica.seat = replica.content.holders.length;
  replica.content.holders.push(replica);
  recheckAll(world, replica.content);
  if (replica.content.waiting > 0) world.agenda.spread.push(replica.content);
}

/** A copy is there no more (or the worker is not). The record stays while something at the worker wants it. */
export function removeHolder(world: World, replica: Replica): void {
  if (!replica.ready) return;
  const { content, worker } = replica;
  const last = content.holders.pop() as Replica;
  if (last !== replica) {
    content.holders[replica.seat] = last;
    last.seat = replica.seat;
  }
  replica.seat = -1;
  replica.ready = false;
  worker.cachedBytes -= replica.size;
  worker.neededBytes -= replica.neededBytes;
  worker.waiters.delete(content);
  gainRoom(world, worker);
  forgetIfIdle(world, replica);
  recheckAll(world, content);
  world.agenda.thin.push(content);
  if (content.waiting > 0) world.agenda.spread.push(content);
}

/** Removes the record of a replica that is neither there, nor wanted, nor on its way. */
export function forgetIfIdle(world: World, replica: Replica): void {
  const { worker, content } = replica;
  if (replica.ready || replica.uses > 0 || replica.copy !== undefined) return;
  worker.replicas.delete(content);
  if (replica.stray && worker.state.name !== "gone")
    world.effects.push({ type: "drop", worker: worker.id, cacheName: content.cacheName });
}

/** A new wish for a copy at a worker. */
export function queueCopy(content: Content, worker: WorkerRecord): Copy {
  const copy = new Copy(content, worker);
  replicaAt(content, worker).copy = copy;
  (content.queued ??= new Set()).add(copy);
  worker.inbound.add(copy);
  return copy;
}

function recheckAll(world: World, content: Content): void {
  for (const file of content.files) world.agenda.recheck.push(file);
  if (content.files.length === 0 && content.holders.length === 0) world.agenda.loose.push(content);
}
