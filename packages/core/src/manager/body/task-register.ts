import { type FileId, type TaskId, taskId } from "../../model/ids.js";
import type { TaskSpec } from "../../tasks/task.js";
import type { DraftOutput } from "../api/task.js";
import type { TaskHandle } from "../api/task-handle.js";

/** A task that has not ended. */
export interface TaskEntry {
  readonly spec: TaskSpec;
  readonly handle: TaskHandle;
  readonly outputs: readonly DraftOutput[];
}

/** Tasks that have not ended, by id; how many of each tag; and who makes which file. */
export class TaskRegister {
  readonly #entries = new Map<TaskId, TaskEntry>();
  readonly #tags = new Map<string, number>();
  readonly #producers = new Map<FileId, TaskId>();
  #last = 0;

  get size(): number {
    return this.#entries.size;
  }

  /** An id that no other task of this manager has had or will have. */
  takeId(): TaskId {
    this.#last += 1;
    return taskId(this.#last);
  }

  add(entry: TaskEntry): void {
    this.#entries.set(entry.spec.id, entry);
    const { tag } = entry.spec;
    if (tag !== "") this.#tags.set(tag, this.withTag(tag) + 1);
    for (const { file } of entry.spec.outputs) this.#producers.set(file, entry.spec.id);
  }

  get(id: TaskId): TaskEntry | undefined {
    return this.#entries.get(id);
  }

  /** The task that is to make this file and has not ended. */
  producerOf(file: FileId): TaskEntry | undefined {
    const id = this.#producers.get(file);
    return id === undefined ? undefined : this.#entries.get(id);
  }

  withTag(tag: string): number {
    return this.#tags.get(tag) ?? 0;
  }

  all(): IterableIterator<TaskEntry> {
    return this.#entries.values();
  }

  remove(id: TaskId): TaskEntry | undefined {
    const entry = this.#entries.get(id);
    if (entry === undefined) return undefined;
    this.#entries.delete(id);
    this.#countDown(entry.spec.tag);
    for (const { file } of entry.spec.outputs) this.#producers.delete(file);
    return entry;
  }

  #countDown(tag: string): void {
    const count = this.withTag(tag) - 1;
    if (count > 0) this.#tags.set(tag, count);
    else this.#tags.delete(tag);
  }
}
