import { never } from "@taskvine/core/model";
import type { ManagerMessage } from "@taskvine/core/protocol";
import type { CacheStore } from "../cache/store.js";
import { Calls } from "../library/calls/calls.js";
import { callOrderOf } from "../library/calls/order.js";
import { Instances } from "../library/instances.js";
import type { Outlet } from "../link/outlet.js";
import type { WorkerEffect, WorkerEvent } from "../machine/event.js";
import type { LibraryEffect } from "../machine/libraries/library-event.js";
import { isRestless } from "../machine/libraries/on-due.js";
import { step } from "../machine/step.js";
import type { World } from "../machine/world.js";
import type { NewsFeed } from "../news.js";
import type { Runner } from "../run/contract.js";
import type { Parts } from "./parts.js";
import { TaskRuns } from "./task-runs.js";
import { Transfers } from "./transfers.js";
import { assignmentOf, assignOf, deploymentOf, keyOf, orderOf } from "./translate.js";

export interface BodyOptions {
  readonly world: World;
  readonly store: CacheStore;
  readonly outlet: Outlet;
  readonly news: NewsFeed;
  readonly runner: Runner;
  readonly linksLocally: boolean;
  /** After each turn: what was taken in. */
  onTurn(events: readonly WorkerEvent[]): void;
}

/** Setup and Release are the session's business. */
export type WorkMessage = Exclude<ManagerMessage, { type: "setup" | "release" }>;

/** Limits of calls are looked at so often while there are calls. */
const DUE_MS = 25;

/** The worker's machine with hands: takes events in, performs what it asks for. */
export class Body {
  readonly tasks: TaskRuns;
  readonly transfers: Transfers;
  readonly parts: Parts;
  readonly calls: Calls;
  readonly #instances: Instances;
  readonly #options: BodyOptions;
  #inbox: WorkerEvent[] = [];
  #busy = false;
  /** Managers that this worker has left behind. */
  #managers = 0;
  #due: NodeJS.Timeout | undefined;

  constructor(options: BodyOptions) {
    this.#options = options;
    const { world, store, outlet, news, runner, linksLocally } = options;
    this.parts = {
      world,
      store,
      outlet,
      news,
      runner,
      linksLocally,
      receiver: "",
      nowMs: () => performance.now(),
      post: (event) => this.post([event]),
    };
    this.#instances = new Instances(this.parts);
    this.calls = new Calls(this.parts, this.#instances);
    this.tasks = new TaskRuns(this.parts, this.#instances);
    this.transfers = new Transfers(this.parts);
  }

  /** One turn for all of them, at once; events that come up meanwhile make the next turn. */
  post(events: readonly WorkerEvent[]): void {
    this.#inbox.push(...events);
    if (this.#busy) return;
    this.#busy = true;
    try {
      while (this.#inbox.length > 0) this.#turn(this.#inbox.splice(0));
    } finally {
      this.#busy = false;
    }
  }

  /** Nothing of the last manager is of use any more. */
  changeManager(): void {
    this.#managers++;
    this.post([{ type: "manager-changed" }]);
  }

  /** What the manager sent in one batch. */
  receive(messages: readonly WorkMessage[]): void {
    const events: WorkerEvent[] = [];
    for (const message of messages) this.#translate(message, events);
    this.post(events);
  }

  /** No timer is left behind. */
  close(): void {
    clearTimeout(this.#due);
    this.#due = undefined;
  }

  #turn(events: readonly WorkerEvent[]): void {
    for (const effect of step(this.parts.world, events, this.parts.nowMs())) this.#perform(effect);
    this.#instances.flush();
    if (this.#due === undefined && isRestless(this.parts.world)) this.#armDue();
    this.#options.onTurn(events);
  }

  #armDue(): void {
    this.#due = setTimeout(() => {
      this.#due = undefined;
      this.post([{ type: "calls-due" }]);
    }, DUE_MS);
  }

  #translate(message: WorkMessage, into: WorkerEvent[]): void {
    switch (message.type) {
      case "call":
        into.push({ type: "call-asked", order: callOrderOf(message) });
        return;
      case "assign":
        into.push(this.#assigned(message));
        return;
      case "deploy":
        into.push(this.#deployed(message));
        return;
      case "retract":
      case "kill":
        into.push(...this.#revoked(message));
        return;
      case "fetch":
      case "make":
        this.transfers.asked(message);
        into.push({ type: "transfer-asked", order: orderOf(message) });
        return;
      case "drop":
        into.push({ type: "drop-asked", cacheName: message.cacheName });
        return;
      default:
        never(message);
    }
  }

  /** Nobody says whether it is a task or a call: whoever does not know it does nothing. */
  #revoked(message: Extract<WorkMessage, { type: "retract" | "kill" }>): WorkerEvent[] {
    const { task, attempt } = message;
    const key = keyOf(message, this.#managers);
    if (message.type === "kill") {
      return [
        { type: "task-killed", key },
        { type: "call-killed", task, attempt },
      ];
    }
    return [
      { type: "task-retracted", key },
      { type: "call-retracted", task, attempt },
    ];
  }

  #deployed(deploy: Extract<WorkMessage, { type: "deploy" }>): WorkerEvent {
    const key = keyOf(deploy, this.#managers);
    this.tasks.assigned(key, assignOf(deploy), deploy);
    return { type: "task-assigned", assignment: deploymentOf(deploy, key) };
  }

  #assigned(assign: Extract<WorkMessage, { type: "assign" }>): WorkerEvent {
    const key = keyOf(assign, this.#managers);
    this.tasks.assigned(key, assign);
    return { type: "task-assigned", assignment: assignmentOf(assign, key) };
  }

  #perform(effect: WorkerEffect): void {
    switch (effect.type) {
      case "start-task":
        return this.tasks.start(effect.key);
      case "kill-task":
        return this.tasks.kill(effect.key, effect.code, effect.message, effect.graceMs);
      case "return-task":
        return this.tasks.giveBack(effect.key, effect.reason, effect.message);
      case "report-end":
        return this.tasks.report(effect.key);
      case "forget-task":
        return this.tasks.forget(effect.key);
      case "start-transfer":
        return this.transfers.start(effect.transfer, effect.sizeLimit);
      case "abort-transfer":
        return this.transfers.abort(effect.transfer);
      case "report-ready":
        return this.transfers.ready(effect.transfer, effect.stored);
      case "report-failed":
        return this.transfers.failed(effect.transfer, effect.fault);
      case "report-gone":
        return this.#reportGone(effect.cacheName, effect.reason);
      case "remove-entry":
        return this.#options.store.remove(effect.cacheName);
      default:
        return this.#performCall(effect);
    }
  }

  #performCall(effect: LibraryEffect): void {
    const { calls } = this;
    switch (effect.type) {
      case "send-call":
        return calls.send(effect.flight);
      case "report-call":
        return calls.report(effect.answered);
      case "stage-call":
        return calls.stage(effect.call);
      case "cancel-call":
        return calls.stop(effect.flight, "cancel");
      case "withdraw-call":
        return calls.stop(effect.flight, "withdraw");
      case "call-runs":
        return calls.runs(effect.call);
      case "fail-call":
        return calls.fail(effect.call, effect.verdict);
      case "collect-call":
        return calls.collect(effect.answered);
      case "report-collected":
        return calls.reportCollected(effect.call);
      case "return-call":
        return calls.giveBack(effect.call, effect.reason, effect.message);
      case "forget-call":
        return calls.forget(effect.call);
      case "discard-value":
        return calls.discardValue(effect.flight);
      case "library-ready":
        return this.#instances.ready(effect.key, effect.offer);
      case "end-connection":
        return this.#instances.endConnection(effect.connection, effect.message);
      default:
        return never(effect);
    }
  }

  #reportGone(cacheName: Extract<WorkerEffect, { type: "report-gone" }>["cacheName"], reason: string): void {
    this.#options.outlet.say({ type: "replica-gone", cacheName, reason });
    this.#options.news.tell({ type: "file-gone", file: cacheName, reason });
  }
}
