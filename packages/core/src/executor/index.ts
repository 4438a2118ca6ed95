// For those who write executors (docs/WRITING-AN-EXECUTOR.md), and for programs that use one in their own process.

export { type ArchiveOptions, type FileOptions, type LocalFileOptions } from "../manager/api/declare.js";
export { type ArgumentsOptions, encodeArguments } from "../manager/api/functions/arguments.js";
export { FunctionCall } from "../manager/api/functions/function-call.js";
export { javascriptLibrary, pythonLibrary } from "../manager/api/functions/hosts.js";
export { Library } from "../manager/api/functions/library.js";
export { LibraryHandle } from "../manager/api/functions/library-handle.js";
export { decodeValue } from "../manager/api/functions/value.js";
export { Result } from "../manager/api/result.js";
export { Task } from "../manager/api/task.js";
export { VineFile } from "../manager/api/vine-file.js";
export { type Manager } from "../manager/manager.js";
export { ERRORS, type ErrorCode, VineError } from "../model/errors.js";
export { Allocator } from "../scheduling/allocation/allocator.js";
export { ALLOCATION_MODES, type AllocationMode } from "../scheduling/allocation/mode.js";
export {
  EXECUTOR_API,
  type Executor,
  type ExecutorMessage,
  type ExecutorPlugin,
  type ExecutorRequest,
} from "./executor.js";
export {
  type CallBatch,
  type CallEnd,
  type CallRun,
  type ExecutorHost,
  type LinkedCall,
  type LinkedEnd,
  type LinkedInput,
} from "./host.js";
export { loadExecutor, startExecutor } from "./load.js";
export { type RequestOptions, RunningExecutor } from "./running-executor.js";
