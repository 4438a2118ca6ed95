import type { Stats } from "node:fs";
import { VineError } from "@taskvine/core/model";

/** By these we see that a file is no longer what it was. */
export interface Stamp {
  readonly ino: number;
  readonly mode: number;
  readonly size: number;
  readonly mtimeMs: number;
}

/**
 * What became of a cache entry. `loosened`: its content is what it was, but more may be done with it (a task has called
 * `chmod u+w` or `chmod +x`). `damaged`: it holds something else, is gone, or can be read by fewer.
 */
export type Change = "none" | "loosened" | "damaged";

/** A cache entry is not what it was when it came, so nothing that is made from it counts. */
export class DamagedInput extends VineError {
  readonly path: string;

  constructor(path: string) {
    super("INPUT_DAMAGED", "an input in the worker's cache was changed by a task");
    this.path = path;
  }
}

export function stampOf(stat: Stats): Stamp {
  return { ino: stat.ino, mode: stat.mode, size: stat.size, mtimeMs: stat.mtimeMs };
}

/** Links that come and go change a file's ctime, so that counts for nothing. */
export function changeOf(stat: Stats | undefined, stamp: Stamp): Change {
  const isContent = stat?.ino === stamp.ino && stat.size === stamp.size && stat.mtimeMs === stamp.mtimeMs;
  if (!isContent) return "damaged";
  if (stat.mode === stamp.mode) return "none";
  return (stat.mode & stamp.mode) === stamp.mode ? "loosened" : "damaged";
}

export function worse(one: Change, other: Change): Change {
  if (one === "damaged" || other === "damaged") return "damaged";
  return one === "none" ? other : one;
}
