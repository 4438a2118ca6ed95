import { spawnSync } from "node:child_process";
import { closeSync, constants, mkdirSync, openSync, unlinkSync } from "node:fs";
import { join } from "node:path";

/** A pipe with a name, for one stream of one task. */
export interface NamedPipe {
  readonly path: string;
  /** Our end: does not block. */
  readonly readFd: number;
  /** The task's end: close it here once the task has it. */
  readonly writeFd: number;
}

const BATCH = 16;

/**
 * Pipes for the output of tasks. Node itself would give a task sockets, which cost more and which a command cannot open
 * as /dev/stdout. Names are used again once nobody has the pipe open.
 */
export class PipePool {
  readonly #directory: string;
  #free: string[] = [];
  #count = 0;
  #able = true;

  constructor(directory: string) {
    this.#directory = directory;
    try {
      mkdirSync(directory, { recursive: true, mode: 0o700 });
    } catch {
      this.#able = false;
    }
  }

  /** A pipe open at both ends; undefined where pipes cannot be made here (or descriptors have run out). */
  take(): NamedPipe | undefined {
    if (this.#free.length === 0) this.#make();
    const path = this.#free.pop();
    if (path === undefined) return undefined;
    let readFd: number | undefined;
    try {
      readFd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
      return { path, readFd, writeFd: openSync(path, constants.O_WRONLY) };
    } catch {
      if (readFd !== undefined) closeSync(readFd);
      this.give(path);
      return undefined;
    }
  }

  /** Takes a name back; nobody has the pipe open. */
  give(path: string): void {
    this.#free.push(path);
  }

  /** Forgets a pipe that somebody may hold open for ever. */
  abandon(path: string): void {
    try {
      unlinkSync(path);
    } catch {
      // gone with its directory
    }
  }

  #make(): void {
    if (!this.#able) return;
    const paths = Array.from({ length: BATCH }, () => join(this.#directory, String((this.#count += 1))));
    const { status } = spawnSync("mkfifo", ["-m", "600", ...paths], { stdio: "ignore" });
    this.#able = status === 0;
    if (this.#able) this.#free.push(...paths);
  }
}
