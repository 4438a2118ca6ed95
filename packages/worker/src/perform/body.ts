import { never } from "@taskvine/core/model";
import type { ManagerMessage } from "@taskvine/core/protocol";
import type { CacheStore } from "../cache/store.js";
import type { Outlet } from "../link/outlet.js";
import type { WorkerEffect, WorkerEvent } from "../machine/event.js";
import { step } from "../machine/step.js";
import type { World } from "../machine/world.js";
import type { NewsFeed } from "../news.js";
import type { Runner } from "../run/contract.js";
import type { Parts } from "./parts.js";
import { TaskRuns } from "./task-runs.js";
import { Transfers } from "./transfers.js";
import { assignmentOf, keyOf, orderOf } from "./translate.js";

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

/** The worker's machine with hands: takes events in, performs what it asks for. */
export class Body {
  readonly tasks: TaskRuns;
  readonly transfers: Transfers;
  readonly parts: Parts;
  readonly #options: BodyOptions;
  #inbox: WorkerEvent[] = [];
  #busy = false;
  /** Managers that this worker has left behind. */
  #managers = 0;

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
    this.tasks = new TaskRuns(this.parts);
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
    this.post(messages.map((message) => this.#eventOf(message)));
  }

  #turn(events: readonly WorkerEvent[]): void {
    for (const effect of step(this.parts.world, events, this.parts.nowMs())) this.#perform(effect);
    this.#options.onTurn(events);
  }

  #eventOf(message: WorkMessage): WorkerEvent {
    switch (message.type) {
      case "assign":
        return this.#assigned(message);
      case "retract":
        return { type: "task-retracted", key: keyOf(message, this.#managers) };
      case "kill":
        return { type: "task-killed", key: keyOf(message, this.#managers) };
      case "fetch":
      case "make":
        this.transfers.asked(message);
        return { type: "transfer-asked", order: orderOf(message) };
      case "drop":
        return { type: "drop-asked", cacheName: message.cacheName };
      default:
        return never(message);
    }
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
        return this.tasks.kill(effect.key, effect.code, effect.message);
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
        return never(effect);
    }
  }

  #reportGone(cacheName: Extract<WorkerEffect, { type: "report-gone" }>["cacheName"], reason: string): void {
    this.#options.outlet.say({ type: "replica-gone", cacheName, reason });
    this.#options.news.tell({ type: "file-gone", file: cacheName, reason });
  }
}
