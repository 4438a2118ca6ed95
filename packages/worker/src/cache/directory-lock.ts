import { randomBytes } from "node:crypto";
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { VineError } from "@taskvine/core/model";

interface Owner {
  readonly pid: number;
  /** When the process began, in ticks since boot: a pid alone may have been given to another. */
  readonly startedAt: string;
  readonly nonce: string;
}

/** Says that this process uses a directory. Held until released, or until the process is no more. */
export interface DirectoryLock {
  release(): void;
}

/** Throws WORKDIR_IN_USE when a living process has the directory. A lock whose process died is taken over. */
export function lockDirectory(directory: string): DirectoryLock {
  const path = join(directory, "lock");
  const mine: Owner = {
    pid: process.pid,
    startedAt: startOf(process.pid),
    nonce: randomBytes(8).toString("hex"),
  };
  for (let tries = 0; tries < 10; tries++) {
    if (claim(path, mine)) return { release: () => releaseLock(path, mine) };
    const owner = readOwner(path);
    if (owner !== undefined && isAlive(owner)) throw inUse(directory, owner);
    setAside(path, owner);
  }
  throw new VineError("WORKDIR_IN_USE", `${directory} is fought over by several workers`);
}

/** The lock appears whole or not at all. */
function claim(path: string, mine: Owner): boolean {
  const draft = `${path}.${mine.nonce}`;
  writeFileSync(draft, JSON.stringify(mine), { mode: 0o600 });
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Removes a dead owner's lock. Another worker may do the same: only the one that gets hold of that very lock may. */
function setAside(path: string, dead: Owner | undefined): void {
  const aside = `${path}.dead-${randomBytes(8).toString("hex")}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  const taken = readOwner(aside);
  if (taken?.nonce !== dead?.nonce) putBack(aside, path);
  rmSync(aside, { force: true });
}

function putBack(aside: string, path: string): void {
  try {
    linkSync(aside, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}

function releaseLock(path: string, mine: Owner): void {
  if (readOwner(path)?.nonce === mine.nonce) rmSync(path, { force: true });
}

function readOwner(path: string): Owner | undefined {
  try {
    const { pid, startedAt, nonce } = JSON.parse(readFileSync(path, "utf8")) as Partial<Owner>;
    if (typeof pid !== "number" || typeof startedAt !== "string" || typeof nonce !== "string")
      return undefined;
    return { pid, startedAt, nonce };
  } catch {
    return undefined;
  }
}

function isAlive(owner: Owner): boolean {
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  return startOf(owner.pid) === owner.startedAt;
}

/** Boot and start time of a process; "" where the system does not tell. A zombie has ended. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (fields[0] === "Z" || fields[0] === "X") return "ended";
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "latin1").trim();
    return `${boot}/${fields[19] ?? ""}`;
  } catch {
    return "";
  }
}

function inUse(directory: string, owner: Owner): VineError {
  return new VineError("WORKDIR_IN_USE", `${directory} is used by another worker (process ${owner.pid})`);
}
