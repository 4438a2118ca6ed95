import { randomInt } from "node:crypto";
import { readFileSync } from "node:fs";

/** Below this, numbers drawn at random could meet. */
const LEAST = 2 ** 32;
const MOST = 2 ** 48;

/**
 * Sets the limit on file locks, which systems have kept for decades without heeding it, and starts the rest. Shells call
 * it by one letter or the other.
 */
export const WITH_LOCK_LIMIT = [
  "/bin/sh",
  "-c",
  'ulimit -w "$0" 2>/dev/null || ulimit -x "$0" 2>/dev/null; exec "$@"',
] as const;

/**
 * A limit that nobody else has: all that is started below a process with it keeps it, also in a new session, with
 * another environment, and when its parent has gone. 0 where we may not choose.
 */
export function drawLockLimit(): number {
  const inherited = readLockLimit("self");
  if (inherited === undefined || inherited < LEAST) return 0;
  return randomInt(LEAST / 2, Math.min(inherited, MOST - 1));
}

/** Infinity where there is none; undefined where it cannot be read. */
export function readLockLimit(pid: number | "self"): number | undefined {
  try {
    const match = /^Max file locks +(\S+)/m.exec(readFileSync(`/proc/${pid}/limits`, "latin1"));
    if (match === null) return undefined;
    return match[1] === "unlimited" ? Number.POSITIVE_INFINITY : Number(match[1]);
  } catch {
    return undefined;
  }
}
