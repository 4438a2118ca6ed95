import { createHash } from "node:crypto";
import type { MessagePort } from "node:worker_threads";

/** What comes through the port of a hashStream job: a block in shared memory, answered when it is done; or the end. */
export type HashMessage = Uint8Array | "end";

/** Hashes what comes through the port, until the end or until the port is closed. */
export async function hashBlocks(port: MessagePort): Promise<string> {
  const hash = createHash("sha256");
  await new Promise<void>((resolve) => {
    port.once("close", resolve);
    port.on("message", (message: HashMessage) => {
      if (message === "end") resolve();
      else {
        hash.update(message);
        port.postMessage("done");
      }
    });
  });
  port.close();
  return hash.digest("hex");
}
