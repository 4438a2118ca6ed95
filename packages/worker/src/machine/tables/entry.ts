import type { CacheName, FileKind, Lifetime } from "@taskvine/core/model";

/**
 * A name in the cache. `coming`: a fetch or make is under way; `ready`: whole, verified, on disk;
 * `leaving`: to be dropped, but something still uses it.
 */
export type EntryState = "coming" | "ready" | "leaving";

/** Every move that a name in the cache can make; `absent` is not kept. docs/STATES.md is drawn from it. */
export const CACHE_MOVES = {
  absent: ["coming", "ready"],
  coming: ["ready", "absent"],
  ready: ["leaving", "absent"],
  leaving: ["ready", "absent"],
} as const satisfies Record<EntryState | "absent", readonly (EntryState | "absent")[]>;

/** What is known of one name in the cache. Written by the cache table only. */
export interface Entry {
  readonly cacheName: CacheName;
  state: EntryState;
  lifetime: Lifetime;
  kind: FileKind;
  /** Bytes on disk; while it is coming, the bytes set aside for it. */
  size: number;
  digest: string | undefined;
  lastUsedMs: number;
}

/** What became known of content when it was put into the cache. */
export interface Stored {
  readonly cacheName: CacheName;
  readonly lifetime: Lifetime;
  readonly kind: FileKind;
  readonly size: number;
  readonly digest?: string;
}
