import { constants } from "node:os";

const ENDING = ["SIGINT", "SIGTERM"] as const;

/** Ctrl-C reaches all processes of a terminal's foreground, and a parent among them may pass it on: that is one request. */
const ECHO_MS = 500;

/**
 * On the first SIGINT or SIGTERM closes in good order and ends the process; a later one ends it at once.
 * Returns how to take the handlers away again.
 */
export function closeOnSignals(close: () => Promise<void>): () => void {
  let askedAtMs: number | undefined;
  const onSignal = (signal: NodeJS.Signals): void => {
    const exitCode = 128 + constants.signals[signal];
    const nowMs = performance.now();
    if (askedAtMs !== undefined) {
      if (nowMs - askedAtMs >= ECHO_MS) process.exit(exitCode);
      return;
    }
    askedAtMs = nowMs;
    void close().finally(() => process.exit(exitCode));
  };
  for (const signal of ENDING) process.on(signal, onSignal);
  return () => {
    // Closing takes the handlers away, but a second signal must still be heard while the first is at work.
    if (askedAtMs !== undefined) return;
    for (const signal of ENDING) process.off(signal, onSignal);
  };
}
