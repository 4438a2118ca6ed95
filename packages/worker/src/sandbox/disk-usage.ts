import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";

const BLOCK_BYTES = 512;

export interface UsageBounds {
  /** Whether a file is an input, which does not count. */
  isInput(ino: number): boolean;
  /** Directories that are counted elsewhere. */
  readonly skip?: ReadonlySet<string>;
}

/**
 * Bytes on disk of files and of all that is below directories. Goes through one entry at a time, so that watching a
 * task never takes more than one file operation's worth of the worker.
 */
export async function diskUsage(paths: readonly string[], { isInput, skip }: UsageBounds): Promise<number> {
  const waiting = [...paths];
  const linked = new Set<number>();
  let bytes = 0;
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const stat = await lstat(path).catch(() => undefined);
    if (stat === undefined || skip?.has(path)) continue;
    if (stat.isDirectory()) {
      const directory = path;
      const names = await readdir(directory).catch(() => []);
      waiting.push(...names.map((name) => join(directory, name)));
    }
    if (!stat.isFile() || isInput(stat.ino) || linked.has(stat.ino)) continue;
    if (stat.nlink > 1) linked.add(stat.ino);
    bytes += stat.blocks * BLOCK_BYTES;
  }
  return bytes;
}

const FIRST_MS = 1_000;
/** Looking may take one part in so many of the time. */
const REST_RATIO = 20;

/** Looks at how much disk a task uses while it runs, less often the longer that takes. */
export class DiskWatch {
  #most = 0;
  #seen = false;
  #stopped = false;
  #timer: NodeJS.Timeout | undefined;
  readonly #measure: () => Promise<number>;
  readonly #limit: number;
  readonly #onExceeded: () => void;

  /** `limit` 0 means none. */
  constructor(measure: () => Promise<number>, limit: number, onExceeded: () => void) {
    this.#measure = measure;
    this.#limit = limit;
    this.#onExceeded = onExceeded;
    this.#after(FIRST_MS);
  }

  /** The most that was seen; undefined when there was no time to look. */
  get most(): number | undefined {
    return this.#seen ? this.#most : undefined;
  }

  get exceeded(): boolean {
    return this.#limit > 0 && this.#most > this.#limit;
  }

  /** Looks a last time, and ends. */
  async stop(atEnd: () => Promise<number>): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#note(await atEnd());
  }

  #after(ms: number): void {
    this.#timer = setTimeout(() => void this.#look(), ms);
  }

  async #look(): Promise<void> {
    const begun = performance.now();
    const bytes = await this.#measure();
    if (this.#stopped) return;
    this.#note(bytes);
    if (this.exceeded) this.#onExceeded();
    else this.#after(Math.max(FIRST_MS, REST_RATIO * (performance.now() - begun)));
  }

  #note(bytes: number): void {
    this.#seen = true;
    this.#most = Math.max(this.#most, bytes);
  }
}
