import { join } from "node:path";
import type { Event } from "../../../coordinator/event.js";
import { fetchFile } from "../../../data/index.js";
import type { Attempt, CacheName, TaskId, WorkerId } from "../../../model/ids.js";
import { Gate } from "../gate.js";
import type { Peer, Receiver } from "../sources.js";
import { discard, putInPlace } from "./place.js";
import { failureOf } from "./retrieval.js";

export interface CallValuesOptions {
  /** Values do not outlive the run. */
  readonly staging: string;
  readonly receiver: Receiver;
  readonly signal: AbortSignal;
  post(event: Event): void;
  /** The value is here, or cannot be had: the worker may forget it. */
  onDone(worker: WorkerId, cacheName: CacheName): void;
}

export interface ValueOrder {
  readonly task: TaskId;
  readonly attempt: Attempt;
  readonly cacheName: CacheName;
  readonly size: number;
  readonly peer: Peer & { readonly id: WorkerId };
}

/** Values fetched at a time. */
const WIDTH = 32;

interface Coming {
  readonly path: string;
  arrived: boolean;
}

/** What calls returned that was too large to travel with the news, and has no file of its own. */
export class CallValues {
  readonly #options: CallValuesOptions;
  readonly #gate = new Gate(WIDTH);
  readonly #coming = new Map<TaskId, Coming>();

  constructor(options: CallValuesOptions) {
    this.#options = options;
  }

  /** Brings a value here. Answered by `value-retrieved` or `value-lost`. */
  async bring(order: ValueOrder): Promise<void> {
    const { task, attempt, cacheName, peer } = order;
    const { post, onDone, staging } = this.#options;
    const coming = { path: join(staging, `value-${task}-${attempt}`), arrived: false };
    this.#coming.set(task, coming);
    try {
      await this.#gate.pass(async () => {
        if (this.#coming.get(task) === coming) await this.#fetch(order, coming.path);
      });
      coming.arrived = true;
      if (this.#coming.get(task) === coming) post({ type: "value-retrieved", task, attempt });
      else await discard(coming.path);
    } catch (thrown) {
      if (this.#coming.get(task) === coming) this.#coming.delete(task);
      post({ type: "value-lost", task, attempt, failure: failureOf(thrown) });
    } finally {
      onDone(peer.id, cacheName);
    }
  }

  /** Where the value of a task that has ended is: the file is the caller's now. Undefined: it is not here, and nobody waits for it. */
  take(task: TaskId): string | undefined {
    const coming = this.#coming.get(task);
    this.#coming.delete(task);
    return coming?.arrived === true ? coming.path : undefined;
  }

  async #fetch({ cacheName, size, peer }: ValueOrder, into: string): Promise<void> {
    const { receiver, signal } = this.#options;
    const arriving = `${into}.arriving`;
    try {
      await fetchFile({
        source: { type: "peer", ...peer.source(cacheName, receiver), receiver: receiver.name },
        kind: "file",
        executable: false,
        size,
        into: arriving,
        signal,
      });
      await putInPlace(arriving, into, "file");
    } finally {
      await discard(arriving);
    }
  }
}
