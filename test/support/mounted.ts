import { execFile } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { promisify } from "node:util";

const execute = promisify(execFile);

/** A small file system of its own at `folder`. Root only. */
export async function mountSmall(folder: string, size: string): Promise<AsyncDisposable> {
  await mkdir(folder, { recursive: true });
  await execute("mount", ["-t", "tmpfs", "-o", `size=${size},mode=0700`, "tmpfs", folder]);
  return {
    [Symbol.asyncDispose]: async () => {
      await execute("umount", ["--lazy", folder]);
    },
  };
}
