import type { Stats } from "node:fs";

/** By these we see that a file is no longer what it was. */
export interface Stamp {
  readonly ino: number;
  readonly mode: number;
  readonly size: number;
  readonly mtimeMs: number;
}

export function stampOf(stat: Stats): Stamp {
  return { ino: stat.ino, mode: stat.mode, size: stat.size, mtimeMs: stat.mtimeMs };
}

export function isSame(stat: Stats, stamp: Stamp): boolean {
  return (
    stat.ino === stamp.ino &&
    stat.mode === stamp.mode &&
    stat.size === stamp.size &&
    stat.mtimeMs === stamp.mtimeMs
  );
}
