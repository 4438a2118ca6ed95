import { type Coordinator, worldOf } from "./coordinator.js";
import { checkFiles } from "./invariants/files.js";
import { checkLibraries } from "./invariants/libraries.js";
import { checkPlacement } from "./invariants/placement.js";
import { checkTasks } from "./invariants/tasks.js";
import { checkTransfers } from "./invariants/transfers.js";
import { checkWorkers } from "./invariants/workers.js";

/** Throws, with what does not agree with what, when the coordinator's tables contradict each other. For tests: it looks at everything. */
export function checkInvariants(coordinator: Coordinator): void {
  const world = worldOf(coordinator);
  checkTasks(world);
  checkFiles(world);
  checkWorkers(world);
  checkTransfers(world);
  checkPlacement(world);
  checkLibraries(world);
}
