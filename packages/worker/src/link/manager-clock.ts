/**
 * The manager's monotonic clock, as far as we can know it: a batch tells what it showed when it was sent. The largest
 * difference seen is the nearest to the truth, as it is that of the quickest batch.
 */
export class ManagerClock {
  #offsetMs = Number.NEGATIVE_INFINITY;

  reset(): void {
    this.#offsetMs = Number.NEGATIVE_INFINITY;
  }

  heard(clockMs: number, ourMs: number): void {
    if (clockMs > 0) this.#offsetMs = Math.max(this.#offsetMs, clockMs - ourMs);
  }

  /** Before any news: far in the future, when no ticket is good. */
  at(ourMs: number): number {
    return Number.isFinite(this.#offsetMs) ? ourMs + this.#offsetMs : Number.MAX_SAFE_INTEGER;
  }
}
