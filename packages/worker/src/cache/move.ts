import { chmodSync, lstatSync, renameSync } from "node:fs";

/** Renames a file or tree. A read-only directory must be made writable for the time being: its ".." changes. */
export function move(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!isPermission(error) || !lstatSync(from).isDirectory()) throw error;
    const mode = lstatSync(from).mode & 0o777;
    chmodSync(from, 0o700);
    renameSync(from, to);
    chmodSync(to, mode);
  }
}

function isPermission(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === "EACCES" || code === "EPERM";
}
