import { setImmediate } from "node:timers/promises";

/** Short enough for the link and the data server to go on beside. */
const BURST_MS = 5;

/**
 * For a loop that looks at very many files synchronously: for what the system has in memory that costs a tenth of asking in
 * the background. Awaited after each, it lets others go ahead whenever the burst has taken its time.
 */
export function breaths(): () => Promise<void> | undefined {
  let sinceMs = performance.now();
  return () => {
    if (performance.now() - sinceMs < BURST_MS) return undefined;
    return setImmediate().then(() => {
      sinceMs = performance.now();
    });
  };
}
