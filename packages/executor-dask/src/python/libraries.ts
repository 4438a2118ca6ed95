import {
  type ExecutorHost,
  Library,
  type LibraryHandle,
  VineError,
  type VineFile,
} from "@taskvine/core/executor";
import type { SizedLibrary } from "../sizing/sizing.js";
import { type LibraryBody, libraryOf } from "./library-request.js";

/** Libraries of a size of their own that are kept: their processes serve the next node that needs as much. */
const MOST_SIZED = 12;
const MEBIBYTE = 1024 * 1024;

/** A library as it was described. */
interface Declared {
  readonly body: LibraryBody;
  readonly files: readonly VineFile[];
  readonly handle: LibraryHandle;
}

/** The libraries that the Python side has described, and those like them whose processes have another size. */
export class Libraries {
  readonly #host: ExecutorHost;
  readonly #declared = new Map<string, Declared>();
  /** The one used last comes last. */
  readonly #sized = new Map<string, LibraryHandle>();

  constructor(host: ExecutorHost) {
    this.#host = host;
  }

  declare(body: LibraryBody, files: readonly VineFile[]): void {
    if (this.#declared.has(body.key)) return;
    const handle = this.#host.declareLibrary(libraryOf(new Library(body.key, body.command), body, files));
    this.#declared.set(body.key, { body, files, handle });
  }

  /** Throws UNKNOWN_LIBRARY. */
  of(key: string): LibraryHandle {
    return this.#find(key).handle;
  }

  /** The same whose processes have this memory and stay at it; undefined: their cores' share of the worker. */
  sized(key: string, memory: number | undefined): LibraryHandle {
    const size = memory === undefined ? "share" : `${Math.ceil(memory / MEBIBYTE)}M`;
    const name = `${key}-${size}`;
    const handle = this.#sized.get(name) ?? this.#declareSized(name, key, memory);
    this.#sized.delete(name);
    this.#sized.set(name, handle);
    // Calls that name what was asked for in this turn may not have been handed over.
    if (this.#sized.size === MOST_SIZED + 1) setImmediate(() => this.#removeOldest());
    return handle;
  }

  #removeOldest(): void {
    for (const [name, handle] of [...this.#sized].slice(0, -MOST_SIZED)) {
      this.#sized.delete(name);
      handle.remove();
    }
  }

  /** What a process of it may take. */
  limitsOf(key: string): SizedLibrary {
    const { cores = 1, memory, workers = [], elsewhere = false } = this.#find(key).body;
    return { key, cores, memory, workers, elsewhere };
  }

  #declareSized(name: string, key: string, memory: number | undefined): LibraryHandle {
    const { body, files } = this.#find(key);
    const { memory: _, ...others } = body;
    const wanted = memory === undefined ? others : { ...others, memory };
    return this.#host.declareLibrary(libraryOf(new Library(name, body.command).grows(false), wanted, files));
  }

  #find(key: string): Declared {
    const declared = this.#declared.get(key);
    if (declared === undefined) throw new VineError("UNKNOWN_LIBRARY", `no library ${key} was declared`);
    return declared;
  }
}
