import type { CacheName, WorkerId } from "../../model/ids.js";
import { nextTransferState } from "../../transfers/transfer-state.js";
import { nextWorkerState } from "../../workers/worker-state.js";
import { isNeeded } from "../files/retention.js";
import { callsAt } from "../libraries/slots.js";
import type { Content, Replica, TaskRecord, WorkerRecord } from "../records.js";
import { depart } from "../tasks/depart.js";
import { runOf } from "../tasks/move.js";
import { retryLost, retryUnstarted } from "../tasks/retry.js";
import { withdrawCalls, withdrawUnstarted } from "../tasks/withdraw.js";
import { forgetIfIdle, queueCopy, removeHolder } from "../transfers/holdings.js";
import { abandonWaiters, kickAfter } from "../transfers/kick.js";
import { dropCopy, forget, land, tryStart } from "../transfers/start.js";
import type { World } from "../world.js";
import { startDraining } from "./pause.js";
import { choosePlacesAgain } from "./places.js";
import { noteLoss } from "./resume.js";
import { reindex } from "./room.js";

/** A worker's connection has ended: what ran there and what only it held is lost. */
export function onLost(world: World, id: WorkerId, reason: string): void {
  const worker = world.workers.get(id);
  if (worker === undefined) {
    world.stats.ignored += 1;
    return;
  }
  const expected = worker.state.name === "released";
  worker.state = nextWorkerState(worker.state, { name: "gone" });
  world.workers.delete(id);
  world.clusterVersion += 1;
  choosePlacesAgain(world, worker);
  if (!expected) world.stats.workersLost += 1;
  const started = begunAt(worker);
  const tasks = [...worker.tasks, ...callsAt(worker)];
  for (const task of tasks)
    if (task.state.name === "assigned" || task.state.name === "running") leaveTask(world, task);
  emptyCache(world, worker);
  endCopies(world, worker);
  worker.replicas.clear();
  reindex(world, worker);
  for (const task of tasks)
    retry(world, task, started.has(task), `worker ${worker.spec.name} was lost (${reason})`);
}

/** What ran there. Not every call is reported when it starts: those that were dealt first are taken to have. */
function begunAt(worker: WorkerRecord): Set<TaskRecord> {
  const begun = [...worker.tasks, ...callsAt(worker)].filter((task) => task.state.name === "running");
  for (const { calls, slots } of worker.instances) {
    const dealt = (task: TaskRecord): number => runOf(task)?.dealt ?? 0;
    begun.push(...[...calls].sort((a, b) => dealt(a) - dealt(b)).slice(0, slots));
  }
  return new Set(begun);
}

/** What it holds does not count any more; what was to come from there is looked for elsewhere. */
function emptyCache(world: World, worker: WorkerRecord): void {
  for (const file of world.wanted) {
    if (file.patron?.worker !== worker) continue;
    file.patron = undefined;
    world.agenda.recheck.push(file);
  }
  for (const replica of [...worker.replicas.values()]) {
    replica.uses = 0;
    if (replica.ready) removeHolder(world, replica);
    else forgetIfIdle(world, replica);
  }
}

function leaveTask(world: World, task: TaskRecord): void {
  if (task.state.name === "assigned" || task.state.name === "running") {
    depart(world, task, task.state.run, { ended: "worker-lost" });
  }
}

function retry(world: World, task: TaskRecord, started: boolean, what: string): void {
  noteLoss(task, started);
  if (started) retryLost(world, task, what);
  else retryUnstarted(world, task, what);
}

/** Copies to it end. Those that others fetch from it will be reported by them. */
function endCopies(world: World, worker: WorkerRecord): void {
  for (const copy of [...worker.inbound]) if (copy.state === "queued") dropCopy(world, copy);
  for (const replica of [...worker.replicas.values()]) {
    const { copy } = replica;
    if (copy?.state !== "flying") continue;
    land(world, copy);
    copy.state = nextTransferState(copy.state, "dropped");
    forget(world, copy);
    kickAfter(world, copy);
  }
  abandonWaiters(world, worker.waiters);
}

/** It asked to leave, or is to go: what has not started goes elsewhere, the rest may end. */
export function onDraining(world: World, id: WorkerId): void {
  const worker = world.workers.get(id);
  if (worker === undefined || (worker.state.name !== "ready" && worker.state.name !== "cooling")) {
    world.stats.ignored += 1;
    return;
  }
  startDraining(world, worker);
  withdrawUnstarted(world, worker, "its worker leaves", false);
  withdrawCalls(world, worker, "its worker leaves", false);
}

/** Lets draining workers go that have nothing left to do and hold nothing that only they have. */
export function releaseIdle(world: World): void {
  for (const worker of [...world.draining]) {
    if (worker.state.name !== "draining") world.draining.delete(worker);
    else if (
      worker.tasks.length + worker.instances.size === 0 &&
      worker.outgoing === 0 &&
      !isLastHope(world, worker)
    )
      release(world, worker);
  }
}

/** What it holds does not count from now on. */
function release(world: World, worker: WorkerRecord): void {
  worker.state = nextWorkerState(worker.state, { name: "released" });
  world.draining.delete(worker);
  emptyCache(world, worker);
  endCopies(world, worker);
  world.effects.push({ type: "release", worker: worker.id });
}

/** A copy is on its way to it, or it holds a needed file that no other worker has yet and somebody is taking over. */
function isLastHope(world: World, worker: WorkerRecord): boolean {
  for (const { content, ready, copy } of worker.replicas.values()) {
    if (copy?.state === "flying") return true;
    if (ready && content.flying + content.waiting > 0 && isOnlyHere(content)) return true;
  }
  return false;
}

/** It is needed, this is the only copy, and it would have to be made again. */
function isOnlyHere(content: Content): boolean {
  if (content.home || content.holders.length > 1) return false;
  return content.files.some((file) => file.producer !== undefined) && content.files.some(isNeeded);
}

/** A cache entry is gone: evicted, or found damaged. */
export function onReplicaGone(world: World, id: WorkerId, cacheName: CacheName): void {
  const worker = world.workers.get(id);
  const content = world.contents.get(cacheName);
  const replica = content === undefined ? undefined : worker?.replicas.get(content);
  if (worker === undefined || content === undefined || replica?.ready !== true) {
    world.stats.ignored += 1;
    return;
  }
  removeHolder(world, replica);
  fetchAgain(world, replica);
}

/** A copy that is gone is sent for once more, if something that has not begun at its worker counts on it. */
export function fetchAgain(world: World, replica: Replica): void {
  const { worker, content } = replica;
  if (worker.replicas.get(content) === replica && isAwaited(worker, replica))
    tryStart(world, queueCopy(content, worker));
}

/** Something that has not begun at the worker counts on it. (What runs has its inputs.) */
function isAwaited(worker: WorkerRecord, replica: Replica): boolean {
  const { content } = replica;
  if (replica.copy !== undefined || replica.uses === 0) return false;
  for (const task of [...worker.tasks, ...callsAt(worker)]) {
    if (task.state.name === "assigned" && task.inputs.some((file) => file.content === content)) return true;
  }
  const recipes = content.files.flatMap((file) => file.recipes);
  return recipes.some((file) => {
    const copy = file.content === undefined ? undefined : worker.replicas.get(file.content)?.copy;
    return copy?.held?.includes(replica) === true;
  });
}
