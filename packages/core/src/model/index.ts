export { ARCHIVE_FORMATS, type ArchiveFormat, type FileKind, type Lifetime } from "../files/file.js";
export {
  type AttemptOutcome,
  type CallFailure,
  type CallOutcome,
  type OutputReport,
  RESULT_CODES,
  type ResultCode,
  type StreamOutcome,
} from "../tasks/result.js";
export { type Encoding, type InputUse, type OutputCondition } from "../tasks/task.js";
export { type HeldReplica } from "../workers/worker.js";
export { ERRORS, type ErrorCode, VineError } from "./errors.js";
export {
  type Attempt,
  attempt,
  type CacheName,
  cacheName,
  type FileId,
  fileId,
  type TaskId,
  type TransferId,
  taskId,
  transferId,
  type WorkerId,
  workerId,
} from "./ids.js";
export { jsonLine } from "./json-line.js";
export { LIMITS } from "./limits.js";
export { never } from "./never.js";
export {
  type Allocation,
  type Measured,
  NO_RESOURCES,
  type ResourceRequest,
  type Resources,
} from "./resources.js";
export { parseBytes, parseDuration, printBytes, printDuration } from "./units.js";
