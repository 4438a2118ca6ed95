import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { eventually } from "./eventually.js";
import type { WorkerProcess } from "./worker-process.js";

const PATIENCE_MS = 30_000;

/** Resolves with the one of these workers that has some bytes of a file that is on its way to it. */
export async function receiving(workers: readonly WorkerProcess[]): Promise<WorkerProcess> {
  return eventually(
    "a file is on its way",
    async () => {
      const begun = await Promise.all(workers.map(async (worker) => (await arrivedBytes(worker)) > 0));
      return workers[begun.indexOf(true)];
    },
    PATIENCE_MS,
  );
}

/** Bytes of files that have not arrived whole. */
async function arrivedBytes({ workdir }: WorkerProcess): Promise<number> {
  const folder = join(workdir, "incoming");
  const names = await readdir(folder).catch(() => []);
  const sizes = await Promise.all(
    names.map((name) =>
      stat(join(folder, name)).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
