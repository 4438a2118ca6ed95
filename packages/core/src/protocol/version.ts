import { VineError } from "../model/errors.js";

/** First and last version of a protocol that an end speaks. */
export interface VersionRange {
  readonly min: number;
  readonly max: number;
}

/** What this release speaks. A change that an older end would misread raises `max`. */
export const PROTOCOL_VERSIONS: VersionRange = { min: 1, max: 1 };

/** The newest version that both ends speak. Throws VERSION_MISMATCH with a sentence that names both ranges. */
export function agreeVersion(ours: VersionRange, theirs: VersionRange): number {
  const version = Math.min(ours.max, theirs.max);
  if (version >= Math.max(ours.min, theirs.min)) return version;
  const older = theirs.max < ours.min ? "the peer" : "this end";
  throw new VineError("VERSION_MISMATCH", `we speak protocol ${spoken(ours)}, the peer ${spoken(theirs)}`, {
    hint: `Upgrade ${older}.`,
  });
}

function spoken(range: VersionRange): string {
  return range.min === range.max ? String(range.min) : `${range.min}–${range.max}`;
}
