import type { AttemptOutcome, AttemptRecord, OutputReport } from "../../tasks/result.js";
import type { Event } from "../event.js";
import { leaveInputs } from "../files/demand.js";
import { noteEnd, onInstanceEnded } from "../libraries/ended.js";
import { moveInstance } from "../libraries/instance.js";
import type { Content, FileRecord, Run, TaskRecord, Verdict, WorkerRecord } from "../records.js";
import { addHolder, replicaAt } from "../transfers/holdings.js";
import { dropCopy } from "../transfers/start.js";
import { pause, startDraining } from "../workers/pause.js";
import { answered, startQueued } from "../workers/room.js";
import type { World } from "../world.js";
import { depart, dropUnheld } from "./depart.js";
import { failure, finish } from "./finish.js";
import { move, RETRIEVING, runOf } from "./move.js";
import { bringOutputsHome } from "./ready.js";
import { retryCrashed, retryExhausted, retryLost, retryUnstarted } from "./retry.js";

type AttemptEvent = Extract<Event, { type: "task-started" | "task-ended" | "task-returned" }>;

/** The task and its attempt, if the news is of the attempt in progress. Anything else is old, or made up. */
function current(
  world: World,
  event: AttemptEvent,
): { readonly task: TaskRecord; readonly run: Run } | undefined {
  const task = world.tasks.get(event.task) ?? world.instances.get(event.task)?.task;
  const run = task === undefined ? undefined : runOf(task);
  if (task !== undefined && run?.attempt === event.attempt && run.worker.id === event.worker)
    return { task, run };
  world.stats.ignored += 1;
  return undefined;
}

export function onStarted(world: World, event: Extract<Event, { type: "task-started" }>): void {
  const found = current(world, event);
  if (found !== undefined && found.task.state.name === "assigned") start(world, found.task, found.run);
}

function start(world: World, task: TaskRecord, run: Run): void {
  run.worker.pauses = 0;
  answered(run);
  move(world, task, { name: "running", run });
  if (task.instance?.state === "deploying") moveInstance(world, task.instance, "starting");
  if (run.queued) startQueued(world, task, run);
}

export function onEnded(world: World, event: Extract<Event, { type: "task-ended" }>): void {
  const found = current(world, event);
  if (found === undefined) {
    dropStrays(world, event);
    return;
  }
  const { task, run } = found;
  const { outcome } = event;
  const { code } = outcome;
  if (task.instance !== undefined) {
    onInstanceEnded(world, task.instance, run, outcome);
    return;
  }
  if (task.library !== undefined) noteEnd(task.library, task, run, outcome);
  else if (task.state.name === "assigned") start(world, task, run);
  task.outcome = outcome;
  if (code === "resource-exhaustion" || code === "sandbox-exhaustion") {
    dropOutputs(world, run.worker, outcome);
    depart(world, task, run, { ended: code, outcome });
    retryExhausted(world, task, run.allocation, outcome);
  } else if (code === "cancelled") {
    depart(world, task, run, { ended: "returned", outcome });
    retryUnstarted(world, task, outcome.message ?? "the worker stopped it");
  } else if (code === "library-exit") {
    dropOutputs(world, run.worker, outcome);
    depart(world, task, run, { ended: code, outcome });
    retryCrashed(world, task, outcome.message ?? "the process of the library that ran it ended");
  } else if (code === "unknown") {
    dropOutputs(world, run.worker, outcome);
    depart(world, task, run, { ended: code, outcome });
    retryLost(world, task, outcome.message ?? "the worker does not know how it ended");
  } else {
    for (const report of outcome.outputs) recordOutput(world, task, run.worker, report);
    depart(world, task, run, { ended: code, outcome });
    conclude(world, task, verdictOf(outcome));
  }
}

function verdictOf(outcome: AttemptOutcome): Verdict {
  const { code } = outcome;
  if (code === "success") return { state: "done", code };
  return failure(
    code,
    outcome.message ??
      outcome.call?.failure?.message ??
      (outcome.signal === undefined ? code : `ended by ${outcome.signal}`),
  );
}

/** The attempt was the last one; its result is told when the outputs that belong there are home. */
function conclude(world: World, task: TaskRecord, verdict: Verdict): void {
  if (task.outputs.length > 0 && bringOutputsHome(world, task)) {
    task.verdict = verdict;
    leaveInputs(world, task);
    move(world, task, RETRIEVING);
  } else {
    finish(world, task, verdict);
  }
}

/** What the worker says it has made counts only if the task was to make it under that name. */
function recordOutput(world: World, task: TaskRecord, worker: WorkerRecord, report: OutputReport): void {
  const file = world.files.get(report.file);
  const { content } = file ?? {};
  if (file?.producer !== task || content?.cacheName !== report.cacheName || file.state !== "named") {
    // An output that was forgotten meanwhile, or that nobody asked for: it is of no use there.
    world.stats.ignored += 1;
    dropUnheld(world, worker, [report.cacheName]);
    return;
  }
  if (report.bytes !== undefined) {
    keepValue(world, file, content, report);
    return;
  }
  content.size = report.size;
  content.kind = report.kind;
  // What a task makes anew need not be what it made before.
  if (report.digest !== undefined || content.holders.length === 0) content.digest = report.digest;
  file.made = true;
  const replica = replicaAt(content, worker);
  if (replica.copy?.state === "queued") dropCopy(world, replica.copy);
  addHolder(world, replicaAt(content, worker), report.size);
  world.agenda.recheck.push(file);
  world.agenda.loose.push(content);
  if (world.options.tempReplicas > 1) world.agenda.thin.push(content);
}

/** The manager has the content, and no worker does. */
function keepValue(world: World, file: FileRecord, content: Content, report: OutputReport): void {
  content.size = report.size;
  content.kind = report.kind;
  if (report.digest !== undefined) content.digest = report.digest;
  file.made = true;
  file.home = true;
  world.agenda.recheck.push(file);
  world.agenda.loose.push(content);
  if (content.waiting > 0) world.agenda.spread.push(content);
}

/** Outputs of an attempt that does not count any more are of no use, unless the worker is making them again. */
function dropStrays(world: World, event: Extract<Event, { type: "task-ended" }>): void {
  const worker = world.workers.get(event.worker);
  const task = world.tasks.get(event.task);
  if (worker === undefined) return;
  const names = event.outcome.outputs.map(({ cacheName }) => cacheName);
  const run = task === undefined ? undefined : runOf(task);
  if (run?.worker === worker) run.strays = names;
  else dropUnheld(world, worker, names);
}

/** The attempt does not count, and neither does what it left. */
function dropOutputs(world: World, worker: WorkerRecord, outcome: AttemptOutcome): void {
  for (const { cacheName } of outcome.outputs)
    world.effects.push({ type: "drop", worker: worker.id, cacheName });
}

/** The worker gives a task back that it has not started, or that ran with an input that somebody changed meanwhile. */
export function onReturned(world: World, event: Extract<Event, { type: "task-returned" }>): void {
  const found = current(world, event);
  if (found === undefined) return;
  const { task, run } = found;
  if (event.reason === "retracted") world.stats.takenBack += 1;
  depart(world, task, run, { ended: endOf(event) });
  if (event.reason === "leaving") startDraining(world, run.worker);
  else if (event.reason === "input-damaged") task.copiesInputs = true;
  else if (event.reason !== "retracted" && event.reason !== "library-gone") pause(world, run.worker);
  retryUnstarted(world, task, event.message === "" ? event.reason : event.message);
}

function endOf({ reason }: Extract<Event, { type: "task-returned" }>): AttemptRecord["ended"] {
  return reason === "retracted" || reason === "input-damaged" ? reason : "returned";
}
