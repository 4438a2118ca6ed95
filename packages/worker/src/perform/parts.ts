import type { CacheStore } from "../cache/store.js";
import type { Outlet } from "../link/outlet.js";
import type { WorkerEvent } from "../machine/event.js";
import type { World } from "../machine/world.js";
import type { NewsFeed } from "../news.js";
import type { Runner } from "../run/contract.js";

/** What performers of effects work with. */
export interface Parts {
  readonly world: World;
  readonly store: CacheStore;
  readonly outlet: Outlet;
  readonly news: NewsFeed;
  readonly runner: Runner;
  /** Take files of other workers on this host by links. */
  readonly linksLocally: boolean;
  /** The name under which the manager makes out tickets for us; "" before it said so. */
  receiver: string;
  /** Monotonic, milliseconds. */
  nowMs(): number;
  /** Takes the event in before it returns. */
  post(event: WorkerEvent): void;
}
