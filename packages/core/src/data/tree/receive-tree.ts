import { Buffer } from "node:buffer";
import type { MessagePort } from "node:worker_threads";
import type { UnpackLimits } from "../contract.js";
import { blocksFrom } from "../threads/block-stream.js";
import { extractTar } from "./extract-tar.js";
import { TreeWriter } from "./tree-writer.js";

/** What a thread is asked to write: the tree whose tar stream comes through the port. */
export interface ReceiveTreeJob {
  readonly port: MessagePort;
  /** Does not exist yet. What is there after a failure is the caller's to remove. */
  readonly root: string;
  readonly limits: UnpackLimits;
}

export interface ReceivedTree {
  readonly size: number;
  /** The Merkle digest of what arrived. */
  readonly digest: string;
}

/** Writes a tree in the thread that it is called in: where files are many, making them takes longest. */
export async function receiveTree({ port, root, limits }: ReceiveTreeJob): Promise<ReceivedTree> {
  try {
    const writer = new TreeWriter(root, limits);
    try {
      await extractTar(copies(port), writer);
      return writer.finish();
    } finally {
      writer.abandon();
    }
  } finally {
    port.close();
  }
}

/** The memory of a block is used again, and the tar reader keeps pieces. */
async function* copies(port: MessagePort): AsyncGenerator<Uint8Array> {
  for await (const block of blocksFrom(port)) yield Buffer.from(block);
}
