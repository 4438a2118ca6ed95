import { Buffer } from "node:buffer";
import { createHash, type Hash } from "node:crypto";
import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { FetchError } from "../fetch-error.js";
import { isDiskFull } from "../tree/disk-error.js";
import { readOnlyMode } from "../tree/read-only.js";

const BLOCK_BYTES = 1024 * 1024;

/** A file that is arriving: what is there so far, and the digest of it. */
export class PartialFile {
  readonly path: string;
  readonly #file: FileHandle;
  readonly #sizeLimit: number;
  #hash: Hash = createHash("sha256");
  /** Bytes appended. */
  #size = 0;
  /** Bytes written. */
  #written = 0;
  #gathered = 0;
  #memory: Uint8Array | undefined;

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

  /** Small chunks are gathered; the chunk may be used again afterwards. */
  async append(chunk: Uint8Array): Promise<void> {
    this.expect(this.#size + chunk.length);
    this.#size += chunk.length;
    if (this.#gathered === 0 && chunk.length >= BLOCK_BYTES / 4) {
      await this.#flush(chunk);
      return;
    }
    for (let done = 0; done < chunk.length; ) {
      const part = chunk.subarray(done, done + BLOCK_BYTES - this.#gathered);
      this.#block.set(part, this.#gathered);
      this.#gathered += part.length;
      done += part.length;
      if (this.#gathered === BLOCK_BYTES) await this.#flushGathered();
    }
  }

  /** Begins anew. */
  async clear(): Promise<void> {
    await atDestination(this.#file.truncate(0));
    this.#hash = createHash("sha256");
    this.#size = 0;
    this.#written = 0;
    this.#gathered = 0;
  }

  /** Makes it read-only, closes it, and returns its digest. */
  async finish(executable: boolean): Promise<string> {
    await this.#flushGathered();
    await atDestination(this.#file.chmod(readOnlyMode(executable)));
    await this.close();
    return this.#hash.digest("hex");
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  get #block(): Uint8Array {
    this.#memory ??= Buffer.allocUnsafeSlow(BLOCK_BYTES);
    return this.#memory;
  }

  async #flushGathered(): Promise<void> {
    const count = this.#gathered;
    this.#gathered = 0;
    if (count > 0) await this.#flush(this.#block.subarray(0, count));
  }

  /** Hashes while the system writes. */
  async #flush(block: Uint8Array): Promise<void> {
    const written = this.#writeWhole(block);
    this.#hash.update(block);
    await atDestination(written);
  }

  async #writeWhole(block: Uint8Array): Promise<void> {
    for (let done = 0; done < block.length; ) {
      const { bytesWritten } = await this.#file.write(block, done, block.length - done, this.#written);
      done += bytesWritten;
      this.#written += bytesWritten;
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
