import type { ErrorCode } from "../../model/errors.js";
import type { ResultCode, TaskResult } from "../../tasks/result.js";
import { taskNumber } from "../../tasks/task.js";
import { FINAL_STATES } from "../../tasks/task-state.js";
import { leaveInputs, spoil } from "../files/demand.js";
import { revoke } from "../lines/revoke.js";
import type { FileRecord, TaskRecord, Trouble, Verdict } from "../records.js";
import type { World } from "../world.js";
import { isPending, move, requeue } from "./move.js";

/** The stable error that goes with a result code. */
const ERROR_OF: Partial<Record<ResultCode, ErrorCode>> = {
  "input-missing": "INPUT_MISSING",
  "output-missing": "OUTPUT_MISSING",
  signal: "SIGNAL",
  "resource-exhaustion": "RESOURCE_EXHAUSTED",
  "max-end-time": "END_TIME",
  "max-wall-time": "WALL_TIME",
  forsaken: "FORSAKEN",
  "max-retries": "MAX_RETRIES",
  "output-transfer-error": "OUTPUT_TRANSFER",
  "fixed-location-missing": "INPUT_CHANGED",
  cancelled: "CANCELLED",
  exception: "FUNCTION_RAISED",
  "library-exit": "LIBRARY_EXIT",
  "missing-library": "UNKNOWN_FUNCTION",
  "sandbox-exhaustion": "SANDBOX_EXHAUSTED",
  unschedulable: "UNSCHEDULABLE",
};

/** A failure by its result code. */
export function failure(code: ResultCode, message: string, error?: string): Verdict {
  return { state: "failed", code, message, error: error ?? ERROR_OF[code] ?? "INTERNAL" };
}

/** The task cannot run because of an input. */
export function inputFailure(file: FileRecord): Verdict {
  const root = file.failure ?? { error: "INPUT_MISSING", message: "it cannot be had" };
  const message = `input ${describe(file)} cannot be had: ${root.message}`;
  return { state: "failed", code: root.code ?? "input-missing", error: root.error, message, root };
}

export function describe(file: FileRecord): string {
  return file.spec.label === "" ? `file ${file.spec.id}` : `"${file.spec.label}"`;
}

/** Brings a task to its end, tells the application unless it has been told, and spoils what the task did not make. */
export function finish(world: World, task: TaskRecord, verdict: Verdict): void {
  if (task.instance !== undefined) {
    task.verdict = verdict;
    requeue(world, task);
    return;
  }
  revoke(world, task);
  if (isPending(task)) leaveInputs(world, task);
  const again = task.reported;
  move(world, task, { name: verdict.state });
  if (again) world.recovering -= 1;
  else report(world, task, verdict);
  seeToOutputs(world, task, verdict, again);
  if (task.library?.removed === true) world.agenda.idleLibraries.push(task.library);
  releaseTask(world, task);
}

/** What the task did not make can never be had; what it made and is lost is made again if somebody needs it. */
function seeToOutputs(world: World, task: TaskRecord, verdict: Verdict, again: boolean): void {
  for (const file of task.outputs) {
    if (file.producer !== task || file.state === "unusable") continue;
    const isMade = file.made && (!again || file.available || wasLeft(task, file, verdict));
    if (!isMade) spoil(world, file, troubleFor(task, verdict, again));
    else if (!file.available) world.agenda.missed.push(file);
    world.agenda.leaving.push(file);
  }
}

/** Whether the run that has just ended made the file: what it does not leave once, it will not leave the next time. */
function wasLeft(task: TaskRecord, file: FileRecord, verdict: Verdict): boolean {
  if ((file.content?.holders.length ?? 0) > 0) return true;
  return (
    verdict.state === "done" && task.outcome?.outputs.some((report) => report.file === file.spec.id) === true
  );
}

function troubleFor(task: TaskRecord, verdict: Verdict, again: boolean): Trouble {
  if (verdict.root !== undefined) return { error: verdict.root.error, message: verdict.root.message };
  const how =
    verdict.state === "done" ? "did not leave it" : `ended with ${verdict.code}: ${verdict.message ?? ""}`;
  const error = verdict.state === "cancelled" ? "CANCELLED" : again ? "INPUT_LOST" : "INPUT_MISSING";
  return { error, message: `task ${taskNumber(task.spec)}, which makes it, ${how}` };
}

function report(world: World, task: TaskRecord, verdict: Verdict): void {
  const { outcome } = task;
  task.reported = true;
  const result: TaskResult = {
    task: task.id,
    state: verdict.state,
    code: verdict.code,
    ...(verdict.message === undefined ? {} : { message: verdict.message }),
    ...(verdict.error === undefined ? {} : { error: verdict.error }),
    ...(outcome === undefined ? {} : { outcome }),
    requested: task.spec.resources,
    submittedAtMs: task.submittedAtMs,
    finishedAtMs: world.nowMs,
    attempts: task.history ?? [],
  };
  task.history = undefined;
  task.outcome = undefined;
  world.effects.push({ type: "task-finished", result });
}

/** Forgets an ended task, unless it may have to run again for something that it made. */
export function releaseTask(world: World, task: TaskRecord): void {
  if (!FINAL_STATES.has(task.state.name) || !world.tasks.has(task.id)) return;
  if (task.outputs.some((file) => file.producer === task && mayNeedProducer(world, file))) return;
  world.tasks.delete(task.id);
  if (task.library !== undefined) {
    task.library.references -= 1;
    if (task.library.removed) world.agenda.idleLibraries.push(task.library);
  }
  for (const file of task.inputs) {
    file.references -= 1;
    world.agenda.leaving.push(file);
  }
}

function mayNeedProducer(world: World, file: FileRecord): boolean {
  if (!world.files.has(file.spec.id) || file.state === "unusable" || file.producer?.state.name !== "done")
    return false;
  return file.spec.origin.type !== "local" || !file.home;
}
