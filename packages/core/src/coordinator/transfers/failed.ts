import { nextTransferState } from "../../transfers/transfer-state.js";
import type { Event, TransferFailure } from "../event.js";
import { spoil } from "../files/demand.js";
import type { Content, Copy, Source, WorkerRecord } from "../records.js";
import { coolDown } from "../workers/cool-off.js";
import { rest } from "../workers/pause.js";
import type { World } from "../world.js";
import { kickAfter } from "./kick.js";
import { discredit, dropLie, isLie, noteFailure } from "./lies.js";
import { retryAt } from "./source.js";
import { dropCopy, land, releaseIngredients } from "./start.js";

/** Tries of one copy after which its destination is taken to be at fault. */
const TRIES = 8;
/** Copies of a content that fail in a row before it is given up. */
const FAILURES = 24;
/** Destinations that a source fails before all leave it alone. */
const SHUNNED_AFTER = 3;

/** What something is to be made from was damaged or went away there: it is brought again, and the worker is as good as before. */
const SPOILT: ReadonlySet<string> = new Set(["INPUT_DAMAGED", "INPUT_MISSING"]);

/** A fetch or make at a worker failed. */
export function onTransferFailed(world: World, event: Extract<Event, { type: "transfer-failed" }>): void {
  const copy = world.transfers.get(event.transfer);
  const { worker } = copy ?? {};
  if (copy === undefined || worker === undefined || worker.id !== event.worker) {
    world.stats.ignored += 1;
    return;
  }
  land(world, copy);
  world.stats.transferFailures += 1;
  copy.content.failures += 1;
  noteFailure(copy, event.failure);
  putBack(copy, worker);
  blame(world, copy, worker, event.failure);
  if (copy.content.failures >= FAILURES) giveUp(world, copy.content, event.failure);
  if (copy.state === "queued" && !isStillWanted(copy, worker)) dropCopy(world, copy);
  kickAfter(world, copy);
}

function isStillWanted(copy: Copy, worker: WorkerRecord): boolean {
  const replica = worker.replicas.get(copy.content);
  if (replica === undefined || replica.ready) return false;
  return copy.background ? copy.tries < SHUNNED_AFTER : replica.uses > 0;
}

/** The copy waits again. */
function putBack(copy: Copy, worker: WorkerRecord): void {
  copy.isVain = false;
  copy.state = nextTransferState(copy.state, "queued");
  (copy.content.queued ??= new Set()).add(copy);
  worker.inbound.add(copy);
}

function blame(world: World, copy: Copy, worker: WorkerRecord, failure: TransferFailure): void {
  const { content, source } = copy;
  const trouble = { error: failure.error, message: failure.message };
  if (failure.fault === "file" && isFinal(content)) {
    for (const file of [...content.files]) spoil(world, file, trouble);
    return;
  }
  if (isLie(copy, failure)) {
    countAgainst(world, worker, source);
    dropLie(world, copy);
    return;
  }
  if (failure.fault !== "destination") avoid(world, copy, worker, source);
  if (source === "recipe") releaseIngredients(world, copy);
  const isItsFault = failure.fault === "destination" && !(source === "recipe" && SPOILT.has(failure.error));
  if (isItsFault || copy.tries % TRIES === 0) coolDown(world, worker, failure.message);
}

/** No other source can do better: the content has no replica, and is not made by a task. */
function isFinal(content: Content): boolean {
  return content.holders.length === 0 && content.files.every((file) => file.producer === undefined);
}

function avoid(world: World, copy: Copy, worker: WorkerRecord, source: Source | undefined): void {
  if (source === undefined) return;
  const untilMs = world.nowMs + world.options.coolOffMs;
  (copy.avoided ??= new Map()).set(source, untilMs);
  retryAt(world, copy.content, untilMs);
  if (source === "manager" && copy.content.relayed) {
    copy.content.relayed = false;
    for (const file of copy.content.files) world.agenda.recheck.push(file);
  }
  countAgainst(world, worker, source);
}

/** A source that fails several destinations is left alone by all for a while. */
function countAgainst(world: World, worker: WorkerRecord, source: Source | undefined): void {
  if (typeof source !== "object") return;
  source.failedFor.add(worker.id);
  if (source.failedFor.size < SHUNNED_AFTER) return;
  source.failedFor.clear();
  source.shunnedUntilMs = world.nowMs + world.options.coolOffMs;
}

/** It has failed too often: it is unusable, or, where a task can make it again, its replicas do not count any more. */
function giveUp(world: World, content: Content, failure: TransferFailure): void {
  content.failures = 0;
  const { error, message } = failure;
  if (content.files.some((file) => file.producer !== undefined)) {
    world.note("warn", `no copy of ${content.cacheName} arrives anywhere (${message}): it is made again`);
    for (const replica of [...content.holders]) {
      // It would be made where nobody can take it from once more.
      if (failure.fault === "source") rest(world, replica.worker, world.options.coolOffMs);
      discredit(world, replica, message);
    }
  } else {
    for (const file of [...content.files])
      spoil(world, file, { error, message: `it was tried ${FAILURES} times: ${message}` });
  }
}
