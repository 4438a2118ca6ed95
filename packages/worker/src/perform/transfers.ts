import { basename } from "node:path";
import { FetchError, fetchFile, unpackArchive } from "@taskvine/core/data";
import { LIMITS, never, type TransferId, VineError } from "@taskvine/core/model";
import type { Fetch, Make, MakeRecipe } from "@taskvine/core/protocol";
import type { Stored } from "../machine/tables/entry.js";
import type { TransferFault } from "../machine/tables/order.js";
import type { Arrival } from "./arrival.js";
import { inputDamaged, runMiniTask } from "./mini-task.js";
import type { Parts } from "./parts.js";

type Unpack = Extract<MakeRecipe, { type: "unpack" }>;

interface Place {
  readonly into: string;
  readonly sizeLimit: number;
  readonly signal: AbortSignal;
}

interface Job {
  readonly message: Fetch | Make;
  readonly abort: AbortController;
}

/** Performs the fetches and makes that the machine starts. */
export class Transfers {
  readonly #parts: Parts;
  readonly #jobs = new Map<TransferId, Job>();
  readonly #working = new Set<Promise<void>>();
  #count = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  asked(message: Fetch | Make): void {
    if (!this.#jobs.has(message.transfer))
      this.#jobs.set(message.transfer, { message, abort: new AbortController() });
  }

  start(transfer: TransferId, sizeLimit: number): void {
    const job = this.#jobs.get(transfer);
    if (job === undefined) return;
    const work = this.#bring(job, sizeLimit).finally(() => this.#working.delete(work));
    this.#working.add(work);
  }

  abort(transfer: TransferId): void {
    this.#jobs.get(transfer)?.abort.abort();
    this.#jobs.delete(transfer);
  }

  ready(transfer: TransferId, stored: Stored): void {
    this.#jobs.delete(transfer);
    const { size, digest, kind } = stored;
    this.#parts.store.remember(stored);
    this.#parts.outlet.say({
      type: "replica-ready",
      transfer,
      size,
      kind,
      ...(digest === undefined ? {} : { digest }),
    });
  }

  failed(transfer: TransferId, fault: TransferFault): void {
    const job = this.#jobs.get(transfer);
    this.#jobs.delete(transfer);
    this.#parts.outlet.say({ type: "transfer-failed", transfer, failure: fault });
    const file = job?.message.cacheName ?? "";
    this.#parts.news.tell({ type: "file-failed", file, code: fault.error, message: fault.message });
  }

  /** Resolves when nothing is under way any more. */
  async settled(): Promise<void> {
    for (const { abort } of this.#jobs.values()) abort.abort();
    while (this.#working.size > 0) await Promise.all(this.#working);
  }

  async #bring(job: Job, sizeLimit: number): Promise<void> {
    const { message, abort } = job;
    const { store, world, post, news } = this.#parts;
    const { transfer, cacheName, lifetime } = message;
    const into = store.incomingPath(`${transfer}-${++this.#count}`);
    try {
      const { via, ...arrival } = await this.#work(job, into, sizeLimit);
      abort.signal.throwIfAborted();
      if (world.transfers.get(transfer)?.state !== "running") {
        store.discard(into);
        return;
      }
      const stored: Stored = { cacheName, lifetime, ...arrival };
      if (world.cache.has(cacheName)) store.discard(into);
      else store.adopt(cacheName, into);
      news.tell({ type: "file-ready", file: cacheName, bytes: stored.size, via });
      post({ type: "transfer-arrived", transfer, stored });
    } catch (error) {
      store.discard(into);
      if (!abort.signal.aborted)
        post({ type: "transfer-failed", transfer, fault: faultOf(error, sizeLimit) });
    }
  }

  async #work({ message, abort }: Job, into: string, sizeLimit: number): Promise<Arrival> {
    if (message.type === "fetch") return this.#fetch(message, { into, sizeLimit, signal: abort.signal });
    const { recipe } = message;
    switch (recipe.type) {
      case "unpack":
        return this.#unpack(recipe, { into, sizeLimit, signal: abort.signal });
      case "mini-task":
        return runMiniTask(this.#parts, {
          recipe,
          key: `make-${basename(into)}`,
          into,
          signal: abort.signal,
        });
      default:
        return never(recipe);
    }
  }

  async #unpack(recipe: Unpack, { into, sizeLimit, signal }: Place): Promise<Arrival> {
    const { store, post } = this.#parts;
    const { format, archive } = recipe;
    const stamp = store.stampOf(archive);
    const limits = { bytes: sizeLimit };
    const unpacked = await unpackArchive({ archive: store.pathOf(archive), format, into, limits, signal });
    if (store.stampOf(archive) !== stamp || store.changeOf(archive) === "damaged") {
      post({ type: "entry-damaged", cacheName: archive, reason: "changed by a task that had it as input" });
      throw inputDamaged();
    }
    return { kind: format === "gz" ? "file" : "tree", ...unpacked, via: "unpack" };
  }

  async #fetch(message: Fetch, where: Place): Promise<Arrival> {
    const { kind, size, digest, executable, source } = message;
    const { receiver, linksLocally } = this.#parts;
    const localPath = source.type === "peer" && linksLocally ? source.localPath : "";
    return fetchFile({
      source: source.type === "peer" ? { ...source, receiver, localPath } : source,
      kind,
      executable,
      ...where,
      ...(size === undefined ? {} : { size }),
      ...(digest === undefined ? {} : { digest }),
    });
  }
}

/** Whose fault: as the data plane says; of what it does not know, the file's where no other place does better, else ours. */
function faultOf(error: unknown, sizeLimit: number): TransferFault {
  const { code, message, retry } = VineError.from(error);
  // The bound on bytes was ours, not the one for archives: a worker with more disk may unpack it.
  const isOverBudget =
    code === "ARCHIVE_BOMB" && message.includes("archiveBytes") && sizeLimit < LIMITS.archiveBytes;
  if (isOverBudget)
    return { error: "CACHE_FULL", message: "unpacked it does not fit the cache", fault: "destination" };
  if (error instanceof FetchError) return { error: code, message, fault: error.fault };
  return { error: code, message, fault: retry || code === "INTERNAL" ? "destination" : "file" };
}
