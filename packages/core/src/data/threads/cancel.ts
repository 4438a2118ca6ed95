/** A flag that one thread raises and another reads: an AbortSignal cannot cross threads. */
export type CancelFlag = Int32Array;

/** Runs `work` with a flag that is raised when the signal aborts. */
export async function withCancelFlag<T>(
  signal: AbortSignal | undefined,
  work: (flag: CancelFlag) => Promise<T>,
): Promise<T> {
  const flag = new Int32Array(new SharedArrayBuffer(4));
  if (signal === undefined) return work(flag);
  signal.throwIfAborted();
  const raise = (): void => {
    Atomics.store(flag, 0, 1);
  };
  signal.addEventListener("abort", raise, { once: true });
  try {
    return await work(flag);
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener("abort", raise);
  }
}

export function throwIfCancelled(flag: CancelFlag | undefined): void {
  if (flag !== undefined && Atomics.load(flag, 0) !== 0) throw new Error("cancelled");
}
