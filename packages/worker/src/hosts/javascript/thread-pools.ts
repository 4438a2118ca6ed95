import { fileURLToPath } from "node:url";
import { Piscina } from "piscina";
import type { HostSettings } from "./settings.js";
import type { LibraryPlace } from "./thread/library.js";

const THREAD = fileURLToPath(new URL("./thread/jobs.js", import.meta.url));
const MEBIBYTE = 1024 * 1024;
/** With less a thread cannot even begin. */
const LEAST_HEAP_MB = 16;
/** Limits of memory with threads at the same time. */
const MOST_LIMITS = 4;
/** A thread with a limit is kept for the next call of the same limit for so long. */
const IDLE_MS = 10_000;

/** Threads that share a limit of memory. */
export interface Threads {
  readonly pool: Piscina;
  /** What the objects of one thread may take; undefined: what the library says. */
  readonly heapMb: number | undefined;
  users: number;
}

/** The threads of the host: those of most calls, and others where calls have a limit of memory, which is set when a thread starts. */
export class ThreadPools {
  readonly usual: Threads;
  readonly #settings: HostSettings;
  readonly #limited = new Map<number, Threads>();

  constructor(settings: HostSettings) {
    const { slots, heapMb } = settings;
    this.#settings = settings;
    this.usual = { pool: this.#start(slots, heapMb), heapMb: undefined, users: 0 };
  }

  /** For one group of calls; `release` is to follow. `memory`: the limit, bytes. */
  take(memory: number | undefined): Threads {
    const heapMb = memory === undefined ? undefined : Math.max(LEAST_HEAP_MB, Math.floor(memory / MEBIBYTE));
    const threads = heapMb === undefined ? this.usual : this.#withLimit(heapMb);
    threads.users += 1;
    return threads;
  }

  release(threads: Threads): void {
    threads.users -= 1;
  }

  #withLimit(heapMb: number): Threads {
    const threads = this.#limited.get(heapMb) ?? { pool: this.#start(0, heapMb), heapMb, users: 0 };
    // The last one used stands last.
    this.#limited.delete(heapMb);
    this.#limited.set(heapMb, threads);
    for (const [key, { pool, users }] of this.#limited) {
      if (this.#limited.size <= MOST_LIMITS) break;
      if (users > 0 || key === heapMb) continue;
      this.#limited.delete(key);
      void pool.destroy();
    }
    return threads;
  }

  #start(minThreads: number, heapMb: number | undefined): Piscina {
    const { module, functions, name, slots } = this.#settings;
    const place: LibraryPlace = { module, functions, name };
    const pool = new Piscina({
      filename: THREAD,
      workerData: place,
      minThreads,
      maxThreads: slots,
      idleTimeout: IDLE_MS,
      // A thread that waits for calls still does what its modules want done meanwhile.
      atomics: "disabled",
      recordTiming: false,
      ...(heapMb === undefined ? {} : { resourceLimits: { maxOldGenerationSizeMb: heapMb } }),
    });
    pool.on("error", (error: unknown) => console.error("a thread ended between calls:", error));
    return pool;
  }
}
