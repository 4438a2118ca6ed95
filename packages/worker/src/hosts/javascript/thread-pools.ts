import { fileURLToPath } from "node:url";
import { Piscina } from "piscina";
import type { Runner } from "./lane.js";
import { LimitedProcesses } from "./limited-processes.js";
import type { HostSettings } from "./settings.js";
import type { LibraryPlace } from "./thread/library.js";

const THREAD = fileURLToPath(new URL("./thread/jobs.js", import.meta.url));
const MEBIBYTE = 1024 * 1024;
/** With less a process cannot even begin. */
const LEAST_HEAP_MB = 16;
/** Limits of memory with processes at the same time. */
const MOST_LIMITS = 4;

/** Threads, or processes that share a limit of memory. */
export interface Threads {
  readonly pool: Runner;
  /** What a call in one of these processes may take; undefined: they are threads. */
  readonly heapMb: number | undefined;
  users: number;
}

/** The threads of the host, and processes for calls that have a limit of memory. */
export class ThreadPools {
  readonly usual: Threads & { readonly pool: Piscina };
  readonly #settings: HostSettings;
  readonly #limited = new Map<number, Threads>();

  constructor(settings: HostSettings) {
    this.#settings = settings;
    this.usual = { pool: this.#start(), heapMb: undefined, users: 0 };
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
    const threads = this.#limited.get(heapMb) ?? {
      pool: new LimitedProcesses(this.#place(), heapMb),
      heapMb,
      users: 0,
    };
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

  #place(): LibraryPlace {
    const { module, functions, name } = this.#settings;
    return { module, functions, name };
  }

  #start(): Piscina {
    const { slots, heapMb } = this.#settings;
    const pool = new Piscina({
      filename: THREAD,
      workerData: this.#place(),
      minThreads: slots,
      maxThreads: slots,
      // A thread that waits for calls still does what its modules want done meanwhile.
      atomics: "disabled",
      recordTiming: false,
      ...(heapMb === undefined ? {} : { resourceLimits: { maxOldGenerationSizeMb: heapMb } }),
    });
    pool.on("error", (error: unknown) => console.error("a thread ended between calls:", error));
    return pool;
  }
}
