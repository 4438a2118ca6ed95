export { type ArchiveOptions, type FileOptions, type LocalFileOptions } from "./api/declare.js";
export { type ManagerEvents } from "./api/events.js";
export { Result } from "./api/result.js";
export { type ManagerStats } from "./api/stats.js";
export { TaskHandle } from "./api/task-handle.js";
export { Task, type Bytes, type Duration, type OutputOptions, type Watcher } from "./api/task.js";
export { VineFile } from "./api/vine-file.js";
export { Manager, type TaskSelection } from "./manager.js";
export { type ManagerOptions } from "./options.js";
