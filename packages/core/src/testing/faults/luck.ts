import type { TransferFailure } from "../../coordinator/event.js";
import type { Random } from "../random.js";
import type { Counts } from "../simulator/counts.js";
import type { Luck } from "../world/order.js";
import type { FaultPlan } from "./plan.js";

const SOURCE_ERRORS = ["TRANSFER_TRUNCATED", "DIGEST_MISMATCH", "TRANSFER_STALLED"] as const;

/** Small misfortunes by the plan's probabilities, until the world heals. */
export class DrawnLuck implements Luck {
  readonly #plan: FaultPlan;
  readonly #random: Random;
  readonly #counts: Counts;
  #healed = false;

  constructor(plan: FaultPlan, random: Random, counts: Counts) {
    this.#plan = plan;
    this.#random = random;
    this.#counts = counts;
  }

  /** From now on nothing fails. */
  heal(): void {
    this.#healed = true;
  }

  transferFails(): TransferFailure | undefined {
    if (!this.#happens(this.#plan.transferFails, "transfer-fails")) return undefined;
    if (this.#random.chance(this.#plan.blameDestination)) {
      this.#counts.add("destination-fails");
      return { error: "DISK_FULL", message: "no space left on device", fault: "destination" };
    }
    return { error: this.#random.pick(SOURCE_ERRORS), message: "bad luck", fault: "source" };
  }

  startFails(): boolean {
    return this.#happens(this.#plan.startFails, "start-fails");
  }

  inputSpoils(): boolean {
    return this.#happens(this.#plan.inputSpoils, "input-spoils");
  }

  libraryFails(): boolean {
    return this.#happens(this.#plan.libraryFails, "library-fails");
  }

  killedSpeaks(): boolean {
    return this.#random.chance(0.5);
  }

  returnsWhenInputGoes(): boolean {
    return this.#random.chance(0.5);
  }

  newsTwice(): boolean {
    return this.#happens(this.#plan.newsTwice, "news-twice");
  }

  newsLate(): boolean {
    return this.#happens(this.#plan.newsLate, "news-late");
  }

  /** After a broken connection: what it had begun is dropped; else it goes on. */
  dropsWork(): boolean {
    return this.#random.chance(0.3);
  }

  /** On a new connection it tells what came of the attempts of the old one. */
  tellsThePast(): boolean {
    return this.#random.chance(0.5);
  }

  #happens(probability: number, what: string): boolean {
    if (this.#healed || probability === 0 || !this.#random.chance(probability)) return false;
    this.#counts.add(what);
    return true;
  }
}
