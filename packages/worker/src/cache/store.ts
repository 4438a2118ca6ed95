import { existsSync, lstatSync, readdirSync, rmdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { CacheName } from "@taskvine/core/model";
import type { Stored } from "../machine/tables/entry.js";
import { type Change, changeOf, type Stamp, stampOf } from "../sandbox/stamp.js";
import { type DirectoryLock, lockDirectory } from "./directory-lock.js";
import { EntryLog } from "./entry-log.js";
import { checkEntryName } from "./entry-name.js";
import { makeDirectory } from "./make-directory.js";
import { measure } from "./measure.js";
import { move } from "./move.js";
import { Trash } from "./trash.js";

/** Where a worker keeps what in its directory. All of it on one file system, so that things are moved by renaming. */
interface Places {
  readonly cache: string;
  /** Half-written entries. */
  readonly incoming: string;
  readonly sandboxes: string;
  readonly trash: string;
}

/**
 * The cache on disk. What is in `cache/` is whole; what is on its way lies in `incoming/` and counts for nothing.
 * Decides nothing: which entries come and go is the machine's business.
 */
export class CacheStore {
  readonly directory: string;
  readonly places: Places;
  readonly #lock: DirectoryLock;
  readonly #log: EntryLog;
  readonly #trash: Trash;
  /** `forever` entries, in order of their last use. */
  readonly #lasting = new Map<CacheName, Stored>();
  /** What entries looked like when they came; found again after a restart. */
  readonly #stamps = new Map<CacheName, Stamp>();

  private constructor(directory: string, places: Places, lock: DirectoryLock) {
    this.directory = directory;
    this.places = places;
    this.#lock = lock;
    this.#log = new EntryLog(join(directory, "entries.jsonl"));
    this.#trash = new Trash(places.trash);
  }

  /** Takes the directory, throws away what does not count, and says what an earlier worker left for us. */
  static async open(directory: string): Promise<{ store: CacheStore; held: Stored[] }> {
    const places = {
      cache: join(directory, "cache"),
      incoming: join(directory, "incoming"),
      sandboxes: join(directory, "sandboxes"),
      trash: join(directory, "trash"),
    };
    makeDirectory(directory);
    const lock = lockDirectory(directory);
    try {
      for (const place of Object.values<string>(places)) makeDirectory(place);
      const store = new CacheStore(directory, places, lock);
      return { store, held: await store.#recover() };
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  pathOf(cacheName: CacheName): string {
    return join(this.places.cache, checkEntryName(cacheName));
  }

  /** A free place for content on its way into the cache. */
  incomingPath(label: string): string {
    return join(this.places.incoming, checkEntryName(label));
  }

  /** Moves whole, read-only content into the cache, at once. What lay there under that name is thrown away. */
  adopt(cacheName: CacheName, from: string): void {
    const to = this.pathOf(cacheName);
    if (existsSync(to)) this.#trash.discard(to);
    move(from, to);
    this.#stamps.set(cacheName, stampOf(lstatSync(to)));
  }

  /** The same object for as long as the entry is the same one. */
  stampOf(cacheName: CacheName): Stamp | undefined {
    return this.#stamps.get(cacheName);
  }

  /** What became of a file since it came; of a tree only whether it is still there. */
  changeOf(cacheName: CacheName): Change {
    const stamp = this.#stamps.get(cacheName);
    const stat = lstatSync(this.pathOf(cacheName), { throwIfNoEntry: false });
    return stamp === undefined ? "damaged" : changeOf(stat, stamp);
  }

  /** What the next worker on this directory is to know. To be told again when more is known, or after a use. */
  remember(stored: Stored): void {
    if (stored.lifetime !== "forever") return;
    this.#lasting.delete(stored.cacheName);
    this.#lasting.set(stored.cacheName, stored);
    this.#log.add(stored);
  }

  /** Resolves when what was remembered so far is on disk (for a crash of this process, not of the machine). */
  async written(): Promise<void> {
    await this.#log.flushed();
  }

  /** The order in which entries were last used, oldest first, for `close` to write down. */
  noteUses(order: readonly CacheName[]): void {
    for (const cacheName of order) {
      const stored = this.#lasting.get(cacheName);
      if (stored === undefined) continue;
      this.#lasting.delete(cacheName);
      this.#lasting.set(cacheName, stored);
    }
  }

  remove(cacheName: CacheName): void {
    this.#stamps.delete(cacheName);
    this.#trash.discard(this.pathOf(cacheName));
    if (this.#lasting.delete(cacheName)) this.#log.remove(cacheName);
  }

  discard(path: string): void {
    this.#trash.discard(path);
  }

  /**
   * Ends. `keep`: `everything`, or the `lasting` entries, or `nothing`. A directory without anything kept goes itself
   * when it is `ours`.
   */
  async close(keep: "everything" | "lasting" | "nothing", ours = false): Promise<void> {
    if (keep === "nothing") this.#lasting.clear();
    if (keep !== "everything") this.#clear();
    await this.#trash.emptied();
    await this.written();
    if (keep !== "everything" && this.#lasting.size === 0) this.#removeEmpty();
    else this.#log.rewrite([...this.#lasting.values()]);
    this.#lock.release();
    if (ours) removeIfEmpty(this.directory);
  }

  /** For the very end of a process that has no time to close: the directory is free at once. */
  unlock(): void {
    this.#lock.release();
  }

  async #recover(): Promise<Stored[]> {
    for (const place of [this.places.incoming, this.places.sandboxes]) this.#discardAllIn(place);
    const held: Stored[] = [];
    for (const stored of this.#log.read()) {
      if (!(await this.#isIntact(stored))) continue;
      held.push(stored);
      this.#stamps.set(stored.cacheName, stampOf(lstatSync(this.pathOf(stored.cacheName))));
    }
    for (const stored of held) this.#lasting.set(stored.cacheName, stored);
    this.#discardAllIn(this.places.cache, (name) => !this.#lasting.has(name as CacheName));
    this.#log.rewrite(held);
    return held;
  }

  async #isIntact(stored: Stored): Promise<boolean> {
    try {
      const found = await measure(this.pathOf(stored.cacheName));
      return found?.kind === stored.kind && found.size === stored.size;
    } catch {
      return false;
    }
  }

  #clear(): void {
    this.#discardAllIn(this.places.incoming);
    this.#discardAllIn(this.places.sandboxes);
    this.#discardAllIn(this.places.cache, (name) => !this.#lasting.has(name as CacheName));
  }

  #discardAllIn(directory: string, isUnwanted: (name: string) => boolean = () => true): void {
    if (!existsSync(directory)) return;
    for (const name of readdirSync(directory)) {
      if (isUnwanted(name)) this.#trash.discard(join(directory, name));
    }
  }

  #removeEmpty(): void {
    rmSync(join(this.directory, "entries.jsonl"), { force: true });
    for (const place of Object.values<string>({ ...this.places })) removeIfEmpty(place);
  }
}

function removeIfEmpty(directory: string): void {
  try {
    rmdirSync(directory);
  } catch {
    // It holds something that is not ours: it stays.
  }
}
