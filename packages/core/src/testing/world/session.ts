import type { Event } from "../../coordinator/event.js";
import type { WorkerId } from "../../model/ids.js";
import type { Alarm, FakeClock } from "../fake-clock.js";
import type { Order } from "./order.js";

export interface LanePorts<Message> {
  readonly clock: FakeClock;
  readonly delayMs: () => number;
  /** While this is false nothing arrives, and nothing is lost yet. */
  readonly passes: () => boolean;
  readonly deliver: (message: Message) => void;
}

const RETRY_MS = 50;

/** One direction of a connection: every message once, in order, later; until it is closed. */
export class Lane<Message> {
  readonly #ports: LanePorts<Message>;
  readonly #queue: { readonly atMs: number; readonly message: Message }[] = [];
  #lastMs = 0;
  #alarm: Alarm | undefined;
  #closed = false;

  constructor(ports: LanePorts<Message>) {
    this.#ports = ports;
  }

  send(message: Message): void {
    if (this.#closed) return;
    this.#lastMs = Math.max(this.#lastMs, this.#ports.clock.nowMs + this.#ports.delayMs());
    this.#queue.push({ atMs: this.#lastMs, message });
    if (this.#alarm === undefined) this.#wait(this.#lastMs);
  }

  /** Nothing arrives any more. Returns what was on its way. */
  close(): Message[] {
    this.#closed = true;
    this.#alarm?.cancel();
    this.#alarm = undefined;
    return this.#queue.splice(0).map((item) => item.message);
  }

  #wait(untilMs: number): void {
    this.#alarm = this.#ports.clock.at(untilMs, () => {
      this.#alarm = undefined;
      if (this.#ports.passes()) this.#next();
      else this.#wait(this.#ports.clock.nowMs + RETRY_MS);
    });
  }

  #next(): void {
    const head = this.#queue.shift();
    const after = this.#queue[0];
    if (after !== undefined) this.#wait(after.atMs);
    if (head !== undefined) this.#ports.deliver(head.message);
  }
}

/** One connection of a worker, from joining until either side holds it for lost. */
export interface Session {
  readonly id: WorkerId;
  readonly orders: Lane<readonly Order[]>;
  readonly news: Lane<Event>;
}
