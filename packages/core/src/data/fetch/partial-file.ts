import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { FetchError } from "../fetch-error.js";
import { type BlockHash, hashStream } from "../threads/hash-stream.js";
import { isDiskFull } from "../tree/disk-error.js";
import { readOnlyMode } from "../tree/read-only.js";

const BLOCK_BYTES = 1024 * 1024;
/** Smaller chunks are gathered to blocks. */
const DIRECT_BYTES = BLOCK_BYTES / 4;

/**
 * A file that is arriving: what is there so far, and the digest of it. While a block is written and hashed, in threads,
 * the next one may come.
 */
export class PartialFile {
  readonly path: string;
  readonly #file: FileHandle;
  readonly #sizeLimit: number;
  #hash: BlockHash | undefined;
  /** Bytes appended. */
  #size = 0;
  /** Where the next block is to be written. */
  #at = 0;
  /** Memory to gather chunks in, and of the block before. */
  #blocks: readonly [Uint8Array, Uint8Array] | undefined;
  #gathered = 0;
  /** The block before is written and hashed. Never rejects: see #failure. */
  #settled: Promise<void> = Promise.resolve();
  #failure: { readonly error: unknown } | undefined;

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

  /** A chunk in shared memory must stay as it is until the next call has resolved; others are copied. */
  async append(chunk: Uint8Array): Promise<void> {
    this.expect(this.#size + chunk.length);
    this.#size += chunk.length;
    if (chunk.length >= DIRECT_BYTES && chunk.buffer instanceof SharedArrayBuffer) {
      await this.#flushGathered();
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
    await this.#settle();
    await atDestination(this.#file.truncate(0));
    await this.#hash?.close();
    this.#hash = undefined;
    this.#size = 0;
    this.#at = 0;
    this.#gathered = 0;
  }

  /** Makes it read-only, closes it, and returns its digest. */
  async finish(executable: boolean): Promise<string> {
    const digest = this.#hash === undefined ? await this.#finishSmall() : await this.#finishLarge(this.#hash);
    await atDestination(this.#file.chmod(readOnlyMode(executable)));
    await this.close();
    return digest;
  }

  async close(): Promise<void> {
    await this.#settled;
    await this.#hash?.close();
    await this.#file.close();
  }

  get #block(): Uint8Array {
    this.#blocks ??= [sharedBlock(), sharedBlock()];
    return this.#blocks[0];
  }

  /** What fits into one block is not worth a thread. */
  async #finishSmall(): Promise<string> {
    const all = this.#block.subarray(0, this.#gathered);
    await this.#writeWhole(all, 0);
    return createHash("sha256").update(all).digest("hex");
  }

  async #finishLarge(hash: BlockHash): Promise<string> {
    await this.#flushGathered();
    await this.#settle();
    return hash.end();
  }

  async #flushGathered(): Promise<void> {
    if (this.#blocks === undefined || this.#gathered === 0) return;
    const [block, other] = this.#blocks;
    this.#blocks = [other, block];
    const count = this.#gathered;
    this.#gathered = 0;
    await this.#flush(block.subarray(0, count));
  }

  /** Resolves when the block before is done: at most two are in hand. */
  async #flush(block: Uint8Array): Promise<void> {
    const at = this.#at;
    this.#at += block.length;
    await this.#settle();
    this.#hash ??= hashStream();
    const work = [this.#hash.send(block), this.#writeWhole(block, at)];
    this.#settled = Promise.all(work).then(
      () => undefined,
      (error: unknown) => {
        this.#failure = { error };
      },
    );
  }

  async #settle(): Promise<void> {
    await this.#settled;
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  async #writeWhole(block: Uint8Array, at: number): Promise<void> {
    for (let done = 0; done < block.length; ) {
      const written = this.#file.write(block, done, block.length - done, at + done);
      done += (await atDestination(written)).bytesWritten;
    }
  }
}

function sharedBlock(): Uint8Array {
  return new Uint8Array(new SharedArrayBuffer(BLOCK_BYTES));
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
