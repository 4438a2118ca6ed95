/** Time for the coordinator and for tickets. Counted on from the start, so that a clock that is set changes nothing. */
export interface Clock {
  /** Milliseconds since the epoch, as the wall clock showed at the start. */
  nowMs(): number;
  /** Milliseconds of the monotonic clock, whole. */
  monotonicMs(): number;
}

export function startClock(): Clock {
  const offsetMs = Date.now() - performance.now();
  return {
    nowMs: () => offsetMs + performance.now(),
    monotonicMs: () => Math.floor(performance.now()),
  };
}
