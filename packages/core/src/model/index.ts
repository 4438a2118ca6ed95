export { ERRORS, VineError, type ErrorCode } from "./errors.js";
export {
  attempt,
  cacheName,
  fileId,
  taskId,
  transferId,
  workerId,
  type Attempt,
  type CacheName,
  type FileId,
  type TaskId,
  type TransferId,
  type WorkerId,
} from "./ids.js";
export { jsonLine } from "./json-line.js";
export { LIMITS } from "./limits.js";
export { never } from "./never.js";
export { NO_RESOURCES, type Allocation, type Measured, type ResourceRequest, type Resources } from "./resources.js";
export { ARCHIVE_FORMATS, type ArchiveFormat, type FileKind, type Lifetime } from "../files/file.js";
export { RESULT_CODES, type AttemptOutcome, type OutputReport, type ResultCode, type StreamOutcome } from "../tasks/result.js";
export { type OutputCondition } from "../tasks/task.js";
export { parseBytes, parseDuration, printBytes, printDuration } from "./units.js";
export { type HeldReplica } from "../workers/worker.js";
