import { chmod, lstat } from "node:fs/promises";
import { inThread } from "../threads/pool.js";
import { readOnlyMode } from "./read-only.js";
import { isExecutable } from "./survey.js";

/** Takes the write permission from a file, or from a directory and all below it (in a thread). Links are let be. */
export async function makeReadOnly(path: string): Promise<void> {
  const stat = await lstat(path);
  if (stat.isDirectory()) await inThread("makeReadOnly", { path });
  else if (stat.isFile()) await chmod(path, readOnlyMode(isExecutable(stat)));
}
