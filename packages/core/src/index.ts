// For users: the manager, its tasks and its files.

export { ARCHIVE_FORMATS, type ArchiveFormat, type FileOrigin, type Lifetime } from "./files/file.js";
export {
  type ArchiveOptions,
  type Bytes,
  type CallValue,
  type CopySource,
  type Duration,
  type FileOptions,
  FunctionCall,
  type JavaScriptLibraryOptions,
  javascriptLibrary,
  Library,
  LibraryHandle,
  type LibraryStatus,
  type LocalFileOptions,
  Manager,
  type ManagerEvents,
  type ManagerOptions,
  type ManagerStats,
  type OutputOptions,
  type PythonLibraryOptions,
  pythonLibrary,
  RemoteError,
  Result,
  Task,
  TaskHandle,
  type TaskSelection,
  VineFile,
  type Watcher,
} from "./manager/index.js";
// What their results and errors are made of.
export { ERRORS, type ErrorCode, VineError } from "./model/errors.js";
export { type FileId, type LibraryId, type TaskId, type WorkerId } from "./model/ids.js";
export { LIMITS } from "./model/limits.js";
export { type Allocation, type Measured, type ResourceRequest, type Resources } from "./model/resources.js";
export { type AttemptRecord, type FinalState, RESULT_CODES, type ResultCode } from "./tasks/result.js";
export { type OutputCondition } from "./tasks/task.js";
export { type WorkerSpec } from "./workers/worker.js";
