import type { VineError } from "../../../model/errors.js";
import type { FileId } from "../../../model/ids.js";
import { type Deferred, defer } from "../../collect/deferred.js";

/** Where it lies, or the bytes themselves. */
type Arrival = string | Uint8Array;

interface Want {
  readonly arrived: Deferred<Arrival>;
  readers: number;
}

/** Files that the application wants here: one retrieval serves all who ask meanwhile. */
export class Wants {
  readonly #wants = new Map<FileId, Want>();
  readonly #ask: (file: FileId) => void;
  readonly #discard: (path: string) => Promise<void>;

  /** `ask` starts a retrieval; `discard` removes what it brought once all have read it. */
  constructor(ask: (file: FileId) => void, discard: (path: string) => Promise<void>) {
    this.#ask = ask;
    this.#discard = discard;
  }

  has(file: FileId): boolean {
    return this.#wants.has(file);
  }

  /** Brings the file, and gives its bytes, or the path where it lies until `read` has settled. */
  async use<T>(file: FileId, read: (content: Arrival) => Promise<T>): Promise<T> {
    const want = this.#join(file);
    try {
      const content = await want.arrived.promise;
      try {
        return await read(content);
      } finally {
        if (want.readers === 1 && typeof content === "string") await this.#discard(content);
      }
    } finally {
      want.readers -= 1;
    }
  }

  arrived(file: FileId, path: string): void {
    const want = this.#leave(file);
    if (want === undefined) void this.#discard(path);
    else want.arrived.resolve(path);
  }

  /** It was made again, and came with the news of that instead of by a retrieval. */
  cameAsValue(file: FileId, bytes: Uint8Array): void {
    this.#leave(file)?.arrived.resolve(bytes);
  }

  failed(file: FileId, error: VineError): void {
    this.#leave(file)?.arrived.reject(error);
  }

  failAll(error: VineError): void {
    for (const file of this.#wants.keys()) this.failed(file, error);
  }

  #join(file: FileId): Want {
    const present = this.#wants.get(file);
    if (present !== undefined) {
      present.readers += 1;
      return present;
    }
    const want = { arrived: defer<Arrival>(), readers: 1 };
    this.#wants.set(file, want);
    this.#ask(file);
    return want;
  }

  #leave(file: FileId): Want | undefined {
    const want = this.#wants.get(file);
    this.#wants.delete(file);
    return want;
  }
}
