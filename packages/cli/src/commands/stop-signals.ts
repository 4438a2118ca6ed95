import { EXIT } from "../exit-codes.js";

const PARENT_LOOK_MS = 1_000;
const SIGNALS = ["SIGTERM", "SIGINT", "SIGHUP"] as const;
/** Ctrl-C reaches all processes of a terminal's foreground, and the parent among them may pass it on: that is one request. */
const ECHO_MS = 500;

/** What ends in good order when it is told to. */
export interface Stoppable {
  stop(reason: string): unknown;
}

/** The first signal ends a worker or manager in good order, a later one the process: then the launcher ends the tasks. */
export class StopSignals {
  readonly #parent = process.ppid;
  readonly #watch: NodeJS.Timeout | undefined;
  readonly #onSignal = (signal: NodeJS.Signals): void => this.#stop(`received ${signal}`);
  #attended: Stoppable | undefined;
  #asked: { readonly reason: string; readonly atMs: number } | undefined;

  constructor(endsWithParent: boolean) {
    for (const signal of SIGNALS) process.on(signal, this.#onSignal);
    if (endsWithParent) this.#watch = setInterval(() => this.#look(), PARENT_LOOK_MS);
  }

  /** What came before is made up for. */
  attend(attended: Stoppable): void {
    this.#attended = attended;
    if (this.#asked !== undefined) attended.stop(this.#asked.reason);
  }

  close(): void {
    clearInterval(this.#watch);
    for (const signal of SIGNALS) process.off(signal, this.#onSignal);
  }

  #look(): void {
    if (process.ppid !== this.#parent) this.ask("its parent process ended");
  }

  /** Asks by other ways than a signal. */
  ask(reason: string): void {
    if (this.#asked === undefined) this.#stop(reason);
  }

  #stop(reason: string): void {
    const nowMs = performance.now();
    if (this.#asked !== undefined) {
      if (nowMs - this.#asked.atMs >= ECHO_MS) process.exit(EXIT.failed);
      return;
    }
    this.#asked = { reason, atMs: nowMs };
    this.#attended?.stop(reason);
  }
}
