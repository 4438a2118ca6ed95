import type { Moved } from "../../coordinator/stats.js";
import type { TaskStateName } from "../../tasks/task-state.js";
import type { LibraryStatus } from "./functions/library-handle.js";

/** Numbers about a manager, from its start to now. */
export interface ManagerStats {
  /** Tasks by state; a task that runs again to restore a file is not counted again. */
  readonly tasks: Readonly<Record<TaskStateName, number>>;
  readonly workers: number;
  /** In order of declaration, those that were removed and have ended left out. */
  readonly libraries: readonly (LibraryStatus & { readonly name: string })[];
  /** Copies to workers by where they came from, and their bytes. */
  readonly fromManager: Readonly<Moved>;
  readonly fromUrl: Readonly<Moved>;
  readonly fromPeers: Readonly<Moved>;
  /** Unpacked, or made by a mini-task. */
  readonly made: Readonly<Moved>;
  /** Files brought to the manager. */
  readonly retrieved: Readonly<Moved>;
  /** Inputs that were at the worker already when a task was sent there. */
  readonly cacheHits: number;
  readonly attempts: number;
  readonly retries: number;
  /** Tasks that ran again to restore a file. */
  readonly recoveries: number;
  /** Tasks that did not have to run, since their outputs were in the cluster. */
  readonly reused: number;
  readonly transferFailures: number;
  readonly workersLost: number;
  /** Bytes that the manager's data server has sent, whole copies or not. */
  readonly bytesServed: number;
}
