import { never } from "@taskvine/core/model";
import type { WorkerEffect, WorkerEvent } from "./event.js";
import { dispatchCalls } from "./libraries/dispatch.js";
import type { LibraryEvent } from "./libraries/library-event.js";
import * as call from "./libraries/on-call.js";
import * as connection from "./libraries/on-connection.js";
import { onCallsDue } from "./libraries/on-due.js";
import * as instance from "./libraries/on-instance.js";
import * as cache from "./on-cache.js";
import * as manager from "./on-manager.js";
import * as task from "./on-task.js";
import * as transfer from "./on-transfer.js";
import { returnForgotten, startTasks } from "./start-tasks.js";
import type { Turn, World } from "./world.js";

/**
 * One turn of the worker: takes in everything that happened, then starts what can start.
 * `nowMs` is a monotonic clock. Effects are to be performed in order.
 */
export function step(world: World, events: readonly WorkerEvent[], nowMs: number): WorkerEffect[] {
  const turn: Turn = { world, nowMs, effects: [] };
  for (const event of events) apply(turn, event);
  transfer.startTransfers(turn);
  startTasks(turn);
  dispatchCalls(turn);
  return turn.effects;
}

type EventOf<T extends WorkerEvent["type"]> = Extract<WorkerEvent, { type: T }>;
type ManagerEvent = EventOf<"leave" | "manager-lost" | "manager-changed" | "tick">;
type CacheEvent = EventOf<"drop-asked" | "hold-taken" | "hold-released" | "entry-damaged" | "entry-stored">;

function apply(turn: Turn, event: WorkerEvent): void {
  switch (event.type) {
    case "task-assigned":
      return task.onTaskAssigned(turn, event.assignment);
    case "task-retracted":
      return task.onTaskRetracted(turn, event.key);
    case "task-killed":
      return task.onTaskKilled(turn, event.key);
    case "task-ended":
      return task.onTaskEnded(turn, event.key, event.outputs, event.loosened);
    case "task-spoiled":
      return task.onTaskSpoiled(turn, event.key, event.damaged, event.message);
    case "task-unstarted":
      return task.onTaskUnstarted(turn, event.key, event.message);
    case "transfer-asked":
      return transfer.onTransferAsked(turn, event.order);
    case "transfer-arrived":
      return transfer.onTransferArrived(turn, event.transfer, event.stored);
    case "transfer-failed":
      return transfer.onTransferFailed(turn, event.transfer, event.fault);
    default:
      return applyRest(turn, event);
  }
}

function applyRest(turn: Turn, event: ManagerEvent | CacheEvent | LibraryEvent): void {
  switch (event.type) {
    case "leave":
      return manager.onLeave(turn, event.kill, event.message);
    case "manager-lost":
      return manager.onManagerLost(turn, event.policy);
    case "manager-changed":
      return manager.onManagerChanged(turn);
    case "tick":
      return returnForgotten(turn);
    default:
      return applyToCache(turn, event);
  }
}

function applyToLibraries(turn: Turn, event: LibraryEvent): void {
  switch (event.type) {
    case "library-started":
      return instance.onLibraryStarted(turn, event.key);
    case "library-exited":
      return instance.onLibraryExited(turn, event.key, event.exit);
    case "connection-opened":
      return connection.onConnectionOpened(turn, event.key, event.facts);
    case "connection-ending":
      return connection.onConnectionEnding(turn, event.connection);
    case "connection-closed":
      return connection.onConnectionClosed(turn, event.connection);
    case "calls-due":
      return onCallsDue(turn);
    default:
      return applyToCalls(turn, event);
  }
}

function applyToCalls(turn: Turn, event: Extract<LibraryEvent, { type: `call${string}` }>): void {
  switch (event.type) {
    case "call-asked":
      return call.onCallAsked(turn, event.order);
    case "call-retracted":
      return call.onCallRetracted(turn, event.task, event.attempt);
    case "call-killed":
      return call.onCallKilled(turn, event.task, event.attempt);
    case "call-staged":
      return call.onCallStaged(turn, event.call);
    case "call-unstaged":
      return call.onCallUnstaged(turn, event.call, event.message);
    case "calls-begun":
      return call.onCallsBegun(turn, event.connection, event.ids);
    case "calls-answered":
      return call.onCallsAnswered(turn, event.connection, event.answers);
    case "call-collected":
      return call.onCallCollected(turn, event.call, event.stored, event.loosened);
    case "call-spoiled":
      return call.onCallSpoiled(turn, event.call);
    case "calls-due":
      return;
    default:
      return never(event);
  }
}

function applyToCache(turn: Turn, event: CacheEvent | LibraryEvent): void {
  switch (event.type) {
    case "drop-asked":
      return cache.onDropAsked(turn, event.cacheName);
    case "hold-taken":
      return cache.onHoldTaken(turn, event.cacheName);
    case "hold-released":
      return cache.release(turn, event.cacheName);
    case "entry-damaged":
      return task.onEntryDamaged(turn, event.cacheName, event.reason);
    case "entry-stored":
      return cache.storeEntry(turn, event.stored);
    default:
      return applyToLibraries(turn, event);
  }
}
