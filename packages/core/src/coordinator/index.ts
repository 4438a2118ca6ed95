export { policyNames, registerPolicy } from "../scheduling/policy.js";
export type { Candidate, Placeable, PlacementPolicy, Ranking } from "../scheduling/rank/contract.js";
export { Coordinator, type FileView, type TaskView, type WorkerView } from "./coordinator.js";
export type { AssignedOutput, Effect, TransferSource } from "./effect.js";
export type { Event, TransferFailure } from "./event.js";
export { checkInvariants } from "./invariants.js";
export type { LibraryView } from "./libraries/view.js";
export type { CoordinatorOptions } from "./options.js";
export type { CoordinatorStats, Moved } from "./stats.js";
