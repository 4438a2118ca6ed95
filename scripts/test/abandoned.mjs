import { lstatSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { leakedProcesses, removeFolder } from "./leaks.mjs";

/** Start of the name of a folder that a run of ours makes for its time: what it is for, and the process that made it. */
export function prefixFor(purpose) {
  return `${purpose}-${process.pid}-`;
}

const NAME = /^(?:vt|vine-(?:bench|cluster|manager))-(\d+)-\w{6}$/;

/** Removes the temporary folders of runs that were interrupted, and ends what still runs of them. Returns their paths. */
export async function removeAbandoned(folder = tmpdir()) {
  const abandoned = readdirSync(folder).filter(
    (name) => isDead(NAME.exec(name)?.[1]) && isOurs(join(folder, name)),
  );
  for (const name of abandoned) {
    await leakedProcesses(name);
    removeFolder(join(folder, name));
  }
  return abandoned.map((name) => join(folder, name));
}

function isOurs(path) {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  return stat?.isDirectory() === true && stat.uid === process.getuid?.();
}

function isDead(pid) {
  if (pid === undefined) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return error.code === "ESRCH";
  }
}
