import type { ErrorCode } from "../../model/errors.js";
import { nextTransferState } from "../../transfers/transfer-state.js";
import type { Event } from "../event.js";
import { enterInputs } from "../files/demand.js";
import { endWant } from "../files/wants.js";
import type { Copy, FileRecord, TaskRecord, Trouble } from "../records.js";
import { describe, failure, finish } from "../tasks/finish.js";
import { move, WAITING } from "../tasks/move.js";
import { retryLost } from "../tasks/retry.js";
import type { World } from "../world.js";
import { tally } from "./arrived.js";
import { kickAfter } from "./kick.js";
import { dropLie, isLie, noteFailure } from "./lies.js";
import { retryAt } from "./source.js";
import { dropCopy, forget, land, tryStart } from "./start.js";

/** Tries after which a file is not brought home. */
const TRIES = 8;

/** The manager has the content. */
export function onRetrieved(world: World, event: Extract<Event, { type: "retrieved" }>): void {
  const copy = homeward(world, event.transfer);
  if (copy === undefined) return;
  const { content } = copy;
  land(world, copy);
  content.lastFailure = undefined;
  tally(world.stats.retrieved, content.size ?? 0);
  copy.state = nextTransferState(copy.state, "arrived");
  forget(world, copy);
  const { file } = copy;
  if (file !== undefined) arrived(world, file);
  kickAfter(world, copy);
  world.agenda.loose.push(content);
}

/** The manager has the file: where it belongs, or to pass it on, or for whoever wanted it. */
function arrived(world: World, file: FileRecord): void {
  const { content, producer } = file;
  const isLocal = file.spec.origin.type === "local";
  if (isLocal) file.home = true;
  else if (file.relay && content !== undefined) content.relayed = true;
  file.relay = false;
  for (const alias of content?.files ?? []) world.agenda.recheck.push(alias);
  world.agenda.leaving.push(file);
  endWant(world, file);
  if (isLocal && producer !== undefined) oneIsHome(world, producer);
}

/** One of the things that the task waits to see home. */
export function oneIsHome(world: World, task: TaskRecord): void {
  if (task.state.name !== "retrieving") return;
  task.toBring -= 1;
  if (task.toBring <= 0 && task.verdict !== undefined) finish(world, task, task.verdict);
}

export function onRetrievalFailed(world: World, event: Extract<Event, { type: "retrieval-failed" }>): void {
  const copy = homeward(world, event.transfer);
  if (copy === undefined) return;
  const { content, source } = copy;
  land(world, copy);
  world.stats.transferFailures += 1;
  noteFailure(copy, event.failure);
  const { fault } = event.failure;
  if (isLie(copy, event.failure)) dropLie(world, copy);
  if (fault === "source" && copy.tries < TRIES && content.holders.length > 0) {
    putBack(copy);
    if (source !== undefined) avoidSource(world, copy);
  } else {
    copy.state = nextTransferState(copy.state, "dropped");
    forget(world, copy);
    if (copy.file !== undefined && (fault !== "source" || content.holders.length > 0))
      notHome(world, copy.file, event.failure);
  }
  kickAfter(world, copy);
  tryStart(world, copy);
  world.agenda.loose.push(content);
}

function homeward(world: World, transfer: Copy["transfer"] & number): Copy | undefined {
  const copy = world.transfers.get(transfer);
  if (copy !== undefined && copy.worker === undefined) return copy;
  world.stats.ignored += 1;
  return undefined;
}

function putBack(copy: Copy): void {
  copy.state = nextTransferState(copy.state, "queued");
  (copy.content.queued ??= new Set()).add(copy);
}

function avoidSource(world: World, copy: Copy): void {
  if (copy.source === undefined) return;
  const untilMs = world.nowMs + world.options.coolOffMs;
  (copy.avoided ??= new Map()).set(copy.source, untilMs);
  retryAt(world, copy.content, untilMs);
}

/** It will not come: says so to whoever waits for it. */
function notHome(world: World, file: FileRecord, trouble: Trouble): void {
  const { error, message } = trouble;
  file.relay = false;
  endWant(world, file, { error, message });
  const { producer } = file;
  if (file.spec.origin.type !== "local" || producer?.state.name !== "retrieving") return;
  failToBring(world, producer, `output ${describe(file)} did not come home: ${message}`);
}

/** The task has run, and what it made cannot be put where it belongs. */
export function failToBring(world: World, task: TaskRecord, message: string): void {
  finish(world, task, failure("output-transfer-error", message));
  stopBringing(world, task);
}

/** Nobody waits for what is still on its way home for this task. */
export function stopBringing(world: World, task: TaskRecord): void {
  task.toBring = 0;
  world.valuesComing.delete(task.id);
  for (const file of task.outputs) {
    const copy = file.homeward;
    if (copy?.state === "queued" && !file.wanted) dropCopy(world, copy);
  }
}

/** The only copy of something that it made was lost on its way home: the task runs again if it may. `lost`: what that is. */
export function lostOnWayHome(world: World, task: TaskRecord, lost: string, error?: ErrorCode): void {
  stopBringing(world, task);
  task.verdict = undefined;
  move(world, task, WAITING);
  enterInputs(world, task);
  if (!task.reported && (task.spec.endByMs ?? Infinity) <= world.nowMs) {
    const message = `${lost} was lost on its way home, and its end-by time has come`;
    finish(world, task, failure("max-end-time", message));
    return;
  }
  retryLost(world, task, `${lost} was lost with its worker before it was home`, error);
}
