export { type ArchiveOptions, type FileOptions, type LocalFileOptions } from "./api/declare.js";
export { type Bytes, type Duration, type OutputOptions, type Watcher } from "./api/draft.js";
export { type CopySource, type ManagerEvents } from "./api/events.js";
export { type CallValue } from "./api/functions/call-value.js";
export { FunctionCall } from "./api/functions/function-call.js";
export {
  type JavaScriptLibraryOptions,
  javascriptLibrary,
  type PythonLibraryOptions,
  pythonLibrary,
} from "./api/functions/hosts.js";
export { Library } from "./api/functions/library.js";
export { LibraryHandle, type LibraryStatus } from "./api/functions/library-handle.js";
export { RemoteError } from "./api/functions/value.js";
export { Result } from "./api/result.js";
export { type ManagerStats } from "./api/stats.js";
export { Task } from "./api/task.js";
export { TaskHandle } from "./api/task-handle.js";
export { VineFile } from "./api/vine-file.js";
export { Manager, type TaskSelection } from "./manager.js";
export { type ManagerOptions } from "./options.js";
