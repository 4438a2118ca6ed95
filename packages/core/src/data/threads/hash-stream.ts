import { BlockStream } from "./block-stream.js";
import { inThread } from "./pool.js";

/** SHA-256 of blocks that come one by one. To be closed, whether it came to its end or not. */
export interface BlockHash {
  /** `block` must lie in shared memory, and stay as it is until this resolves. */
  send(block: Uint8Array): Promise<void>;
  /** Hex, once all blocks are done. */
  end(): Promise<string>;
  close(): Promise<void>;
}

/** Computed in a thread. */
export function hashStream(): BlockHash {
  return new BlockStream((port) => inThread("hashStream", { port }, [port]));
}
