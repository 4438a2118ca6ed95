import { chmodSync, lstatSync, readdirSync } from "node:fs";
import { isExecutable } from "./survey.js";

/** Modes of everything in a cache: nobody may write; executable bits stay, setuid and the like go. */
const READ_ONLY_FILE = 0o444;
const READ_ONLY_PROGRAM = 0o555;
export const READ_ONLY_DIRECTORY = 0o555;

export function readOnlyMode(executable: boolean): number {
  return executable ? READ_ONLY_PROGRAM : READ_ONLY_FILE;
}

/** Takes the write permission from a file, or from a directory and all below it, synchronously. Links are let be. */
export function makeReadOnlySync(path: string): void {
  const stat = lstatSync(path);
  if (stat.isSymbolicLink()) return;
  if (!stat.isDirectory()) {
    chmodSync(path, readOnlyMode(isExecutable(stat)));
    return;
  }
  chmodSync(path, 0o700);
  for (const name of readdirSync(path)) makeReadOnlySync(`${path}/${name}`);
  chmodSync(path, READ_ONLY_DIRECTORY);
}
