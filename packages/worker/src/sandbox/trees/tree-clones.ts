import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Placing } from "../place-file.js";
import { DamagedInput } from "../stamp.js";
import type { Trash } from "../trash.js";
import { TreeClone } from "./tree-clone.js";
import { TreeSource } from "./tree-source.js";

export interface TreeClonesOptions {
  /** Where clones wait, on the file system of cache and sandboxes. */
  readonly directory: string;
  readonly placing: Placing;
  readonly trash: Trash;
}

/** Entries in all clones that wait for a task. */
const MAX_IDLE_ENTRIES = 500_000;
/** A clone that nobody wants for so long is removed; one whose tree was dropped goes at the next look. */
const IDLE_MS = 120_000;
const LOOK_MS = 5_000;

export interface TreeMount {
  /** Nothing else is mounted or expected in it. */
  readonly alone: boolean;
  /** The task is to share no file with the cache. */
  readonly copy: boolean;
}

interface Idle {
  readonly clone: TreeClone;
  readonly sinceMs: number;
}

/**
 * Mounts trees. A link to the cached tree itself would be cheapest, but `find`, `cp -r` and the like do not follow it,
 * and ".." would lead into the cache. So a task gets directories of its own with links to the files. Making those takes
 * 40 µs of a processor for each entry (a second for 25,000 files), so a clone in which the task has changed nothing is
 * kept and moved into the next sandbox that wants the tree: that costs one rename, and a look at its directories.
 */
export class TreeClones {
  readonly #options: TreeClonesOptions;
  readonly #sources = new Map<string, Promise<TreeSource>>();
  #idle: Idle[] = [];
  #timer: NodeJS.Timeout | undefined;
  #count = 0;
  #closed = false;

  private constructor(options: TreeClonesOptions) {
    this.#options = options;
  }

  static async open(options: TreeClonesOptions): Promise<TreeClones> {
    await mkdir(options.directory, { recursive: true, mode: 0o700 });
    return new TreeClones(options);
  }

  /** Puts the tree at `path` to `target`, as a copy where that is asked for. Rejects with DamagedInput. */
  async mount(path: string, target: string, { alone, copy }: TreeMount): Promise<TreeClone> {
    const source = await this.#source(path);
    if (copy) return await copyOf(source, target);
    if (!alone) return await TreeClone.make(source, target, this.#options.placing);
    const clone = this.#takeIdle(source) ?? (await this.#make(source));
    await clone.moveTo(target);
    return clone;
  }

  /** Takes a clone back when no process of its task is left; one that was changed stays where it is. */
  async unmount(clone: TreeClone): Promise<void> {
    const { source } = clone;
    if (!this.#closed && (await source.isCurrent()) && (await clone.isWhole())) {
      await clone.moveTo(this.#place());
      this.#idle.push({ clone, sinceMs: performance.now() });
    }
    this.#timer ??= setInterval(() => void this.#look(), LOOK_MS).unref();
  }

  /** Stops looking after clones; the directory itself stays. */
  close(): void {
    this.#closed = true;
    clearInterval(this.#timer);
  }

  async #source(path: string): Promise<TreeSource> {
    const known = await this.#sources.get(path)?.catch(() => undefined);
    if (known !== undefined && (await known.isCurrent())) return known;
    const reading = TreeSource.read(path);
    this.#sources.set(path, reading);
    return await reading;
  }

  #takeIdle(source: TreeSource): TreeClone | undefined {
    const found = this.#idle.findIndex(({ clone }) => clone.source === source);
    return found < 0 ? undefined : this.#idle.splice(found, 1)[0]?.clone;
  }

  async #make(source: TreeSource): Promise<TreeClone> {
    return await TreeClone.make(source, this.#place(), this.#options.placing);
  }

  #place(): string {
    this.#count += 1;
    return join(this.#options.directory, String(this.#count));
  }

  async #look(): Promise<void> {
    await this.#removeStale();
    if (this.#idle.length > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#sources.clear();
  }

  async #removeStale(): Promise<void> {
    const oldest = performance.now() - IDLE_MS;
    let room = MAX_IDLE_ENTRIES;
    for (const idle of [...this.#idle].reverse()) {
      room -= idle.clone.source.entries.length;
      if (idle.sinceMs > oldest && room > 0 && (await idle.clone.source.isCurrent())) continue;
      if (!this.#idle.includes(idle)) continue; // taken meanwhile
      this.#idle = this.#idle.filter((other) => other !== idle);
      await this.#options.trash.throw(idle.clone.path).catch(() => undefined);
    }
  }
}

async function copyOf(source: TreeSource, target: string): Promise<TreeClone> {
  const clone = await TreeClone.make(source, target, "copy");
  if ((await source.change()) === "damaged") throw new DamagedInput(source.path);
  return clone;
}
