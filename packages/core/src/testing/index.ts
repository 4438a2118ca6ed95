// For tests of plug-ins and of the other packages: dull specs, time and luck that can be told, and a whole cluster in virtual time.

export { type Faults, type FaultyHttp, startFaultyHttp } from "../data/testing/faulty-http.js";
export { type HostileEntry, tarOf } from "../data/testing/hostile-tar.js";
export {
  aCall,
  aFile,
  aLibrary,
  anAllocation,
  anInput,
  anOutcome,
  anOutput,
  aTask,
  aWorker,
} from "./builders.js";
export { type ExecutorConformance, executorConformance, type TestCluster } from "./conformance/executor.js";
export { type Alarm, FakeClock } from "./fake-clock.js";
export { type Fault, type FaultPlan, type FaultType, NO_FAULTS } from "./faults/plan.js";
export { type CoordinatorUnderTest } from "./manager/coordinator.js";
export { Random } from "./random.js";
export { EffectRecorder, hasPart, type Part } from "./recorder.js";
export { Counts } from "./simulator/counts.js";
export { SimulationFailure } from "./simulator/failure.js";
export { type SimulatorOptions } from "./simulator/options.js";
export { type SimulationReport, Simulator } from "./simulator/simulator.js";
export { NO_WHIMS, type Whims } from "./workload/application.js";
export { type TaskDifference, WorkloadBuilder } from "./workload/builder.js";
export { generateWorkload, type WorkloadWishes } from "./workload/generate.js";
export { type PlannedFile, type PlannedTask, type Workload } from "./workload/workload.js";
export { type Copy } from "./world/disk.js";
export { type Behaviour } from "./world/order.js";
export { type WorkerPlan } from "./world/worker.js";
