import type { FileKind, Lifetime } from "../files/file.js";
import type { CacheName, WorkerId } from "../model/ids.js";
import type { Resources } from "../model/resources.js";

/** A cache entry that a worker had before it joined. */
export interface HeldReplica {
  readonly cacheName: CacheName;
  readonly size: number;
  readonly kind: FileKind;
  readonly lifetime: Lifetime;
  readonly digest?: string;
}

/** A worker as it introduced itself. Never changes while it is connected. */
export interface WorkerSpec {
  readonly id: WorkerId;
  readonly name: string;
  readonly host: string;
  /** Same for workers that can link each other's files: machine, boot and user. */
  readonly hostId: string;
  readonly resources: Resources;
  readonly features: readonly string[];
  /** When it will leave, milliseconds since the epoch by the manager's clock; absent: stays. */
  readonly endsAtMs?: number;
  readonly holds: readonly HeldReplica[];
  /** It begins calls with what others that it has return. */
  readonly linksCalls?: boolean;
}
