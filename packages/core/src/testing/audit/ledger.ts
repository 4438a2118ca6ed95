import type { TransferSource } from "../../coordinator/effect.js";
import type { AttemptName, Event, TransferFailure } from "../../coordinator/event.js";
import type { Attempt, CacheName, FileId, LibraryId, TaskId, TransferId, WorkerId } from "../../model/ids.js";
import { type Allocation, NO_RESOURCES } from "../../model/resources.js";
import type { TaskResult } from "../../tasks/result.js";
import type { WorkerSpec } from "../../workers/worker.js";
import { demand } from "./broken.js";

/** A call takes nothing of its worker. */
export const NOTHING: Allocation = { ...NO_RESOURCES, gpuIds: [] };

export interface AttemptAccount {
  readonly task: TaskId;
  readonly attempt: Attempt;
  readonly allocation: Allocation;
  /** Files that it needs in the cache of its worker. */
  readonly needs: readonly FileId[];
  /** Of a call: the instance that was given it. */
  readonly instance?: TaskId;
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
  /** Whose limit it counts against; undefined: nobody's. */
  readonly giver: string | undefined;
}

export interface WorkerAccount {
  readonly spec: WorkerSpec;
  draining: boolean;
  released: boolean;
  readonly outstanding: Map<TaskId, AttemptAccount>;
  readonly holds: Set<CacheName>;
  readonly incoming: Map<TransferId, TransferAccount>;
  /** Outputs of attempts that were given up but came to their end all the same. */
  readonly leftovers: Set<CacheName>;
  /** Of what it gave something else. */
  readonly liedOf: Set<CacheName>;
}

/** An instance of a library, from its deploy to its end. */
export interface InstanceAccount {
  readonly library: LibraryId;
  readonly worker: WorkerId;
  /** Undefined: not ready yet. */
  slots: number | undefined;
  /** Calls that ended there. */
  served: number;
}

export interface TaskAccount {
  lastAttempt: number;
  at: WorkerId | undefined;
  /** Times that a worker or an instance was lost under it, that it was given back, and that it ended short of a resource. */
  losses: number;
  returns: number;
  exhaustions: number;
  /** It has changed a file that it read. */
  spoils: boolean;
  /** The last attempt, if it was lost with its worker. */
  lost: AttemptAccount | undefined;
  result: TaskResult | undefined;
}

type Handlers = {
  readonly [Type in Event["type"]]?: (event: Extract<Event, { readonly type: Type }>) => void;
};

/** What the coordinator was told and has asked for: all that it can know of the world. */
export class Ledger {
  readonly workers = new Map<WorkerId, WorkerAccount>();
  readonly tasks = new Map<TaskId, TaskAccount>();
  readonly transfers = new Map<TransferId, TransferAccount>();
  readonly instances = new Map<TaskId, InstanceAccount>();
  /** Starts that came to nothing, by library. */
  readonly failedStarts = new Map<LibraryId, number>();
  readonly removedLibraries = new Set<LibraryId>();
  readonly naming = new Set<FileId>();
  readonly forgotten = new Set<FileId>();
  readonly cancelled = new Set<TaskId>();
  /** Copies of a file that did not arrive. */
  readonly failures = new Map<FileId, number>();
  /** Files that were lost or thrown away after they had been made: their producers may run again. */
  readonly everHeld = new Set<CacheName>();
  /** Files that the manager has got from workers and not forgotten. */
  readonly home = new Set<FileId>();
  /** Files on their way to the manager. */
  readonly retrievals = new Map<FileId, TransferAccount>();
  readonly #holders = new Map<CacheName, number>();
  readonly #giving = new Map<string, number>();
  readonly #claims: (AttemptName & { readonly worker: WorkerId })[] = [];

  holders(name: CacheName): number {
    return this.#holders.get(name) ?? 0;
  }

  /** Copies that a source gives now. */
  giving(giver: string): number {
    return this.#giving.get(giver) ?? 0;
  }

  begin(transfer: TransferAccount): void {
    this.transfers.set(transfer.id, transfer);
    if (transfer.giver !== undefined) this.#giving.set(transfer.giver, this.giving(transfer.giver) + 1);
    if (transfer.kind === "retrieve") this.retrievals.set(transfer.file, transfer);
    if (transfer.destination !== undefined)
      this.#account(transfer.destination).incoming.set(transfer.id, transfer);
  }

  /** Everything that some worker has, as a copy that counts or as a leftover. */
  kept(): ReadonlySet<CacheName> {
    const names = new Set<CacheName>();
    for (const { holds, leftovers } of this.workers.values()) {
      for (const name of holds) names.add(name);
      for (const name of leftovers) names.add(name);
    }
    return names;
  }

  task(id: TaskId): TaskAccount {
    let task = this.tasks.get(id);
    if (task === undefined) {
      const none = { at: undefined, lost: undefined, result: undefined };
      task = { lastAttempt: 0, losses: 0, returns: 0, exhaustions: 0, spoils: false, ...none };
      this.tasks.set(id, task);
    }
    return task;
  }

  /** Whether this is news of a connection, attempt or transfer that is over: it must change nothing. */
  isStale(event: Event): boolean {
    if ("attempt" in event && "worker" in event) {
      return this.workers.get(event.worker)?.outstanding.get(event.task)?.attempt !== event.attempt;
    }
    if ("transfer" in event) {
      return !this.transfers.has(event.transfer) || ("worker" in event && !this.workers.has(event.worker));
    }
    return "worker" in event && typeof event.worker === "number" && !this.workers.has(event.worker);
  }

  /** Takes note of what the coordinator is told. */
  told(event: Event): void {
    if (this.isStale(event)) {
      if (event.type === "task-ended") this.#tooLate(event);
      return;
    }
    (this.#handlers[event.type] as ((event: Event) => void) | undefined)?.(event);
  }

  hold(worker: WorkerAccount, name: CacheName): void {
    if (worker.holds.has(name)) return;
    worker.holds.add(name);
    this.everHeld.add(name);
    this.#holders.set(name, this.holders(name) + 1);
  }

  unhold(worker: WorkerAccount, name: CacheName): void {
    worker.leftovers.delete(name);
    if (worker.holds.delete(name)) this.#holders.set(name, this.holders(name) - 1);
  }

  readonly #handlers: Handlers = {
    "worker-joined": ({ worker, running = [] }) => {
      this.#joined(worker);
      for (const name of running) this.#claimed(worker.id, name);
    },
    "worker-lost": ({ worker }) => {
      this.#lost(worker);
    },
    "worker-draining": ({ worker }) => {
      this.#account(worker).draining = true;
    },
    "file-named": ({ file }) => {
      this.naming.delete(file);
    },
    "file-unusable": ({ file }) => {
      this.naming.delete(file);
    },
    "task-cancelled": ({ task }) => {
      this.cancelled.add(task);
    },
    "task-started": ({ worker, task }) => {
      const attempt = this.#account(worker).outstanding.get(task);
      if (attempt !== undefined) attempt.started = true;
    },
    "task-ended": ({ worker, task, outcome }) => {
      const { instance } = this.#account(worker).outstanding.get(task) ?? {};
      const host = instance === undefined ? undefined : this.instances.get(instance);
      if (host !== undefined) host.served += 1;
      this.#over(this.#account(worker), task);
      if (outcome.code === "library-exit") this.task(task).losses += 1;
      if (outcome.code.endsWith("exhaustion")) this.task(task).exhaustions += 1;
      for (const output of outcome.outputs)
        if (output.bytes === undefined) this.hold(this.#account(worker), output.cacheName);
        else this.#cameHome(output.file);
      this.#instanceEnded(task);
    },
    "library-ready": ({ task, slots }) => {
      const instance = this.instances.get(task);
      if (instance !== undefined) instance.slots = slots;
    },
    "library-removed": ({ library }) => {
      this.removedLibraries.add(library);
    },
    "task-returned": ({ worker, task, reason }) => {
      if (reason === "input-damaged") this.task(task).spoils = true;
      this.instances.delete(task);
      this.#over(this.#account(worker), task);
      this.task(task).returns += 1;
    },
    "replica-ready": ({ worker, transfer }) => {
      this.#arrived(this.#account(worker), transfer);
    },
    "replica-gone": ({ worker, cacheName }) => {
      this.unhold(this.#account(worker), cacheName);
    },
    "transfer-failed": ({ transfer, failure }) => {
      this.#noteLie(transfer, failure);
      this.#transferOver(transfer, true);
    },
    retrieved: ({ transfer }) => {
      const file = this.transfers.get(transfer)?.file;
      if (file !== undefined) this.#cameHome(file);
      this.#transferOver(transfer, false);
    },
    "retrieval-failed": ({ transfer, failure }) => {
      this.#noteLie(transfer, failure);
      this.#transferOver(transfer, true);
    },
    "value-lost": ({ task }) => {
      this.task(task).losses += 1;
    },
  };

  /** An attempt that was given up came to its end all the same: what it left is there. */
  #tooLate({ worker, outcome }: Extract<Event, { type: "task-ended" }>): void {
    const account = this.workers.get(worker);
    for (const output of outcome.outputs)
      if (output.bytes === undefined) account?.leftovers.add(output.cacheName);
  }

  #noteLie(id: TransferId, { error }: TransferFailure): void {
    const { source, cacheName } = this.transfers.get(id) ?? {};
    if (error !== "DIGEST_MISMATCH" || source?.type !== "worker" || cacheName === undefined) return;
    this.workers.get(source.worker)?.liedOf.add(cacheName);
  }

  #instanceEnded(task: TaskId): void {
    const instance = this.instances.get(task);
    if (instance === undefined || !this.instances.delete(task)) return;
    if (instance.slots === undefined || instance.served === 0)
      this.failedStarts.set(instance.library, (this.failedStarts.get(instance.library) ?? 0) + 1);
  }

  #cameHome(file: FileId): void {
    this.home.add(file);
    this.forgotten.delete(file);
  }

  #account(id: WorkerId): WorkerAccount {
    const account = this.workers.get(id);
    if (account === undefined) throw new Error(`worker ${id} is not connected`);
    return account;
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
      leftovers: new Set(),
      liedOf: new Set(),
    };
    this.workers.set(spec.id, account);
    for (const held of spec.holds) this.hold(account, held.cacheName);
  }

  #lost(id: WorkerId): void {
    const worker = this.workers.get(id);
    if (worker === undefined) return;
    for (const [task, attempt] of worker.outstanding) {
      const account = this.task(task);
      if (account.at === id) account.at = undefined;
      account.losses += 1;
      account.lost = attempt;
      this.instances.delete(task);
    }
    for (const name of [...worker.holds]) this.unhold(worker, name);
    for (const transfer of [...worker.incoming.keys()]) this.#transferOver(transfer, false);
    // What is on its way to the manager may still arrive, but nobody has to wait for it.
    for (const { file, source } of [...this.retrievals.values()]) {
      if (source?.type === "worker" && source.worker === id) this.retrievals.delete(file);
    }
    this.workers.delete(id);
  }

  /** It has brought an attempt back: until the end of this step it is not known whether that counts. */
  #claimed(worker: WorkerId, { task, attempt }: AttemptName): void {
    const { lost } = this.task(task);
    const known = lost?.attempt === attempt ? lost : { task, attempt, allocation: NOTHING, needs: [] };
    this.#account(worker).outstanding.set(task, { ...known, started: true, retracting: false });
    this.#claims.push({ worker, task, attempt });
  }

  /** Which of the attempts that were brought back have been taken over: at the end of a step. */
  settleClaims(): readonly TaskId[] {
    const taken = this.#claims.splice(0).filter(({ worker, task, attempt }) => {
      if (this.workers.get(worker)?.outstanding.get(task)?.attempt !== attempt) return false;
      const account = this.task(task);
      demand(account.at === undefined, () => `attempt of ${task} was taken over from ${String(account.at)}`);
      account.at = worker;
      return true;
    });
    return taken.map(({ task }) => task);
  }

  #over(worker: WorkerAccount, task: TaskId): void {
    worker.outstanding.delete(task);
    const account = this.task(task);
    if (account.at === worker.spec.id) account.at = undefined;
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
    if (transfer.giver !== undefined) this.#giving.set(transfer.giver, this.giving(transfer.giver) - 1);
    if (this.retrievals.get(transfer.file) === transfer) this.retrievals.delete(transfer.file);
    if (transfer.destination !== undefined) this.workers.get(transfer.destination)?.incoming.delete(id);
    if (failed) this.failures.set(transfer.file, (this.failures.get(transfer.file) ?? 0) + 1);
  }
}
