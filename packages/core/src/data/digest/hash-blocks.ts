import { createHash } from "node:crypto";
import type { MessagePort } from "node:worker_threads";
import { blocksFrom } from "../threads/block-stream.js";

/** SHA-256, hex, of the blocks that come through a port. */
export async function hashBlocks(port: MessagePort): Promise<string> {
  const hash = createHash("sha256");
  for await (const block of blocksFrom(port)) hash.update(block);
  return hash.digest("hex");
}
