import type { HeldReplica, WorkerSpec } from "../../workers/worker.js";
import type { Event } from "../event.js";
import { contentNamed } from "../files/naming.js";
import { serveWant } from "../files/wants.js";
import { type Kin, WorkerRecord } from "../records.js";
import { addHolder, replicaAt } from "../transfers/holdings.js";
import { newKin, type World } from "../world.js";
import { choosePlacesAgain } from "./places.js";
import { resume } from "./resume.js";
import { gainRoom, reindex } from "./room.js";

/** A worker has come, perhaps with files of earlier runs, perhaps back with attempts that went on meanwhile. */
export function onJoined(world: World, event: Extract<Event, { type: "worker-joined" }>): void {
  const { worker: spec, running = [] } = event;
  if (world.workers.has(spec.id)) {
    world.stats.ignored += 1;
    return;
  }
  const worker = new WorkerRecord(spec, kinOf(world, spec), world.options.prefetch * spec.resources.cores);
  world.workers.set(spec.id, worker);
  world.clusterVersion += 1;
  choosePlacesAgain(world, worker);
  for (const held of spec.holds) adopt(world, worker, held);
  reindex(world, worker);
  resume(world, worker, running);
  gainRoom(world, worker);
  for (const file of [...world.wanted]) serveWant(world, file);
}

/** What it holds counts at once, also for files that are declared later. */
function adopt(world: World, worker: WorkerRecord, held: HeldReplica): void {
  const content = contentNamed(world, held.cacheName);
  content.keep ||= held.lifetime === "forever" || held.lifetime === "worker";
  content.size ??= held.size;
  content.digest ??= held.digest;
  content.kind = held.kind;
  addHolder(world, replicaAt(content, worker), held.size);
  world.agenda.loose.push(content);
}

function kinOf(world: World, spec: WorkerSpec): Kin {
  const gpus = spec.resources.gpus > 0;
  const key = JSON.stringify([gpus, ...[...spec.features].sort()]);
  let kin = world.kins.get(key);
  if (kin === undefined) world.kins.set(key, (kin = newKin(new Set(spec.features), gpus)));
  return kin;
}
