import { setMaxListeners } from "node:events";
import type { VineFile } from "../manager/api/vine-file.js";
import { VineError } from "../model/errors.js";
import type { Executor, ExecutorMessage } from "./executor.js";

export interface RequestOptions {
  readonly attachments?: readonly Uint8Array[];
  readonly files?: readonly VineFile[];
  readonly signal?: AbortSignal;
  /** Called for each piece of progress; the next one is asked for when it has settled. */
  onProgress?(progress: ExecutorMessage): void | Promise<void>;
}

/** An executor at work in a manager: its requests, and their ends. */
export class RunningExecutor implements AsyncDisposable {
  readonly name: string;
  readonly #executor: Executor;
  readonly #release: () => void;
  readonly #requests = new Map<Promise<unknown>, AbortController>();
  #closing: Promise<void> | undefined;

  /** `release`: ends what the executor declared and submitted. */
  constructor(name: string, executor: Executor, release: () => void) {
    this.name = name;
    this.#executor = executor;
    this.#release = release;
  }

  /**
   * Does what `body` asks, in the executor's own words. Rejects with the executor's error; with CANCELLED as soon as the
   * signal is aborted or the executor closed, whether it obeys or not.
   */
  async execute(body: unknown, options: RequestOptions = {}): Promise<ExecutorMessage> {
    if (this.#closing !== undefined)
      throw new VineError("MANAGER_CLOSED", `the executor ${this.name} has been closed`);
    const controller = new AbortController();
    // Whatever the request begins may listen to it.
    setMaxListeners(0, controller.signal);
    const run = this.#run(body, options, controller.signal);
    this.#requests.set(run, controller);
    const abort = (): void => controller.abort();
    options.signal?.addEventListener("abort", abort, { once: true });
    if (options.signal?.aborted === true) abort();
    try {
      return await Promise.race([run, aborted(controller.signal, this.name)]);
    } finally {
      options.signal?.removeEventListener("abort", abort);
      this.#requests.delete(run);
      // Whoever waited has its answer; what is still at work here ends by itself.
      run.catch(() => undefined);
      controller.abort();
    }
  }

  /** Ends its requests, then itself, and what it has in the cluster. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #run(body: unknown, options: RequestOptions, signal: AbortSignal): Promise<ExecutorMessage> {
    const { attachments = [], files = [] } = options;
    try {
      const steps = this.#executor.execute({ body, attachments, files, signal });
      for (let step = await steps.next(); ; step = await steps.next()) {
        const message = this.#checked(step.value);
        if (step.done === true) return message;
        if (signal.aborted) await steps.return(message);
        else await options.onProgress?.(message);
      }
    } catch (thrown) {
      throw VineError.from(thrown, "EXECUTOR_FAILED");
    }
  }

  #checked(message: unknown): ExecutorMessage {
    if (typeof message === "object" && message !== null && "body" in message) return message;
    throw new VineError("EXECUTOR_FAILED", `the executor ${this.name} gave something that is no message`, {
      hint: "What is yielded and returned is { body, attachments? }.",
    });
  }

  async #close(): Promise<void> {
    for (const controller of this.#requests.values()) controller.abort();
    this.#release();
    try {
      await this.#executor.close();
    } catch (thrown) {
      throw VineError.from(thrown, "EXECUTOR_FAILED");
    }
  }
}

function aborted(signal: AbortSignal, name: string): Promise<never> {
  const error = new VineError("CANCELLED", `the request to the executor ${name} was given up`);
  return new Promise((_, reject) => {
    if (signal.aborted) reject(error);
    signal.addEventListener("abort", () => reject(error), { once: true });
  });
}
