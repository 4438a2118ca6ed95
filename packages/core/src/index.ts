// For users: the manager, its tasks and its files.
export {
  Manager,
  Result,
  Task,
  TaskHandle,
  VineFile,
  type ArchiveOptions,
  type Bytes,
  type CopySource,
  type Duration,
  type FileOptions,
  type LocalFileOptions,
  type ManagerEvents,
  type ManagerOptions,
  type ManagerStats,
  type OutputOptions,
  type TaskSelection,
  type Watcher,
} from "./manager/index.js";

// What their results and errors are made of.
export { ERRORS, VineError, type ErrorCode } from "./model/errors.js";
export { type FileId, type TaskId, type WorkerId } from "./model/ids.js";
export { LIMITS } from "./model/limits.js";
export { type Allocation, type Measured, type ResourceRequest, type Resources } from "./model/resources.js";
export { ARCHIVE_FORMATS, type ArchiveFormat, type FileOrigin, type Lifetime } from "./files/file.js";
export { RESULT_CODES, type AttemptRecord, type FinalState, type ResultCode } from "./tasks/result.js";
export { type OutputCondition } from "./tasks/task.js";
export { type WorkerSpec } from "./workers/worker.js";
