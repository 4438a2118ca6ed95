import { setTimeout as delay } from "node:timers/promises";
import type { ErrorCode } from "../../model/errors.js";
import { FetchError } from "../fetch-error.js";

export interface RetryPolicy {
  /** Tries in a row that brought nothing new. */
  readonly tries: number;
  readonly firstPauseMs: number;
  /** Worth another try at the same source? */
  readonly retryable: ReadonlySet<ErrorCode>;
  readonly signal: AbortSignal;
  /** Grows with what has arrived: a try that brought something starts the count anew. */
  progress(): number;
}

/** Repeats `attempt` until it works, is not worth repeating, or has brought nothing new too often. */
export async function withRetries<T>(policy: RetryPolicy, attempt: () => Promise<T>): Promise<T> {
  let fruitless = 0;
  for (;;) {
    const before = policy.progress();
    try {
      return await attempt();
    } catch (error) {
      policy.signal.throwIfAborted();
      fruitless = policy.progress() > before ? 1 : fruitless + 1;
      if (!isRetryable(policy, error) || fruitless >= policy.tries) throw error;
      await delay(policy.firstPauseMs * 2 ** (fruitless - 1), undefined, { signal: policy.signal });
    }
  }
}

function isRetryable(policy: RetryPolicy, error: unknown): boolean {
  return error instanceof FetchError && policy.retryable.has(error.code);
}
