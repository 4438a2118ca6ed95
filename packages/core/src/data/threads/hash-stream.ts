import { createHash } from "node:crypto";
import { MessageChannel, type MessagePort } from "node:worker_threads";
import type { HashMessage } from "./hash-blocks.js";
import { inThread } from "./pool.js";

/** What is no larger than one block is not worth a thread. */
const HERE_BYTES = 1024 * 1024;

/** SHA-256 of blocks that come one by one. */
export interface BlockHash {
  /** `block` must lie in shared memory, and stay as it is until this resolves. */
  update(block: Uint8Array): Promise<void>;
  /** Hex, once all blocks are done. */
  digest(): Promise<string>;
  /** To be called when it is not brought to its end. */
  close(): void;
}

/** The digest of so many bytes: found in a thread where they are many. */
export function startHash(size: number): BlockHash {
  return size > HERE_BYTES ? new HashStream() : new HashHere();
}

class HashHere implements BlockHash {
  readonly #hash = createHash("sha256");

  update(block: Uint8Array): Promise<void> {
    this.#hash.update(block);
    return Promise.resolve();
  }

  digest(): Promise<string> {
    return Promise.resolve(this.#hash.digest("hex"));
  }

  close(): void {
    // Holds nothing.
  }
}

/** Computed in a thread, which is let go at the end or by `close`. */
export class HashStream implements BlockHash {
  readonly #port: MessagePort;
  readonly #digest: Promise<string>;
  /** Those who wait for a block, oldest first. */
  readonly #waiting: (() => void)[] = [];
  #isOver = false;

  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.on("message", () => this.#waiting.shift()?.());
    this.#digest = inThread("hashStream", { port: port2 }, [port2]);
    // Whoever waits for a block hears what happened when asking for the digest.
    this.#digest.catch(() => undefined).finally(() => this.close());
  }

  async update(block: Uint8Array): Promise<void> {
    if (this.#isOver) return;
    this.#port.postMessage(block satisfies HashMessage);
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  async digest(): Promise<string> {
    this.#port.postMessage("end" satisfies HashMessage);
    return this.#digest;
  }

  close(): void {
    this.#isOver = true;
    this.#port.close();
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
