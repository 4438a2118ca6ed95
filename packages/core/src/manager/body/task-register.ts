import { type FileId, type TaskId, taskId } from "../../model/ids.js";
import type { TaskResult } from "../../tasks/result.js";
import type { TaskSpec } from "../../tasks/task.js";
import type { DraftOutput } from "../api/draft.js";
import type { TaskHandle } from "../api/task-handle.js";
import type { VineFile } from "../api/vine-file.js";
import { type Deferred, defer } from "../collect/deferred.js";
import type { StreamFiles } from "../content/arrivals/streams.js";

/** A task of the application that has not ended. */
export interface TaskEntry {
  readonly spec: TaskSpec;
  readonly handle: TaskHandle;
  readonly outputs: readonly DraftOutput[];
  /** Of a call: the file of what it returns, where it has one. */
  readonly value: VineFile | undefined;
}

/** Who is told of tasks that it submitted as specs: nothing is made for each but the entry here. */
export interface TaskSink {
  /** Last call for this task. `files`: texts that were too long to travel, where they are now. */
  onFinished(number: number, spec: TaskSpec, record: TaskResult, files: StreamFiles): void;
  onStarted(number: number): void;
}

/** A task of a tenant that has not ended. */
export interface TenantEntry {
  readonly spec: TaskSpec;
  readonly sink: TaskSink;
  /** What the tenant calls it. */
  readonly number: number;
}

/** Tasks that have not ended, by id; how many of each tag; and who makes which file. */
export class TaskRegister {
  readonly #entries = new Map<TaskId, TaskEntry>();
  readonly #tenants = new Map<TaskId, TenantEntry>();
  readonly #tags = new Map<string, number>();
  readonly #producers = new Map<FileId, TaskId>();
  /** Tenants' tasks whose end somebody waits for. */
  readonly #ends = new Map<TaskId, Deferred<undefined>>();
  #last = 0;

  /** Tasks of the application. */
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
    this.#noteOutputs(entry.spec);
  }

  addOfTenant(entry: TenantEntry): void {
    this.#tenants.set(entry.spec.id, entry);
    this.#noteOutputs(entry.spec);
  }

  get(id: TaskId): TaskEntry | undefined {
    return this.#entries.get(id);
  }

  ofTenant(id: TaskId): TenantEntry | undefined {
    return this.#tenants.get(id);
  }

  spec(id: TaskId): TaskSpec | undefined {
    return (this.#entries.get(id) ?? this.#tenants.get(id))?.spec;
  }

  /** Resolves when the task that makes this file has ended; undefined: there is none. */
  endOfProducer(file: FileId): Promise<void> | undefined {
    const id = this.#producers.get(file);
    if (id === undefined) return undefined;
    if (!this.#tenants.has(id)) return this.#entries.get(id)?.handle.ended;
    const end = this.#ends.get(id) ?? defer<undefined>();
    this.#ends.set(id, end);
    return end.promise;
  }

  /** The application's tasks with this tag. */
  withTag(tag: string): number {
    return this.#tags.get(tag) ?? 0;
  }

  /** Tasks of the application. */
  all(): IterableIterator<TaskEntry> {
    return this.#entries.values();
  }

  allOfTenants(): IterableIterator<TenantEntry> {
    return this.#tenants.values();
  }

  remove(id: TaskId): TaskEntry | undefined {
    const entry = this.#entries.get(id);
    if (entry === undefined) return undefined;
    this.#entries.delete(id);
    this.#countDown(entry.spec.tag);
    this.#forgetOutputs(entry.spec);
    return entry;
  }

  removeOfTenant(id: TaskId): TenantEntry | undefined {
    const entry = this.#tenants.get(id);
    if (entry === undefined) return undefined;
    this.#tenants.delete(id);
    this.#forgetOutputs(entry.spec);
    if (this.#ends.size > 0) this.#tellEnd(id);
    return entry;
  }

  #noteOutputs({ id, outputs }: TaskSpec): void {
    for (const { file } of outputs) this.#producers.set(file, id);
  }

  #forgetOutputs({ outputs }: TaskSpec): void {
    for (const { file } of outputs) this.#producers.delete(file);
  }

  #tellEnd(id: TaskId): void {
    this.#ends.get(id)?.resolve(undefined);
    this.#ends.delete(id);
  }

  #countDown(tag: string): void {
    const count = this.withTag(tag) - 1;
    if (count > 0) this.#tags.set(tag, count);
    else this.#tags.delete(tag);
  }
}
