import type { FileKind } from "@taskvine/core/model";

/** What a fetch or make brought to a place outside of the cache. */
export interface Arrival {
  readonly kind: FileKind;
  readonly size: number;
  readonly digest?: string;
  readonly via: string;
}
