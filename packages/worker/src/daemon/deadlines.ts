/** Calls once when nothing was noted for a time. */
export class IdleWatch {
  readonly #timeoutMs: number;
  readonly #isIdle: () => boolean;
  readonly #onIdle: () => void;
  #lastMs = performance.now();
  #timer: NodeJS.Timeout;

  constructor(timeoutMs: number, isIdle: () => boolean, onIdle: () => void) {
    this.#timeoutMs = timeoutMs;
    this.#isIdle = isIdle;
    this.#onIdle = onIdle;
    this.#timer = setTimeout(() => this.#look(), timeoutMs);
  }

  /** Something happened. */
  note(): void {
    this.#lastMs = performance.now();
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #look(): void {
    if (!this.#isIdle()) this.note();
    const restMs = this.#lastMs + this.#timeoutMs - performance.now();
    if (restMs <= 0) this.#onIdle();
    else this.#timer = setTimeout(() => this.#look(), Math.ceil(restMs));
  }
}

/** When a worker with a wall time begins to leave, and when it is gone. */
export class WallTime {
  readonly #endsAtMs: number;
  readonly #timers: NodeJS.Timeout[];

  constructor(wallTimeMs: number, onNear: () => void, onOver: () => void) {
    this.#endsAtMs = performance.now() + wallTimeMs;
    // Time for tasks to end and for files to be copied elsewhere; then for good-byes.
    const leadMs = Math.min(10_000, wallTimeMs * 0.2);
    const goodbyeMs = Math.min(2_000, wallTimeMs * 0.1);
    this.#timers = [setTimeout(onNear, wallTimeMs - leadMs), setTimeout(onOver, wallTimeMs - goodbyeMs)];
  }

  get restMs(): number {
    return Math.max(1, Math.round(this.#endsAtMs - performance.now()));
  }

  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
  }
}
