import { tmpdir } from "node:os";
import { type CacheName, LIMITS, type Resources } from "@taskvine/core/model";
import { CacheStore } from "../cache/store.js";
import { detectResources } from "../detect/resources.js";
import { Outlet } from "../link/outlet.js";
import type { WorkerEvent } from "../machine/event.js";
import { createWorld, type World } from "../machine/world.js";
import { type NewsFeed } from "../news.js";
import { Body } from "../perform/body.js";
import { createRunner } from "../run/runner.js";
import { DataSide } from "./data-side.js";
import type { ResolvedOptions } from "./options.js";
import { temporaryDirectory } from "./temporary-directory.js";
import { asDirectoryError } from "./unusable-directory.js";

const TRANSFERS_QUEUED = 100_000;
const INPUT_PATIENCE_MS = 60_000;
const OVERTAKING = 32;

/** Everything of a worker that does not depend on a manager, running. */
export interface Equipment {
  readonly body: Body;
  readonly store: CacheStore;
  readonly outlet: Outlet;
  readonly news: NewsFeed;
  readonly data: DataSide;
  readonly resources: Resources;
  readonly features: readonly string[];
  /** The directory is a temporary one, made for this worker. */
  readonly ownsDirectory: boolean;
  close(): Promise<void>;
}

/** Takes the directory, finds out what there is to offer, starts the launcher and the data server. */
export async function setUp(
  options: ResolvedOptions,
  news: NewsFeed,
  onTurn: (events: readonly WorkerEvent[]) => void,
): Promise<Equipment> {
  const ends: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  const ownsDirectory = options.workdir === undefined;
  let directory = options.workdir ?? tmpdir();
  try {
    if (ownsDirectory) directory = await temporaryDirectory();
    const { store, held } = await CacheStore.open(directory);
    ends.push(() => store.close(keepWhat(options), ownsDirectory));
    // The lock that is left in a temporary directory tells the next worker that it may remove it.
    if (!ownsDirectory) ends.push(onExit(() => store.unlock()));
    const { resources, features } = await detectResources(options.resources, directory, (reason) => {
      if (options.resources.gpus !== undefined) return;
      const message = `nvidia-smi does not say which gpus there are, so none are offered: ${reason}`;
      news.tell({ type: "warning", code: "GPUS_UNKNOWN", message });
    });
    const world = createWorld(limitsFor(resources), held, performance.now());
    const outlet = new Outlet();
    const running: { body?: Body } = {};
    const runner = await createRunner({
      root: store.places.sandboxes,
      events: {
        onWatched: (key, name, offset, data) => running.body?.tasks.watched(key, name, offset, data),
      },
    });
    ends.push(() => runner.close());
    const body = new Body({ world, store, outlet, news, runner, linksLocally: options.localLinks, onTurn });
    running.body = body;
    ends.push(() => {
      store.noteUses(orderOfUse(world));
      return Promise.resolve();
    });
    ends.push(() => body.transfers.settled());
    ends.push(() => {
      body.close();
      return Promise.resolve();
    });
    const data = await DataSide.start(body, options);
    ends.push(() => data.close());
    const allFeatures = [...new Set([...options.features, ...features])];
    return { body, store, outlet, news, data, resources, features: allFeatures, ownsDirectory, close };
  } catch (error) {
    await close().catch(() => undefined);
    throw asDirectoryError(error, directory);
  }
}

/** Returns how to take it away again. */
function onExit(work: () => void): () => Promise<void> {
  process.once("exit", work);
  return () => {
    process.off("exit", work);
    return Promise.resolve();
  };
}

function orderOfUse(world: World): CacheName[] {
  const entries = [...world.cache.values()].sort((a, b) => a.lastUsedMs - b.lastUsedMs);
  return entries.map((entry) => entry.cacheName);
}

function keepWhat(options: ResolvedOptions): "everything" | "lasting" | "nothing" {
  if (options.keepWorkdir) return "everything";
  return options.workdir === undefined ? "nothing" : "lasting";
}

function limitsFor(resources: Resources): Parameters<typeof createWorld>[0] {
  return {
    resources,
    fetches: LIMITS.transfersPerDestination,
    // Beside the tasks, one a core: libraries stay where they are, and to wait for their room could last for ever.
    makes: Math.max(1, Math.floor(resources.cores)),
    transfersQueued: TRANSFERS_QUEUED,
    inputPatienceMs: INPUT_PATIENCE_MS,
    overtaking: OVERTAKING,
  };
}
