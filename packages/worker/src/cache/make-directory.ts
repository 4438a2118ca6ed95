import { existsSync, mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";

const MODE = 0o700;

/**
 * Makes a directory where there is none, and those that it is in. Node's own way to do so never comes back where the
 * system lets nobody make any, as below /proc.
 */
export function makeDirectory(path: string): void {
  try {
    mkdirSync(path, { mode: MODE });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const parent = dirname(path);
    if (code === "ENOENT" && parent !== path && !existsSync(parent)) {
      makeDirectory(parent);
      makeDirectory(path);
    } else if (code !== "EEXIST" || !statSync(path).isDirectory()) throw error;
  }
}
