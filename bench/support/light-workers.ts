import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

export interface LightWorkers extends AsyncDisposable {
  readonly lifelines: number;
}

/** Resolves when all have joined and hold their lifelines. */
export async function startLightWorkers(connectionFile: string, count: number): Promise<LightWorkers> {
  const script = fileURLToPath(new URL("../peers/light-workers.js", import.meta.url));
  const child = fork(script, [connectionFile, String(count)]);
  const ended = once(child, "exit");
  const failed = ended.then(() => Promise.reject(new Error("the light workers ended")));
  const [lifelines] = (await Promise.race([once(child, "message"), failed])) as [number];
  failed.catch(() => undefined);
  return {
    lifelines,
    async [Symbol.asyncDispose](): Promise<void> {
      child.disconnect();
      await ended;
    },
  };
}
