import type { Effect } from "../../coordinator/effect.js";
import type { Event } from "../../coordinator/event.js";
import type { FileIdentity } from "../../files/file.js";
import type { Attempt, FileId, TaskId, WorkerId } from "../../model/ids.js";
import type { TaskSpec } from "../../tasks/task.js";
import { demand } from "./broken.js";
import { demandCapacity } from "./capacity.js";
import { type AttemptAccount, Ledger, type WorkerAccount } from "./ledger.js";
import { demandTransferRules } from "./transfer-rules.js";
import type { AuditorOptions, AuditView } from "./view.js";

type Handlers = {
  readonly [Type in Effect["type"]]: (effect: Extract<Effect, { readonly type: Type }>) => void;
};

/** Looks at every step from outside: are the promises kept, as far as the coordinator could know? */
export class Auditor implements AuditView {
  readonly ledger = new Ledger();
  readonly options: AuditorOptions;
  #nowMs = 0;
  /** Several events in one step: what was asked in the middle of it was right at that moment, not always at its end. */
  lenient = false;

  constructor(options: AuditorOptions) {
    this.options = options;
  }

  /** One step: what the coordinator was told, and what it asked for then. */
  step(events: readonly Event[], effects: readonly Effect[], nowMs: number): void {
    this.#nowMs = nowMs;
    this.lenient = events.length > 1;
    for (const event of events) this.#told(event);
    for (const effect of effects) (this.#handlers[effect.type] as (effect: Effect) => void)(effect);
  }

  readonly #handlers: Handlers = {
    name: ({ file }) => {
      const origin = this.options.workload.files.get(file)?.spec.origin.type;
      demand(
        origin === "local" || origin === "url",
        `file ${file} (${String(origin)}) is not one to be named`,
      );
      demand(
        this.options.truth.producerOf(file) === undefined,
        `file ${file} is named although a task makes it`,
      );
      demand(!this.ledger.naming.has(file), `file ${file} is being named already`);
      this.ledger.naming.add(file);
    },
    assign: (effect) => {
      this.#assigned(effect);
    },
    retract: ({ worker, task, attempt }) => {
      const account = this.#attemptAt(worker, task, attempt, "retracted");
      if (account !== undefined) account.retracting = true;
    },
    kill: ({ worker, task, attempt }) => {
      if (this.#attemptAt(worker, task, attempt, "killed") === undefined) return;
      this.ledger.workers.get(worker)?.outstanding.delete(task);
      this.ledger.task(task).at = undefined;
    },
    fetch: (effect) => {
      if (this.#connected(effect.worker, "fetch") !== undefined) demandTransferRules(this, effect);
    },
    make: (effect) => {
      if (this.#connected(effect.worker, "make") !== undefined) demandTransferRules(this, effect);
    },
    retrieve: (effect) => {
      if (this.#connected(effect.source, "retrieve") !== undefined) demandTransferRules(this, effect);
    },
    drop: ({ worker, cacheName }) => {
      const account = this.#connected(worker, "drop");
      if (account === undefined) return;
      if (!this.lenient) this.#demandUnused(account, cacheName);
      this.ledger.unhold(account, cacheName);
    },
    "forget-file": ({ file }) => {
      this.ledger.forgotten.add(file);
      this.ledger.home.delete(file);
    },
    "task-finished": ({ result }) => {
      const account = this.ledger.task(result.task);
      demand(account.result === undefined, `task ${result.task} finishes a second time`);
      demand(
        account.at === undefined,
        `task ${result.task} finishes while worker ${String(account.at)} has it`,
      );
      account.result = result;
    },
    release: ({ worker }) => {
      const account = this.#connected(worker, "release");
      if (account === undefined) return;
      demand(account.outstanding.size === 0, `worker ${worker} is released while it has tasks`);
      account.released = true;
    },
    "file-unobtainable": () => undefined,
    note: () => undefined,
  };

  identity(file: FileId): FileIdentity {
    const identity = this.options.identity(file);
    demand(identity !== undefined, `file ${file} is used before its name is known`);
    return identity;
  }

  #told(event: Event): void {
    const { ledger } = this;
    if (!ledger.isStale(event)) {
      if (event.type === "task-ended")
        for (const { file, digest } of event.outcome.outputs) this.#demandTrue(file, digest);
      const transfer = event.type === "replica-ready" ? ledger.transfers.get(event.transfer) : undefined;
      if (event.type === "replica-ready" && transfer !== undefined)
        this.#demandTrue(transfer.file, event.digest);
    }
    ledger.told(event);
  }

  #assigned({ worker, task, attempt, allocation, outputs }: Extract<Effect, { type: "assign" }>): void {
    const account = this.#connected(worker, "assign");
    if (account === undefined) return;
    const spec = this.#spec(task);
    const about = `task ${task}/${attempt} at worker ${worker}`;
    demand(!account.draining, `${about}: assigned although the worker wants to leave`);
    const before = this.ledger.task(task);
    demand(before.at === undefined, `${about}: assigned while worker ${String(before.at)} has it`);
    demand(
      attempt > before.lastAttempt,
      `${about}: attempts must count up, the last was ${before.lastAttempt}`,
    );
    demand(
      outputs.length === spec.outputs.length && outputs.every((o, i) => o.file === spec.outputs[i]?.file),
      `${about}: outputs are not those of the task`,
    );
    this.#demandTime(spec, before.result !== undefined);
    const ended = before.result?.state;
    demand(ended === undefined || ended === "done", `${about}: assigned after it had ${String(ended)}`);
    for (const feature of spec.features)
      demand(account.spec.features.includes(feature), `${about}: worker lacks ${feature}`);
    for (const { file } of spec.inputs) this.#demandSomewhere(file, about);
    before.at = worker;
    before.lastAttempt = attempt;
    account.outstanding.set(task, { task, attempt, allocation, started: false, retracting: false });
    demandCapacity(account, this.options.prefetchPerCore, about);
  }

  #demandTime(spec: TaskSpec, again: boolean): void {
    demand((spec.startAfterMs ?? 0) <= this.#nowMs, `task ${spec.id} is assigned before its time`);
    demand(again || (spec.endByMs ?? Infinity) > this.#nowMs, `task ${spec.id} is assigned after its time`);
  }

  /** A temp exists with some worker; anything else can be had from where it comes. */
  #demandSomewhere(file: FileId, about: string): void {
    const { cacheName } = this.identity(file);
    if (this.options.truth.producerOf(file) === undefined || this.ledger.home.has(file)) return;
    demand(this.lenient || this.ledger.holders(cacheName) > 0, `${about}: its input ${file} is nowhere`);
  }

  #demandUnused(worker: WorkerAccount, cacheName: string): void {
    for (const { task, started, retracting } of worker.outstanding.values()) {
      if (started || retracting) continue;
      const needs = this.#spec(task).inputs.some(
        ({ file }) => this.options.identity(file)?.cacheName === cacheName,
      );
      demand(
        !needs,
        `${cacheName} is dropped at worker ${worker.spec.id} where task ${task} is about to need it`,
      );
    }
    for (const { file, cacheName: name, kind } of worker.incoming.values()) {
      demand(
        name !== cacheName || worker.holds.has(name),
        `${cacheName} is dropped at worker ${worker.spec.id} while it is on its way there`,
      );
      const parts = kind === "make" ? this.options.truth.partsOf(file) : [];
      const needs = parts.some((part) => this.options.identity(part)?.cacheName === cacheName);
      demand(!needs, `${cacheName} is dropped at worker ${worker.spec.id} where file ${file} is made of it`);
    }
  }

  #demandTrue(file: FileId, digest: string | undefined): void {
    demand(digest === this.options.truth.content(file), `file ${file} has a wrong content`);
  }

  /** Undefined: it was lost in this very step. */
  #connected(worker: WorkerId, what: string): WorkerAccount | undefined {
    const account = this.ledger.workers.get(worker);
    demand(
      this.lenient || account !== undefined,
      `${what} is asked of worker ${worker}, which is not connected`,
    );
    demand(
      what === "drop" || account?.released !== true,
      `${what} is asked of worker ${worker}, which was released`,
    );
    return account;
  }

  /** Undefined: it came to its end in this very step. */
  #attemptAt(worker: WorkerId, task: TaskId, attempt: Attempt, verb: string): AttemptAccount | undefined {
    const account = this.#connected(worker, verb)?.outstanding.get(task);
    const isThere = account?.attempt === attempt;
    demand(
      this.lenient || isThere,
      `task ${task}/${attempt} is ${verb} at worker ${worker}, which does not have it`,
    );
    return isThere ? account : undefined;
  }

  #spec(task: TaskSpec["id"]): TaskSpec {
    const planned = this.options.workload.tasks.get(task);
    demand(planned !== undefined, `task ${task} was never submitted`);
    return planned.spec;
  }
}
