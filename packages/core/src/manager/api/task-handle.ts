import type { TaskId } from "../../model/ids.js";
import { type Deferred, defer } from "../collect/deferred.js";
import type { ResultQueue, Uncollected } from "../collect/result-queue.js";
import type { Result } from "./result.js";

/** What a handle asks of its manager. */
export interface TaskOwner {
  cancelTask(id: TaskId): void;
  explainTask(id: TaskId): string;
  stateOfTask(id: TaskId): string;
}

/** A submitted task. */
export class TaskHandle {
  readonly id: TaskId;
  readonly tag: string;
  readonly category: string;
  readonly #owner: TaskOwner;
  #result: Result | undefined;
  #done: Deferred<Result> | undefined;
  #ended: Deferred<undefined> | undefined;
  #queue: ResultQueue<Result> | undefined;
  #uncollected: Uncollected<Result> | undefined;

  constructor(id: TaskId, labels: { readonly tag: string; readonly category: string }, owner: TaskOwner) {
    this.id = id;
    this.tag = labels.tag;
    this.category = labels.category;
    this.#owner = owner;
  }

  /**
   * The result, when the task has ended; never rejects for a task that failed (`result.check()` throws).
   * Who asks for it collects it here: `wait` and `completed` will not give it out again.
   */
  get done(): Promise<Result> {
    if (this.#result !== undefined) {
      this.#collect();
      return Promise.resolve(this.#result);
    }
    this.#done ??= defer();
    return this.#done.promise;
  }

  /** Resolves when the task has ended; the result is still to be collected. */
  get ended(): Promise<void> {
    if (this.#result !== undefined) return Promise.resolve();
    this.#ended ??= defer();
    return this.#ended.promise;
  }

  /** The result, once there is one. */
  get result(): Result | undefined {
    return this.#result;
  }

  /** waiting, ready, assigned, running, retrieving, done, failed or cancelled. */
  get state(): string {
    return this.#result?.state ?? this.#owner.stateOfTask(this.id);
  }

  /** Ends it in whatever state it is; its result says `cancelled`, unless it had ended before. */
  cancel(): void {
    if (this.#result === undefined) this.#owner.cancelTask(this.id);
  }

  /** Why it is where it is, in one sentence. */
  explain(): string {
    return this.#owner.explainTask(this.id);
  }

  /** Called by the manager, once. Where nobody waits here, the result waits in the queue to be collected. */
  finish(result: Result, queue: ResultQueue<Result>): void {
    this.#result = result;
    this.#done?.resolve(result);
    this.#ended?.resolve(undefined);
    if (this.#done !== undefined) return;
    this.#queue = queue;
    this.#uncollected = queue.push(result, this.tag);
  }

  #collect(): void {
    if (this.#uncollected === undefined) return;
    this.#queue?.withdraw(this.#uncollected);
    this.#uncollected = undefined;
  }
}
