import type { Worker } from "@taskvine/worker";
import { EXIT } from "../exit-codes.js";

const PARENT_LOOK_MS = 1_000;
const SIGNALS = ["SIGTERM", "SIGINT", "SIGHUP"] as const;

/** The first signal ends the worker in good order, the second one the process: then the launcher ends the tasks. */
export class StopSignals {
  readonly #parent = process.ppid;
  readonly #watch: NodeJS.Timeout | undefined;
  readonly #onSignal = (signal: NodeJS.Signals): void => this.#stop(`received ${signal}`);
  #worker: Worker | undefined;
  #reason: string | undefined;

  constructor(endsWithParent: boolean) {
    for (const signal of SIGNALS) process.on(signal, this.#onSignal);
    if (endsWithParent) this.#watch = setInterval(() => this.#look(), PARENT_LOOK_MS);
  }

  /** What came before is made up for. */
  attend(worker: Worker): void {
    this.#worker = worker;
    if (this.#reason !== undefined) void worker.stop(this.#reason);
  }

  close(): void {
    clearInterval(this.#watch);
    for (const signal of SIGNALS) process.off(signal, this.#onSignal);
  }

  #look(): void {
    if (process.ppid !== this.#parent && this.#reason === undefined) this.#stop("its parent process ended");
  }

  #stop(reason: string): void {
    if (this.#reason !== undefined) process.exit(EXIT.failed);
    this.#reason = reason;
    void this.#worker?.stop(reason);
  }
}
