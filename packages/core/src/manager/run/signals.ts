import { constants } from "node:os";

const ENDING = ["SIGINT", "SIGTERM"] as const;

/**
 * On the first SIGINT or SIGTERM closes in good order and ends the process; the second ends it at once.
 * Returns how to take the handlers away again.
 */
export function closeOnSignals(close: () => Promise<void>): () => void {
  let asked = false;
  const onSignal = (signal: NodeJS.Signals): void => {
    const exitCode = 128 + constants.signals[signal];
    if (asked) process.exit(exitCode);
    asked = true;
    void close().finally(() => process.exit(exitCode));
  };
  for (const signal of ENDING) process.on(signal, onSignal);
  return () => {
    // Closing takes the handlers away, but a second signal must still be heard while the first is at work.
    if (asked) return;
    for (const signal of ENDING) process.off(signal, onSignal);
  };
}
