import type { FileId, TaskId } from "../../model/ids.js";
import type { WorkerSpec } from "../../workers/worker.js";
import type { Result } from "./result.js";

/** Where a worker fetches a file from. */
export type CopySource = "manager" | "url" | WorkerSpec;

/** What `manager.events` tells, for progress displays and logs. Nothing depends on anybody listening. */
export interface ManagerEvents {
  readonly "worker-joined": [worker: WorkerSpec];
  readonly "worker-lost": [worker: WorkerSpec, reason: string];
  readonly "task-started": [task: TaskId, worker: WorkerSpec];
  readonly "task-finished": [result: Result];
  /** A worker was told to fetch a file. What is so small that it travels with the message comes "from the manager". */
  readonly "copy-started": [file: FileId, worker: WorkerSpec, from: CopySource];
  /** An instance of this library takes calls at this worker now. */
  readonly "library-ready": [library: string, worker: WorkerSpec];
  /** Appended to a watched output. */
  readonly watched: [task: TaskId, file: FileId, appended: Uint8Array, offset: number];
  /** A line for people. `task`: the one that it names, by the number that its program gave it. */
  readonly note: [level: "info" | "warn" | "error", message: string, task?: TaskId];
  readonly closed: [];
}
