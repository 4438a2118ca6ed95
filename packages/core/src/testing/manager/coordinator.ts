import type { Effect } from "../../coordinator/effect.js";
import type { Event } from "../../coordinator/event.js";
import type { FileIdentity } from "../../files/file.js";
import type { FileId, TaskId } from "../../model/ids.js";

/** What the simulator needs of a coordinator. */
export interface CoordinatorUnderTest {
  step(events: readonly Event[], nowMs: number): Effect[];
  readonly nextDeadlineMs: number | undefined;
  explain(task: TaskId): string;
  identity(file: FileId): FileIdentity | undefined;
}
