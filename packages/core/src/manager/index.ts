export { type ArchiveOptions, type FileOptions, type LocalFileOptions } from "./api/declare.js";
export { type CopySource, type ManagerEvents } from "./api/events.js";
export { Result } from "./api/result.js";
export { type ManagerStats } from "./api/stats.js";
export { type Bytes, type Duration, type OutputOptions, Task, type Watcher } from "./api/task.js";
export { TaskHandle } from "./api/task-handle.js";
export { VineFile } from "./api/vine-file.js";
export { Manager, type TaskSelection } from "./manager.js";
export { type ManagerOptions } from "./options.js";
