import type { Event } from "../../../coordinator/event.js";
import type { WorkerId } from "../../../model/ids.js";
import { never } from "../../../model/never.js";
import type { Introduce, Watched, WorkerMessage } from "../../../protocol/index.js";

/** What a worker said, as the coordinator hears it. */
export function toEvent(worker: WorkerId, message: Exclude<WorkerMessage, Introduce | Watched>): Event {
  switch (message.type) {
    case "started":
      return { type: "task-started", worker, task: message.task, attempt: message.attempt };
    case "ended":
      return {
        type: "task-ended",
        worker,
        task: message.task,
        attempt: message.attempt,
        outcome: message.outcome,
      };
    case "returned":
      return { ...message, type: "task-returned", worker };
    case "replica-ready":
    case "replica-gone":
    case "transfer-failed":
    case "library-ready":
      return { ...message, worker };
    case "leaving":
      return { type: "worker-draining", worker };
    default:
      return never(message);
  }
}
