import type { Effect } from "../../coordinator/effect.js";
import type { Event } from "../../coordinator/event.js";

/** What takes the turns: the coordinator, or anything that steps like it. */
export interface Mind {
  step(events: readonly Event[], nowMs: number): Effect[];
  readonly nextDeadlineMs: number | undefined;
}

export interface TurnOptions {
  readonly mind: Mind;
  /** Milliseconds since the epoch that never jump. */
  nowMs(): number;
  perform(effects: readonly Effect[]): void;
  /** The mind threw: nothing can be trusted any more. */
  onFault(cause: unknown): void;
}

const LONGEST_ALARM_MS = 2 ** 31 - 1;

/**
 * Everything that happens goes through here: a step for all events that have come, then its effects. What comes first in a
 * round of the event loop, and with it, is taken at once; what comes after that is taken together at the end of the round.
 */
export class Turn {
  readonly #options: TurnOptions;
  #inbox: Event[] = [];
  /** To be told once the inbox has been taken. */
  #news: (() => void)[] = [];
  #scheduled = false;
  #alarm: NodeJS.Timeout | undefined;
  #stopped = false;
  #taking = false;
  /** A turn was taken in this round of the event loop: what comes now is gathered until its end. */
  #isBusy = false;

  constructor(options: TurnOptions) {
    this.#options = options;
  }

  post(event: Event): void {
    if (this.#stopped) return;
    this.#inbox.push(event);
    if (this.#scheduled) return;
    this.#scheduled = true;
    if (this.#isBusy) {
      setImmediate(this.#take);
      return;
    }
    this.#isBusy = true;
    queueMicrotask(this.#take);
    setImmediate(this.#rest);
  }

  /** Calls when what was posted before has been taken: who is told then sees it. At once where nothing waits. */
  afterwards(tell: () => void): void {
    if (this.#inbox.length === 0 && !this.#stopped) tell();
    else this.#news.push(tell);
  }

  /** Takes the turn at once, when none is being taken: what was posted shows in what is asked next. */
  now(): void {
    if (!this.#taking && this.#inbox.length > 0) this.#take();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#alarm);
  }

  readonly #rest = (): void => {
    this.#isBusy = false;
  };

  readonly #take = (): void => {
    this.#scheduled = false;
    if (this.#stopped) return;
    const [events, news] = [this.#inbox, this.#news];
    [this.#inbox, this.#news] = [[], []];
    this.#taking = true;
    try {
      const effects = this.#options.mind.step(events, this.#options.nowMs());
      for (const tell of news) tell();
      this.#options.perform(effects);
    } catch (cause) {
      this.stop();
      this.#options.onFault(cause);
      return;
    } finally {
      this.#taking = false;
    }
    this.#setAlarm();
  };

  #setAlarm(): void {
    clearTimeout(this.#alarm);
    const deadlineMs = this.#options.mind.nextDeadlineMs;
    if (deadlineMs === undefined || this.#stopped) return;
    const delayMs = Math.ceil(deadlineMs - this.#options.nowMs());
    this.#alarm = setTimeout(
      () => this.post({ type: "tick" }),
      Math.min(Math.max(delayMs, 1), LONGEST_ALARM_MS),
    );
  }
}
