import { createHash, type Hash } from "node:crypto";
import { constants } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import { FetchError } from "../fetch-error.js";
import { isDiskFull } from "../tree/disk-error.js";
import { readOnlyMode } from "../tree/read-only.js";

/** A file that is arriving: what is there so far, and the digest of it. */
export class PartialFile {
  readonly path: string;
  readonly #file: FileHandle;
  readonly #sizeLimit: number;
  #hash: Hash = createHash("sha256");
  #size = 0;

  private constructor(path: string, file: FileHandle, sizeLimit: number) {
    this.path = path;
    this.#file = file;
    this.#sizeLimit = sizeLimit;
  }

  static async create(path: string, sizeLimit = Number.POSITIVE_INFINITY): Promise<PartialFile> {
    const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
    return new PartialFile(path, await atDestination(open(path, flags, 0o600)), sizeLimit);
  }

  get size(): number {
    return this.#size;
  }

  /** Throws CACHE_FULL where more is announced than there is room for. */
  expect(size: number): void {
    if (size <= this.#sizeLimit) return;
    throw new FetchError(
      "CACHE_FULL",
      "destination",
      `${size} bytes do not fit into the ${this.#sizeLimit} left`,
    );
  }

  /** The chunk is hashed while the system writes it; it may be used again afterwards. */
  async append(chunk: Uint8Array): Promise<void> {
    this.expect(this.#size + chunk.length);
    const written = this.#writeWhole(chunk);
    this.#hash.update(chunk);
    await atDestination(written);
    this.#size += chunk.length;
  }

  /** Begins anew. */
  async clear(): Promise<void> {
    await atDestination(this.#file.truncate(0));
    this.#hash = createHash("sha256");
    this.#size = 0;
  }

  /** Makes it read-only, closes it, and returns its digest. */
  async finish(executable: boolean): Promise<string> {
    await atDestination(this.#file.chmod(readOnlyMode(executable)));
    await this.close();
    return this.#hash.digest("hex");
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  async #writeWhole(chunk: Uint8Array): Promise<void> {
    for (let done = 0; done < chunk.length; ) {
      const { bytesWritten } = await this.#file.write(chunk, done, chunk.length - done, this.#size + done);
      done += bytesWritten;
    }
  }
}

/** What fails on our own disk is our own fault. */
export async function atDestination<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new FetchError(isDiskFull(error) ? "DISK_FULL" : "INTERNAL", "destination", reason, error);
  }
}
