import type { EventEmitter } from "node:events";
import type { LibrarySpec } from "../libraries/library.js";
import type { FileId, TaskId } from "../model/ids.js";
import type { Ended, Watched } from "../protocol/index.js";
import type { WorkerSpec } from "../workers/worker.js";
import type { CopySource, ManagerEvents } from "./api/events.js";
import type { Result } from "./api/result.js";
import type { BodyListener } from "./body/body.js";
import type { House } from "./body/house.js";
import type { LogLevel } from "./run/event-log.js";

export interface AnnouncerParts {
  readonly events: EventEmitter<ManagerEvents>;
  /** Undefined: it is still being opened. */
  house(): House | undefined;
  onFault(cause: unknown): void;
}

/** Tells what happens in a manager: to its log, and to those who listen to its events. */
export class Announcer implements BodyListener {
  readonly #parts: AnnouncerParts;

  constructor(parts: AnnouncerParts) {
    this.#parts = parts;
  }

  onWorkerJoined(worker: WorkerSpec): void {
    const { id, name, host, resources } = worker;
    this.#log("info", "worker-joined", { worker: id, name, host, resources });
    this.#parts.events.emit("worker-joined", worker);
  }

  onWorkerLost(worker: WorkerSpec, reason: string): void {
    this.#log("info", "worker-lost", { worker: worker.id, name: worker.name, reason });
    this.#parts.events.emit("worker-lost", worker, reason);
  }

  onTaskStarted(task: TaskId, worker: WorkerSpec): void {
    this.#parts.events.emit("task-started", task, worker);
  }

  onTaskFinished(result: Result): void {
    // Of calls there may be millions: the log tells of those that failed.
    if (!result.isCall || result.state === "failed") {
      const { id: task, code, exitCode, worker } = result;
      this.#log("info", "task-finished", { task, code, exitCode, worker: worker?.name });
    }
    this.#parts.events.emit("task-finished", result);
  }

  onCopyStarted(file: FileId, worker: WorkerSpec, from: CopySource): void {
    this.#parts.events.emit("copy-started", file, worker, from);
  }

  onInstance({ name }: LibrarySpec, worker: WorkerSpec, news: "ready" | Ended): void {
    const facts = { library: name, worker: worker.name };
    if (news === "ready") {
      this.#log("info", "library-ready", facts);
      this.#parts.events.emit("library-ready", name, worker);
      return;
    }
    const { code, exitCode, signal, message } = news.outcome;
    this.#log("info", "library-ended", { ...facts, code, exitCode, signal, message });
  }

  /** Bytes of a watched output go to who watches it, or to its path. */
  onWatched({ task, file, data, offset }: Watched): void {
    const body = this.#parts.house()?.body;
    const entry = body?.files.get(file);
    const mount = body?.tasks.spec(task)?.outputs.find((output) => output.file === file);
    if (body === undefined || entry === undefined || mount?.watch !== true) return;
    const watcher = body.tasks.get(task)?.outputs.find((output) => output.file.id === file)?.watcher;
    if (watcher === undefined) body.writeWatched(entry, offset, data);
    else watcher(data, offset);
    this.#parts.events.emit("watched", task, file, data, offset);
  }

  onNote(level: LogLevel, message: string, task?: TaskId): void {
    this.#log(level, "note", { message, task });
    this.#parts.events.emit("note", level, message, task);
  }

  onFault(cause: unknown): void {
    this.#parts.onFault(cause);
  }

  #log(level: LogLevel, event: string, facts: Readonly<Record<string, unknown>>): void {
    this.#parts.house()?.log.write(level, event, facts);
  }
}
