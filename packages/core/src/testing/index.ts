// For tests of plug-ins and of the other packages: dull specs, time and luck that can be told, and a whole cluster in virtual time.
export { aFile, anAllocation, anInput, anOutcome, anOutput, aTask, aWorker } from "./builders.js";
export { FakeClock, type Alarm } from "./fake-clock.js";
export { Random } from "./random.js";
export { EffectRecorder, hasPart, type Part } from "./recorder.js";
export { NO_FAULTS, type Fault, type FaultPlan, type FaultType } from "./faults/plan.js";
export { type CoordinatorUnderTest } from "./manager/coordinator.js";
export { Counts } from "./simulator/counts.js";
export { SimulationFailure } from "./simulator/failure.js";
export { type SimulatorOptions } from "./simulator/options.js";
export { Simulator, type SimulationReport } from "./simulator/simulator.js";
export { NO_WHIMS, type Whims } from "./workload/application.js";
export { WorkloadBuilder, type TaskDifference } from "./workload/builder.js";
export { generateWorkload, type WorkloadWishes } from "./workload/generate.js";
export { type PlannedFile, type PlannedTask, type Workload } from "./workload/workload.js";
export { type Behaviour } from "./world/order.js";
export { type WorkerPlan } from "./world/worker.js";
