import type { ErrorCode } from "../../model/errors.js";
import type { AttemptOutcome, AttemptRecord } from "../../tasks/result.js";
import type { Event } from "../event.js";
import { leaveInputs } from "../files/demand.js";
import { dropOutputs, dropStrays, recordOutput } from "../files/outputs.js";
import { noteEnd, onInstanceEnded } from "../libraries/ended.js";
import { moveInstance, retire } from "../libraries/instance.js";
import { endIdle } from "../libraries/make-room.js";
import { revoke } from "../lines/revoke.js";
import type { Run, TaskRecord, Verdict } from "../records.js";
import { bringValue } from "../transfers/value.js";
import { pause, startDraining } from "../workers/pause.js";
import { answered, startQueued } from "../workers/room.js";
import type { World } from "../world.js";
import { depart } from "./depart.js";
import { failure, finish } from "./finish.js";
import { move, RETRIEVING, runOf } from "./move.js";
import { bringOutputsHome } from "./ready.js";
import { exhaustedIn, retryCrashed, retryExhausted, retryLost, retryUnstarted } from "./retry.js";

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
  // It was sent ahead, and its worker does not wait for its turn there any more.
  if (task?.ahead?.run.attempt === event.attempt && task.ahead.run.worker.id === event.worker)
    revoke(world, task, event.type !== "task-started");
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
  if (task.instance !== undefined) {
    onInstanceEnded(world, task.instance, run, outcome);
    return;
  }
  if (task.library !== undefined) noteEnd(task.library, task, run, outcome);
  else if (task.state.name === "assigned") start(world, task, run);
  task.outcome = outcome;
  if (countsNot(outcome)) {
    dropOutputs(world, run.worker, outcome);
    depart(world, task, run, { ended: outcome.code === "cancelled" ? "returned" : outcome.code, outcome });
    tryAgain(world, task, run, outcome);
  } else {
    for (const report of outcome.outputs) recordOutput(world, task, run.worker, report);
    depart(world, task, run, { ended: outcome.code, outcome });
    conclude(world, task, verdictOf(outcome), run);
  }
}

/** The attempt came to nothing for a reason that need not hold at another time or place. */
function countsNot({ code }: AttemptOutcome): boolean {
  return (
    code === "resource-exhaustion" ||
    code === "sandbox-exhaustion" ||
    code === "cancelled" ||
    code === "library-exit" ||
    code === "unknown"
  );
}

function tryAgain(world: World, task: TaskRecord, run: Run, outcome: AttemptOutcome): void {
  const { code, message } = outcome;
  if (code === "cancelled") retryUnstarted(world, task, message ?? "the worker stopped it");
  else if (code === "library-exit")
    retryCrashed(
      world,
      task,
      message ?? "the process of the library that ran it ended",
      exhaustedIn(outcome),
    );
  else if (code === "unknown") {
    const what = message ?? "the worker does not know how it ended";
    retryLost(world, task, what, avoid(world, task, run, what));
  } else retryExhausted(world, task, run.allocation, outcome);
}

/** Where the worker has no room for what a call returned, the next try is at another one, if there is one. */
function avoid(world: World, { library }: TaskRecord, run: Run, what: string): ErrorCode | undefined {
  const { worker, instance } = run;
  if (library === undefined || instance === undefined) return undefined;
  pause(world, worker);
  library.shunned.set(worker, world.nowMs + world.options.coolOffMs);
  library.failures.lackedRoom = `${worker.spec.name}: ${what}`;
  retire(world, instance);
  return "DISK_FULL";
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

/** The attempt was the last one; its result is told when what belongs there is home. */
function conclude(world: World, task: TaskRecord, verdict: Verdict, run: Run): void {
  if (task.outputs.length > 0) bringOutputsHome(world, task);
  if (task.outcome?.call?.spilled !== undefined) bringValue(world, task, run, task.outcome.call.spilled);
  if (task.toBring > 0) {
    task.verdict = verdict;
    leaveInputs(world, task);
    move(world, task, RETRIEVING);
  } else {
    finish(world, task, verdict);
  }
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
  if (event.reason === "no-room") endIdle(world, run.worker);
  retryUnstarted(world, task, event.message === "" ? event.reason : event.message);
}

function endOf({ reason }: Extract<Event, { type: "task-returned" }>): AttemptRecord["ended"] {
  return reason === "retracted" || reason === "input-damaged" ? reason : "returned";
}
