import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** Resolves when it has joined: a worker that has an answer to every call before it was asked. */
export async function startLightLibrary(connectionFile: string, slots: number): Promise<AsyncDisposable> {
  const script = fileURLToPath(new URL("../peers/light-library.js", import.meta.url));
  const child = fork(script, [connectionFile, String(slots)]);
  const ended = once(child, "exit");
  const failed = ended.then(() => Promise.reject(new Error("the light library ended")));
  await Promise.race([once(child, "message"), failed]);
  failed.catch(() => undefined);
  return {
    async [Symbol.asyncDispose](): Promise<void> {
      child.disconnect();
      await ended;
    },
  };
}
