import type { House } from "../../manager/body/house.js";
import type { Status } from "../gateway-message.js";
import type { Outgoing } from "./outgoing.js";

const LEAST_PAUSE_MS = 250;

export interface TaskTally {
  readonly waiting: number;
  readonly running: number;
  readonly done: number;
  readonly failed: number;
}

/** Tells a client how it stands, for its progress display: when something changed, at most four times a second. */
export class StatusLine {
  readonly #tally: () => TaskTally;
  readonly #house: House;
  readonly #outgoing: Outgoing;
  #timer: NodeJS.Timeout | undefined;
  #lastMs = Number.NEGATIVE_INFINITY;
  #last: Status | undefined;
  #ended = false;

  constructor(tally: () => TaskTally, house: House, outgoing: Outgoing) {
    this.#tally = tally;
    this.#house = house;
    this.#outgoing = outgoing;
  }

  /** Something may have changed. */
  wake(): void {
    if (this.#timer !== undefined || this.#ended) return;
    const waitMs = Math.max(0, this.#lastMs + LEAST_PAUSE_MS - performance.now());
    this.#timer = setTimeout(() => this.#tell(), waitMs);
  }

  end(): void {
    this.#ended = true;
    clearTimeout(this.#timer);
  }

  #tell(): void {
    this.#timer = undefined;
    const specs = this.#house.body.workers.specs();
    const cores = specs.reduce((sum, { resources }) => sum + resources.cores, 0);
    const status: Status = { type: "status", workers: specs.length, cores, ...this.#tally() };
    if (this.#last !== undefined && isSame(this.#last, status)) return;
    this.#last = status;
    this.#lastMs = performance.now();
    this.#outgoing.say(status);
  }
}

function isSame(one: Status, other: Status): boolean {
  return (Object.keys(one) as (keyof Status)[]).every((key) => one[key] === other[key]);
}
