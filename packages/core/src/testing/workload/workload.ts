import type { FileSpec } from "../../files/file.js";
import type { FileId, LibraryId, TaskId } from "../../model/ids.js";
import type { TaskSpec } from "../../tasks/task.js";
import type { Behaviour, PlannedLibrary } from "../world/order.js";

export interface PlannedFile {
  readonly spec: FileSpec;
  /** Bytes, for what no task makes. */
  readonly size: number;
  /** The path does not exist, the URL is gone, the recipe does not work: whoever needs it must fail. */
  readonly unusable: boolean;
}

export interface PlannedTask {
  readonly spec: TaskSpec;
  readonly behaviour: Behaviour;
}

/** What an application asks for, and how the things that it asks for behave. */
export interface Workload {
  readonly files: ReadonlyMap<FileId, PlannedFile>;
  readonly tasks: ReadonlyMap<TaskId, PlannedTask>;
  readonly libraries: ReadonlyMap<LibraryId, PlannedLibrary>;
  /** What is submitted at once, and how long after the one before. */
  readonly batches: readonly { readonly afterMs: number; readonly tasks: readonly TaskId[] }[];
}
