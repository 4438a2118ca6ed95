const PATIENCE_MS = 60_000;
const LOOK_MS = 10;

/**
 * Waits until `look` gives something other than undefined or false. Rejects after the patience is over, saying `what` did not come about.
 * For states that nobody announces; where there is an event or a promise, wait for that.
 */
export async function eventually<T>(
  what: string,
  look: () => T | undefined | false | Promise<T | undefined | false>,
  patienceMs: number = PATIENCE_MS,
): Promise<T> {
  const deadlineMs = performance.now() + patienceMs;
  for (;;) {
    const seen = await look();
    if (seen !== undefined && seen !== false) return seen;
    if (performance.now() > deadlineMs) throw new Error(`not within ${patienceMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}
