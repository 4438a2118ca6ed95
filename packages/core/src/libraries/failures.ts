import type { WorkerId } from "../model/ids.js";

/** Workers at which a library fails to start in the same way before that is said. */
const ALIKE = 3;

/** `news`: with other words than before; `everywhere`: with the same ones at a third worker; `known`: that was said. */
export type Novelty = "news" | "everywhere" | "known";

/** What is remembered of the starts of a library that failed, and of calls for whose values there was no room. */
export class Failures {
  /** Starts, in all. */
  count = 0;
  /** How the last start failed. */
  last = "";
  /** Since a call was answered: where there was no room for what one returned, and why. */
  lackedRoom: string | undefined;
  #words: string | undefined;
  readonly #at = new Set<WorkerId | undefined>();

  /** A start has failed there; by its last line it is told whether that is known. */
  add(why: string, worker: WorkerId | undefined): Novelty {
    this.count += 1;
    this.last = why;
    const words = why.slice(why.lastIndexOf("\n") + 1);
    const isNews = words !== this.#words;
    if (isNews) this.#at.clear();
    this.#words = words;
    const before = this.#at.size;
    this.#at.add(worker);
    if (isNews) return "news";
    return before < ALIKE && this.#at.size === ALIKE ? "everywhere" : "known";
  }

  get lastWords(): string {
    return this.#words ?? "";
  }

  /** A call was answered, or the library is given up: whatever comes next is news. */
  settle(): void {
    this.lackedRoom = undefined;
    this.#words = undefined;
    this.#at.clear();
  }
}
