import { mkdir, rename, rm, symlink } from "node:fs/promises";
import { basename, join } from "node:path";
import { VineError } from "../../model/errors.js";

/** The folder of one run: log and connection file, texts that were too long to keep in memory, and a place for what is temporary. */
export interface RunDirectory {
  readonly path: string;
  readonly logFile: string;
  readonly connectionFile: string;
  /** Full texts of stdout and stderr; stays after the run. */
  readonly streams: string;
  /** Files on their way; removed at the end. */
  readonly staging: string;
}

const MOST_TRIES = 1_000;

/** Makes `<parent>/<time>/`, and points `<parent>/most-recent` at it. */
export async function makeRunDirectory(parent: string, now: Date): Promise<RunDirectory> {
  try {
    await mkdir(parent, { recursive: true });
    const path = await makeFresh(parent, timeName(now));
    const run: RunDirectory = {
      path,
      logFile: join(path, "log.jsonl"),
      connectionFile: join(path, "connection.json"),
      streams: join(path, "streams"),
      staging: join(path, "staging"),
    };
    await mkdir(run.staging, { mode: 0o700 });
    await pointAt(join(parent, "most-recent"), basename(path));
    return run;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new VineError("BAD_ARGUMENT", `the run directory cannot be made in ${parent}: ${why}`, { cause });
  }
}

/** Removes what must not outlive the run: keys, and files on their way. */
export async function cleanRunDirectory(run: RunDirectory): Promise<void> {
  await rm(run.staging, { recursive: true, force: true });
  await rm(run.connectionFile, { force: true });
}

function timeName(now: Date): string {
  return now
    .toISOString()
    .replace(/[-:]/g, "")
    .replace(/\.\d+Z$/, "Z");
}

async function makeFresh(parent: string, name: string): Promise<string> {
  for (let count = 1; count <= MOST_TRIES; count++) {
    const path = join(parent, count === 1 ? name : `${name}-${count}`);
    try {
      await mkdir(path, { mode: 0o700 });
      return path;
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== "EEXIST") throw cause;
    }
  }
  throw new Error(`${MOST_TRIES} runs began within one second`);
}

async function pointAt(link: string, target: string): Promise<void> {
  const fresh = `${link}.${process.pid}`;
  await rm(fresh, { force: true });
  await symlink(target, fresh);
  await rename(fresh, link).catch(() => rm(fresh, { force: true }));
}
