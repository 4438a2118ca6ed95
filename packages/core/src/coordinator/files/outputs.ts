import type { AttemptOutcome, OutputReport } from "../../tasks/result.js";
import type { Event } from "../event.js";
import type { Content, FileRecord, TaskRecord, WorkerRecord } from "../records.js";
import { dropUnheld } from "../tasks/depart.js";
import { runOf } from "../tasks/move.js";
import { addHolder, replicaAt } from "../transfers/holdings.js";
import { dropCopy } from "../transfers/start.js";
import type { World } from "../world.js";

/** What the worker says it has made counts only if the task was to make it under that name. */
export function recordOutput(
  world: World,
  task: TaskRecord,
  worker: WorkerRecord,
  report: OutputReport,
): void {
  const file = world.files.get(report.file);
  const { content } = file ?? {};
  if (file?.producer !== task || content?.cacheName !== report.cacheName || file.state !== "named") {
    // An output that was forgotten meanwhile, or that nobody asked for: it is of no use there.
    world.stats.ignored += 1;
    dropUnheld(world, worker, [report.cacheName]);
    return;
  }
  file.made = true;
  content.size = report.size;
  content.kind = report.kind;
  // What a task makes anew need not be what it made before.
  if (report.digest !== undefined || content.holders.length === 0) content.digest = report.digest;
  if (report.bytes === undefined) keepReplica(world, content, worker, report.size);
  else keepValue(world, file, content);
  world.agenda.recheck.push(file);
  world.agenda.loose.push(content);
  if (world.options.tempReplicas > 1) world.agenda.thin.push(content);
}

function keepReplica(world: World, content: Content, worker: WorkerRecord, size: number): void {
  const replica = replicaAt(content, worker);
  if (replica.copy?.state === "queued") dropCopy(world, replica.copy);
  addHolder(world, replicaAt(content, worker), size);
}

/** The manager has the content of what a call returned: it came with the news. */
export function isValue(file: FileRecord): boolean {
  return file.home && file.spec.origin.type === "temp";
}

/** The manager has the content, and no worker does. */
function keepValue(world: World, file: FileRecord, content: Content): void {
  file.home = true;
  if (content.waiting > 0) world.agenda.spread.push(content);
}

/** Outputs of an attempt that does not count any more are of no use, unless the worker is making them again. */
export function dropStrays(world: World, event: Extract<Event, { type: "task-ended" }>): void {
  const worker = world.workers.get(event.worker);
  const task = world.tasks.get(event.task);
  if (worker === undefined) return;
  const names = event.outcome.outputs.map(({ cacheName }) => cacheName);
  const run = task === undefined ? undefined : runOf(task);
  if (run?.worker === worker) run.strays = names;
  else dropUnheld(world, worker, names);
}

/** The attempt does not count, and neither does what it left. */
export function dropOutputs(world: World, worker: WorkerRecord, outcome: AttemptOutcome): void {
  for (const { cacheName } of outcome.outputs)
    world.effects.push({ type: "drop", worker: worker.id, cacheName });
}
