import type { LibraryId } from "../../model/ids.js";
import type { LibraryRecord } from "../records.js";

/** A library as it stands. */
export interface LibraryView {
  readonly id: LibraryId;
  readonly name: string;
  /** Instances at workers, or on their way there. */
  readonly instances: number;
  /** Of them, those that take calls, and how many these run at a time. */
  readonly ready: number;
  readonly slots: number;
  /** Calls that run, or wait at an instance. */
  readonly busy: number;
  /** Calls that are ready and were not dealt yet. */
  readonly waiting: number;
  /** Starts that came to nothing, in all. */
  readonly failedStarts: number;
}

export function viewOfLibrary(library: LibraryRecord): LibraryView {
  const { id, spec, coming, ready, slots, counts, failures } = library;
  return {
    id,
    name: spec.name,
    instances: ready + coming,
    ready,
    slots,
    busy: counts.assigned + counts.running,
    waiting: counts.ready,
    failedStarts: failures.count,
  };
}
