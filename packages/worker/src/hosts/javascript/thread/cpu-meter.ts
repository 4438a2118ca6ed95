import { readFileSync } from "node:fs";

/** Asking costs some ten microseconds: of shorter calls it is not worth it. */
const BRIEF_US = 1000;
const NS_PER_US = 1000;

let seenUs: number | undefined;

/** Processor time of the call that just ended, microseconds; undefined where it was too short to be asked, or the first to be. */
export function measuredCpuUs(wallUs: number): number | undefined {
  if (wallUs < BRIEF_US) return undefined;
  const nowUs = threadCpuUs();
  if (nowUs === undefined) return undefined;
  // Short calls since the last one that was asked about count as this one's.
  const spentUs = seenUs === undefined ? undefined : Math.round(nowUs - seenUs);
  seenUs = nowUs;
  return spentUs === undefined ? undefined : Math.min(wallUs, spentUs);
}

/** Of this thread since it began; undefined where the system does not tell. */
function threadCpuUs(): number | undefined {
  try {
    const [ns] = readFileSync("/proc/thread-self/schedstat", "latin1").split(" ", 1);
    return Number(ns) / NS_PER_US;
  } catch {
    return undefined;
  }
}
