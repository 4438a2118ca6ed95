import type { TransferSource } from "../../coordinator/effect.js";
import type { Event } from "../../coordinator/event.js";
import type { Attempt, CacheName, FileId, TaskId, TransferId, WorkerId } from "../../model/ids.js";
import type { Allocation } from "../../model/resources.js";
import type { TaskResult } from "../../tasks/result.js";
import type { WorkerSpec } from "../../workers/worker.js";

export interface AttemptAccount {
  readonly task: TaskId;
  readonly attempt: Attempt;
  readonly allocation: Allocation;
  started: boolean;
  /** Asked back; the answer is not here yet. */
  retracting: boolean;
}

export interface TransferAccount {
  readonly id: TransferId;
  readonly kind: "fetch" | "make" | "retrieve";
  readonly file: FileId;
  readonly cacheName: CacheName;
  /** The worker that receives or makes it; undefined: the manager. */
  readonly destination: WorkerId | undefined;
  readonly source: TransferSource | undefined;
}

export interface WorkerAccount {
  readonly spec: WorkerSpec;
  draining: boolean;
  released: boolean;
  readonly outstanding: Map<TaskId, AttemptAccount>;
  readonly holds: Set<CacheName>;
  readonly incoming: Map<TransferId, TransferAccount>;
}

export interface TaskAccount {
  lastAttempt: number;
  at: WorkerId | undefined;
  /** Times that a worker was lost under it, that it was given back, and that it ended short of a resource. */
  losses: number;
  returns: number;
  exhaustions: number;
  result: TaskResult | undefined;
}

/** What the coordinator was told and has asked for: all that it can know of the world. */
export class Ledger {
  readonly workers = new Map<WorkerId, WorkerAccount>();
  readonly tasks = new Map<TaskId, TaskAccount>();
  readonly transfers = new Map<TransferId, TransferAccount>();
  readonly naming = new Set<FileId>();
  readonly forgotten = new Set<FileId>();
  readonly cancelled = new Set<TaskId>();
  /** Copies of a file that did not arrive. */
  readonly failures = new Map<FileId, number>();
  /** Files that were lost or thrown away after they had been made: their producers may run again. */
  readonly everHeld = new Set<CacheName>();
  readonly #holders = new Map<CacheName, number>();

  holders(name: CacheName): number {
    return this.#holders.get(name) ?? 0;
  }

  task(id: TaskId): TaskAccount {
    let task = this.tasks.get(id);
    if (task === undefined) {
      task = { lastAttempt: 0, at: undefined, losses: 0, returns: 0, exhaustions: 0, result: undefined };
      this.tasks.set(id, task);
    }
    return task;
  }

  /** Whether this is news of a connection, attempt or transfer that is over: it must change nothing. */
  isStale(event: Event): boolean {
    switch (event.type) {
      case "task-started":
      case "task-ended":
      case "task-returned":
        return this.workers.get(event.worker)?.outstanding.get(event.task)?.attempt !== event.attempt;
      case "replica-ready":
      case "transfer-failed":
        return this.workers.get(event.worker)?.incoming.has(event.transfer) !== true;
      case "retrieved":
      case "retrieval-failed":
        return !this.transfers.has(event.transfer);
      case "replica-gone":
      case "worker-draining":
      case "worker-lost":
        return !this.workers.has(event.worker);
      default:
        return false;
    }
  }

  /** Takes note of what the coordinator is told. */
  told(event: Event): void {
    if (this.isStale(event)) return;
    switch (event.type) {
      case "worker-joined":
        this.#joined(event.worker);
        return;
      case "worker-lost":
        this.#lost(event.worker);
        return;
      case "file-named":
      case "file-unusable":
        this.naming.delete(event.file);
        return;
      case "task-cancelled":
        this.cancelled.add(event.task);
        return;
      case "retrieved":
      case "retrieval-failed":
        this.#transferOver(event.transfer, event.type === "retrieval-failed");
        return;
      default:
        this.#toldByWorker(event);
    }
  }

  hold(worker: WorkerAccount, name: CacheName): void {
    if (worker.holds.has(name)) return;
    worker.holds.add(name);
    this.everHeld.add(name);
    this.#holders.set(name, this.holders(name) + 1);
  }

  unhold(worker: WorkerAccount, name: CacheName): void {
    if (worker.holds.delete(name)) this.#holders.set(name, this.holders(name) - 1);
  }

  #toldByWorker(event: Event): void {
    const worker = "worker" in event && typeof event.worker === "number" ? this.workers.get(event.worker) : undefined;
    if (worker === undefined) return;
    switch (event.type) {
      case "worker-draining":
        worker.draining = true;
        return;
      case "task-started":
        this.#started(worker, event.task);
        return;
      case "task-ended":
        this.#over(worker, event.task);
        if (event.outcome.code.endsWith("exhaustion")) this.task(event.task).exhaustions += 1;
        for (const output of event.outcome.outputs) this.hold(worker, output.cacheName);
        return;
      case "task-returned":
        this.#over(worker, event.task);
        this.task(event.task).returns += 1;
        return;
      case "replica-ready":
        this.#arrived(worker, event.transfer);
        return;
      case "replica-gone":
        this.unhold(worker, event.cacheName);
        return;
      case "transfer-failed":
        this.#transferOver(event.transfer, true);
    }
  }

  #joined(spec: WorkerSpec): void {
    if (this.workers.has(spec.id)) return;
    const account: WorkerAccount = {
      spec,
      draining: false,
      released: false,
      outstanding: new Map(),
      holds: new Set(),
      incoming: new Map(),
    };
    this.workers.set(spec.id, account);
    for (const held of spec.holds) this.hold(account, held.cacheName);
  }

  #lost(id: WorkerId): void {
    const worker = this.workers.get(id);
    if (worker === undefined) return;
    for (const task of worker.outstanding.keys()) {
      this.task(task).at = undefined;
      this.task(task).losses += 1;
    }
    for (const name of [...worker.holds]) this.unhold(worker, name);
    for (const transfer of worker.incoming.keys()) this.transfers.delete(transfer);
    for (const transfer of [...this.transfers.values()]) {
      const from = transfer.source?.type === "worker" ? transfer.source.worker : undefined;
      if (transfer.kind === "retrieve" && from === id) this.#transferOver(transfer.id, true);
    }
    this.workers.delete(id);
  }

  #started(worker: WorkerAccount, task: TaskId): void {
    const attempt = worker.outstanding.get(task);
    if (attempt !== undefined) attempt.started = true;
  }

  #over(worker: WorkerAccount, task: TaskId): void {
    worker.outstanding.delete(task);
    this.task(task).at = undefined;
  }

  #arrived(worker: WorkerAccount, id: TransferId): void {
    const transfer = worker.incoming.get(id);
    if (transfer !== undefined) this.hold(worker, transfer.cacheName);
    this.#transferOver(id, false);
  }

  #transferOver(id: TransferId, failed: boolean): void {
    const transfer = this.transfers.get(id);
    if (transfer === undefined) return;
    this.transfers.delete(id);
    if (transfer.destination !== undefined) this.workers.get(transfer.destination)?.incoming.delete(id);
    if (failed) this.failures.set(transfer.file, (this.failures.get(transfer.file) ?? 0) + 1);
  }
}
