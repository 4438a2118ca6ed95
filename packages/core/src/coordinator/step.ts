import { never } from "../model/never.js";
import type { Event } from "./event.js";
import { onDeclared, onNamed, onSourceChanged, onUndeclared, onUnusable } from "./files/declare.js";
import { prune } from "./files/retention.js";
import { onWanted } from "./files/wants.js";
import { onLibraryDeclared, onLibraryRemoved } from "./libraries/declare.js";
import { onLibraryReady } from "./libraries/ready.js";
import { onEnded, onReturned, onStarted } from "./tasks/attempt.js";
import { onCancelled } from "./tasks/cancel.js";
import { onSubmitted } from "./tasks/submit.js";
import { onReplicaReady } from "./transfers/arrived.js";
import { onTransferFailed } from "./transfers/failed.js";
import { onRetrievalFailed, onRetrieved } from "./transfers/home.js";
import { onValueLost, onValueRetrieved } from "./transfers/value.js";
import { onJoined } from "./workers/join.js";
import { onDraining, onLost, onReplicaGone } from "./workers/leave.js";
import type { World } from "./world.js";

/** What an event changes by itself; consequences are left on the agenda. */
export function apply(world: World, event: Event): void {
  switch (event.type) {
    case "file-declared":
    case "file-named":
    case "file-unusable":
    case "file-wanted":
    case "file-pruned":
    case "file-undeclared":
    case "source-changed":
      return applyToFile(world, event);
    case "tasks-submitted":
      return onSubmitted(world, event.tasks);
    case "task-cancelled":
      return onCancelled(world, event.task);
    case "task-started":
      return onStarted(world, event);
    case "task-ended":
      return onEnded(world, event);
    case "task-returned":
      return onReturned(world, event);
    case "worker-joined":
      return onJoined(world, event);
    case "worker-lost":
      return onLost(world, event.worker, event.reason);
    case "worker-draining":
      return onDraining(world, event.worker);
    case "replica-ready":
    case "replica-gone":
    case "transfer-failed":
    case "retrieved":
    case "retrieval-failed":
      return applyToReplicas(world, event);
    case "value-retrieved":
      return onValueRetrieved(world, event);
    case "value-lost":
      return onValueLost(world, event);
    case "library-declared":
      return onLibraryDeclared(world, event.library);
    case "library-removed":
      return onLibraryRemoved(world, event.library);
    case "library-ready":
      return onLibraryReady(world, event);
    case "tick":
      return;
    default:
      return never(event);
  }
}

type FileEvent = Extract<Event, { type: `file-${string}` } | { type: "source-changed" }>;

function applyToFile(world: World, event: FileEvent): void {
  switch (event.type) {
    case "file-declared":
      return onDeclared(world, event.file);
    case "file-named":
      return onNamed(world, event.file, event.identity);
    case "file-unusable":
      return onUnusable(world, event.file, { error: event.error, message: event.message });
    case "file-wanted":
      return onWanted(world, event.file);
    case "file-undeclared":
      return onUndeclared(world, event.file);
    case "source-changed":
      return onSourceChanged(world, event.file, { error: event.error, message: event.message });
    case "file-pruned": {
      const file = world.files.get(event.file);
      if (file === undefined) world.stats.ignored += 1;
      else prune(world, file);
    }
  }
}

type ReplicaEvent = Extract<
  Event,
  { type: "replica-ready" | "replica-gone" | "transfer-failed" | "retrieved" | "retrieval-failed" }
>;

function applyToReplicas(world: World, event: ReplicaEvent): void {
  switch (event.type) {
    case "replica-ready":
      return onReplicaReady(world, event);
    case "replica-gone":
      return onReplicaGone(world, event.worker, event.cacheName);
    case "transfer-failed":
      return onTransferFailed(world, event);
    case "retrieved":
      return onRetrieved(world, event);
    case "retrieval-failed":
      return onRetrievalFailed(world, event);
  }
}
