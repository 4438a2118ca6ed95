import type { FileId, TaskId } from "../../model/ids.js";
import type { WorkerSpec } from "../../workers/worker.js";
import type { Result } from "./result.js";

/** What `manager.events` tells, for progress displays and logs. Nothing depends on anybody listening. */
export interface ManagerEvents {
  readonly "worker-joined": [worker: WorkerSpec];
  readonly "worker-lost": [worker: WorkerSpec, reason: string];
  readonly "task-started": [task: TaskId, worker: WorkerSpec];
  readonly "task-finished": [result: Result];
  /** Appended to a watched output. */
  readonly watched: [task: TaskId, file: FileId, appended: Uint8Array, offset: number];
  readonly note: [level: "info" | "warn" | "error", message: string];
  readonly closed: [];
}
