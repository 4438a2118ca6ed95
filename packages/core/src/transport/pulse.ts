/** Monotonic milliseconds: a clock that is set, by whom and to what ever, ends no session. */
export const nowMs = (): number => performance.now();

/** Beats so long in coming that our own process must have stood still. */
const OVERSLEPT = 3;

/** Calls `beat` regularly. After a standstill of our own process `sleptMs` says for how long nobody could be heard. */
export class Pulse {
  readonly #timer: NodeJS.Timeout;
  #lastMs = nowMs();

  constructor(everyMs: number, beat: (now: number, sleptMs: number) => void) {
    this.#timer = setInterval(() => {
      const now = nowMs();
      const gapMs = now - this.#lastMs;
      this.#lastMs = now;
      beat(now, gapMs > OVERSLEPT * everyMs ? gapMs : 0);
    }, everyMs);
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
