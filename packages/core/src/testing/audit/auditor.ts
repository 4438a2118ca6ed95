import type { Effect } from "../../coordinator/effect.js";
import type { Event } from "../../coordinator/event.js";
import type { FileIdentity } from "../../files/file.js";
import {
  type Attempt,
  type CacheName,
  FIRST_INSTANCE_ID,
  type FileId,
  type TaskId,
  type WorkerId,
} from "../../model/ids.js";
import type { InputMount, TaskSpec } from "../../tasks/task.js";
import { BrokenRule, demand } from "./broken.js";
import { demandCapacity } from "./capacity.js";
import { type AttemptAccount, Ledger, NOTHING, type TaskAccount, type WorkerAccount } from "./ledger.js";
import { demandTransferRules } from "./transfer-rules.js";
import type { AuditorOptions, AuditView } from "./view.js";

type EffectOf<Type extends Effect["type"]> = Extract<Effect, { readonly type: Type }>;
type Handlers = { readonly [Type in Effect["type"]]: (effect: EffectOf<Type>) => void };

/** Calls that an instance has at most for each slot. */
const MOST_PER_SLOT = 65;

/** Looks at every step from outside: are the promises kept, as far as the coordinator could know? */
export class Auditor implements AuditView {
  readonly ledger = new Ledger();
  readonly options: AuditorOptions;
  lenient = false;
  #nowMs = 0;

  constructor(options: AuditorOptions) {
    this.options = options;
  }

  /** One step: what the coordinator was told, and what it asked for then. */
  step(events: readonly Event[], effects: readonly Effect[], nowMs: number): { readonly resumed: number } {
    this.#nowMs = nowMs;
    this.lenient = events.length > 1;
    for (const event of events) this.#told(event);
    for (const effect of effects) this.#asked(effect);
    return { resumed: this.ledger.settleClaims().length };
  }

  /** The name of a file that is about to be used. */
  identity(file: FileId): FileIdentity {
    const identity = this.options.identity(file);
    demand(identity !== undefined, () => `file ${file} is used before its name is known`);
    return identity;
  }

  #told(event: Event): void {
    const { ledger } = this;
    if (event.type === "task-ended" && !ledger.isStale(event)) {
      for (const { file, digest } of event.outcome.outputs) this.#demandTrue(file, digest);
    }
    const transfer = event.type === "replica-ready" ? ledger.transfers.get(event.transfer) : undefined;
    if (event.type === "replica-ready" && transfer !== undefined)
      this.#demandTrue(transfer.file, event.digest);
    ledger.told(event);
  }

  #asked(effect: Effect): void {
    try {
      (this.#handlers[effect.type] as (effect: Effect) => void)(effect);
    } catch (thrown) {
      if (thrown instanceof BrokenRule) throw new BrokenRule(`${wordsOf(effect)}: ${thrown.message}`);
      throw thrown;
    }
  }

  readonly #handlers: Handlers = {
    name: ({ file }) => {
      const origin = this.options.workload.files.get(file)?.spec.origin.type;
      demand(origin === "local" || origin === "url", "it is not one to be named");
      demand(this.options.truth.producerOf(file) === undefined, "a task makes it");
      demand(!this.ledger.naming.has(file), "it is being named already");
      this.ledger.naming.add(file);
    },
    assign: (effect) => {
      this.#assigned(effect);
    },
    deploy: (effect) => {
      this.#deployed(effect);
    },
    call: (effect) => {
      this.#called(effect);
    },
    retract: ({ worker, task, attempt }) => {
      const account = this.#attemptAt(worker, task, attempt);
      if (account !== undefined) account.retracting = true;
    },
    kill: ({ worker, task, attempt }) => {
      if (this.#attemptAt(worker, task, attempt) === undefined) return;
      this.ledger.instances.delete(task);
      this.ledger.workers.get(worker)?.outstanding.delete(task);
      const account = this.ledger.task(task);
      if (account.at === worker) account.at = undefined;
    },
    fetch: (effect) => {
      if (this.#connected(effect.worker) !== undefined) demandTransferRules(this, effect);
    },
    make: (effect) => {
      if (this.#connected(effect.worker) !== undefined) demandTransferRules(this, effect);
    },
    retrieve: (effect) => {
      if (this.#connected(effect.source) !== undefined) demandTransferRules(this, effect);
    },
    "retrieve-value": ({ task, worker }) => {
      demand(this.ledger.task(task).result === undefined, "nobody waits for it any more");
      this.#connected(worker);
    },
    drop: ({ worker, cacheName }) => {
      const account = this.#connected(worker, "or-released");
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
      demand(account.result === undefined, "it finishes a second time");
      demand(account.at === undefined, () => `it finishes while worker ${String(account.at)} has it`);
      account.result = result;
    },
    release: ({ worker }) => {
      const account = this.#connected(worker);
      if (account === undefined) return;
      demand(account.outstanding.size === 0, "it has tasks");
      account.released = true;
    },
    "file-unobtainable": () => undefined,
    note: () => undefined,
  };

  #assigned({ worker, task, attempt, allocation, outputs, copyInputs }: EffectOf<"assign">): void {
    const account = this.#connected(worker);
    if (account === undefined) return;
    const spec = this.#spec(task);
    const before = this.ledger.task(task);
    demand(!account.draining, "the worker wants to leave");
    demand(!before.spoils || copyInputs === true, "it is to get copies of what it changed");
    this.#demandTurn(spec, before, attempt);
    const sameOutputs = spec.outputs.every(({ file }, i) => outputs[i]?.file === file);
    demand(sameOutputs && outputs.length === spec.outputs.length, "its outputs are not those of the task");
    const hasFeatures = spec.features.every((feature) => account.spec.features.includes(feature));
    demand(hasFeatures, "the worker lacks a feature");
    for (const { file } of spec.inputs) this.#demandSomewhere(file);
    before.at = worker;
    before.lastAttempt = attempt;
    const needs = spec.inputs.map(({ file }) => file);
    account.outstanding.set(task, { task, attempt, allocation, needs, started: false, retracting: false });
    demandCapacity(account, allocation, this.options.prefetchPerCore);
  }

  #deployed({ worker, task, attempt, library, allocation }: EffectOf<"deploy">): void {
    const account = this.#connected(worker);
    if (account === undefined) return;
    const { spec } = this.options.workload.libraries.get(library) ?? {};
    demand(spec !== undefined, "there is no such library");
    demand(!account.draining, "the worker wants to leave");
    demand(task >= FIRST_INSTANCE_ID && !this.ledger.instances.has(task), "its number is taken");
    const alive = [...this.ledger.instances.values()].filter((one) => one.library === library).length;
    demand(alive < (spec.maxInstances ?? Infinity), () => `it has ${alive} instances already`);
    for (const { file } of spec.inputs) this.#demandSomewhere(file);
    this.ledger.instances.set(task, { library, worker, slots: undefined, served: 0 });
    const needs = spec.inputs.map(({ file }) => file);
    account.outstanding.set(task, { task, attempt, allocation, needs, started: false, retracting: false });
    demandCapacity(account, allocation, this.options.prefetchPerCore);
  }

  /** A call goes to an instance that is ready, and brings the values that the manager has. */
  #called({ worker, task, attempt, instance, outputs, linked }: EffectOf<"call">): void {
    const account = this.#connected(worker);
    if (account === undefined) return;
    const spec = this.#spec(task);
    const before = this.ledger.task(task);
    const host = this.ledger.instances.get(instance);
    if (this.lenient && host === undefined) return;
    demand(host?.slots !== undefined && host.worker === worker, "the instance is not ready there");
    demand(host.library === spec.call?.library, "the instance is of another library");
    demand(!account.draining, "the worker wants to leave");
    this.#demandTurn(spec, before, attempt);
    const sameOutputs = spec.outputs.every(({ file }, i) => outputs[i]?.file === file);
    demand(sameOutputs && outputs.length === spec.outputs.length, "its outputs are not those of the call");
    const there = [...account.outstanding.values()].filter((one) => one.instance === instance);
    const inputs = spec.inputs.filter(({ file }) => linked !== true || !this.#isMadeBy(there, file));
    const isLinked = this.lenient || inputs.length < spec.inputs.length;
    demand(linked !== true || isLinked, "no call there returns what it reads");
    for (const { file } of inputs) this.#demandSomewhere(file);
    const held = there.length;
    demand(held < host.slots * MOST_PER_SLOT, () => `the instance has ${held} calls for ${host.slots} slots`);
    before.at = worker;
    before.lastAttempt = attempt;
    const needs = inputs.filter((mount) => !this.#goesAlong(mount)).map(({ file }) => file);
    const fate = { started: false, retracting: false };
    account.outstanding.set(task, { task, attempt, allocation: NOTHING, needs, instance, ...fate });
  }

  /** Does one of these calls return it? */
  #isMadeBy(calls: readonly AttemptAccount[], file: FileId): boolean {
    return calls.some(({ task }) =>
      this.#spec(task).outputs.some((output) => output.file === file && output.use === "value"),
    );
  }

  #goesAlong({ file, use }: InputMount): boolean {
    const isTemp = this.options.workload.files.get(file)?.spec.origin.type === "temp";
    return use === "value" && isTemp && this.ledger.home.has(file);
  }

  /** A task runs in its time, at one place, and again only to restore what it made. */
  #demandTurn(spec: TaskSpec, before: TaskAccount, attempt: Attempt): void {
    const ended = before.result?.state;
    demand(before.at === undefined, () => `worker ${String(before.at)} has it`);
    demand(attempt > before.lastAttempt, () => `attempts must count up, the last was ${before.lastAttempt}`);
    demand(ended === undefined || ended === "done", () => `it has ended (${String(ended)})`);
    demand((spec.startAfterMs ?? 0) <= this.#nowMs, "its time has not come");
    demand(ended === "done" || (spec.endByMs ?? Infinity) > this.#nowMs, "its time is over");
  }

  /** What a task makes is with some worker or with the manager; anything else can be had from where it comes. */
  #demandSomewhere(file: FileId): void {
    const { cacheName } = this.identity(file);
    if (this.lenient || this.options.truth.producerOf(file) === undefined) return;
    const isSomewhere = this.ledger.home.has(file) || this.ledger.holders(cacheName) > 0;
    demand(isSomewhere, () => `its input ${file} is nowhere`);
  }

  #demandUnused(worker: WorkerAccount, cacheName: CacheName): void {
    const isCalled = (file: FileId): boolean => this.options.identity(file)?.cacheName === cacheName;
    for (const { task, started, retracting, needs } of worker.outstanding.values()) {
      if (started || retracting) continue;
      demand(!needs.some(isCalled), () => `task ${task} is about to need it there`);
    }
    for (const { file, cacheName: name, kind } of worker.incoming.values()) {
      demand(name !== cacheName || worker.holds.has(name), "it is on its way there");
      const needs = kind === "make" && this.options.truth.partsOf(file).some(isCalled);
      demand(!needs || worker.liedOf.has(cacheName), () => `file ${file} is being made of it there`);
    }
  }

  #demandTrue(file: FileId, digest: string | undefined): void {
    demand(digest === this.options.truth.content(file), () => `file ${file} has a wrong content`);
  }

  /** Undefined: it was lost in this very step. */
  #connected(worker: WorkerId, also?: "or-released"): WorkerAccount | undefined {
    const account = this.ledger.workers.get(worker);
    demand(this.lenient || account !== undefined, () => `worker ${worker} is not connected`);
    demand(also === "or-released" || account?.released !== true, () => `worker ${worker} was released`);
    return account;
  }

  /** Undefined: it came to its end in this very step. */
  #attemptAt(worker: WorkerId, task: TaskId, attempt: Attempt): AttemptAccount | undefined {
    const account = this.#connected(worker)?.outstanding.get(task);
    const isThere = account?.attempt === attempt;
    demand(this.lenient || isThere, "the worker does not have it");
    return isThere ? account : undefined;
  }

  #spec(task: TaskId): TaskSpec {
    const planned = this.options.workload.tasks.get(task);
    demand(planned !== undefined, "it was never submitted");
    return planned.spec;
  }
}

/** What was asked, in a few words. */
function wordsOf(effect: Effect): string {
  const facts = effect.type === "task-finished" ? { type: effect.type, task: effect.result.task } : effect;
  const told = (["transfer", "task", "attempt", "file", "cacheName", "worker", "source"] as const).flatMap(
    (name) => {
      const value: unknown = (facts as unknown as Record<string, unknown>)[name];
      return value === undefined ? [] : [`${name} ${JSON.stringify(value)}`];
    },
  );
  return [effect.type, ...told].join(" ");
}
