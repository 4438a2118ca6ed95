import type { LibraryId } from "../model/ids.js";
import type { ResourceRequest } from "../model/resources.js";
import type { TaskCommand } from "../tasks/task.js";

/** Workers, by name or by host, of which it is to be one. */
export interface Places {
  readonly workers: readonly string[];
  /** Others do, too, while none of these is connected. */
  readonly elsewhere: boolean;
}

/**
 * A long-lived process that answers function calls (docs/LIBRARY-PROTOCOL.md). Its instances are deployed to workers when
 * calls need them, and run like tasks: in a sandbox, with inputs, environment and an allocation. Never changes.
 */
export interface LibrarySpec extends TaskCommand {
  readonly id: LibraryId;
  /** What calls and people call it. */
  readonly name: string;
  /** Of one instance. What is left out gets its proportional share of the worker. */
  readonly resources: ResourceRequest;
  /** False: one that needs more memory than that ends its calls with it. Absent, true: they run again in one that gets more. */
  readonly grows?: boolean;
  /** Labels that a worker must offer. */
  readonly features: readonly string[];
  /** Absent: any worker that suits. */
  readonly places?: Places;
  /** Of the placement of its instances. Absent: that of the manager. */
  readonly policy?: string;
  /** Calls that one instance runs at the same time. */
  readonly slots: number;
  /** What can be called. Empty: whatever the library says when it has started. */
  readonly functions: readonly string[];
  /** Instances that may exist at once; absent: as many as the calls can use. */
  readonly maxInstances?: number;
  /** Starts that may fail in a row, anywhere, before its calls fail. */
  readonly startTries: number;
  /** Longest time from the start of the process until it is ready, milliseconds. */
  readonly startWithinMs: number;
}
