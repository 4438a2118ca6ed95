import { createHash } from "node:crypto";
import { BlockStream } from "./block-stream.js";
import { inThread } from "./pool.js";

/** What is no larger than one block is not worth a thread. */
const HERE_BYTES = 1024 * 1024;

/** SHA-256 of blocks that come one by one. To be closed, whether it came to its end or not. */
export interface BlockHash {
  /** `block` must lie in shared memory, and stay as it is until this resolves. */
  send(block: Uint8Array): Promise<void>;
  /** Hex, once all blocks are done. */
  end(): Promise<string>;
  close(): Promise<void>;
}

/** The digest of so many bytes: found in a thread where they are many. */
export function startHash(size: number): BlockHash {
  return size > HERE_BYTES ? hashStream() : new HashHere();
}

/** Computed in a thread. */
export function hashStream(): BlockHash {
  return new BlockStream((port) => inThread("hashStream", { port }, [port]));
}

class HashHere implements BlockHash {
  readonly #hash = createHash("sha256");

  send(block: Uint8Array): Promise<void> {
    this.#hash.update(block);
    return Promise.resolve();
  }

  end(): Promise<string> {
    return Promise.resolve(this.#hash.digest("hex"));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
