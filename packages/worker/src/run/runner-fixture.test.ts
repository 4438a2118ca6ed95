import { randomUUID } from "node:crypto";
import { chmod, mkdir, mkdtemp, readdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { listPids, readStat, readVariable } from "../launcher/processes/proc.js";
import { removeTree } from "../sandbox/remove-tree.js";
import type { Mount, RunEnd, RunHandle, Runner, RunRequest, WantedOutput } from "./contract.js";
import { createRunner, type RunnerOptions } from "./runner.js";

/** All processes that were started by one fixture's tasks carry this. */
export const FIXTURE_MARK = "TEST_FIXTURE_MARK";

export interface Watched {
  readonly key: string;
  readonly name: string;
  readonly offset: number;
  readonly text: string;
}

/** A real runner on a directory of its own, with all that tests want to know about it. */
export class RunnerFixture implements AsyncDisposable {
  readonly directory: string;
  readonly root: string;
  readonly mark = randomUUID();
  readonly watched: Watched[] = [];
  runner!: Runner;
  #count = 0;

  private constructor(directory: string) {
    this.directory = directory;
    this.root = join(directory, "sandboxes");
  }

  static async make(options: Partial<RunnerOptions> = {}): Promise<RunnerFixture> {
    const fixture = new RunnerFixture(await mkdtemp(join(tmpdir(), "vine-runner-")));
    fixture.runner = await createRunner({
      root: fixture.root,
      events: {
        onWatched: (key, name, offset, data) =>
          fixture.watched.push({ key, name, offset, text: Buffer.from(data).toString() }),
      },
      ...options,
      env: { ...process.env, [FIXTURE_MARK]: fixture.mark, ...options.env },
    });
    return fixture;
  }

  /** Starts a command with dull defaults. */
  begin(command: string, request: Partial<RunRequest> = {}): RunHandle {
    this.#count += 1;
    return this.runner.run({
      key: `${this.#count}-1`,
      command,
      env: {},
      mounts: [],
      outputs: [],
      allocation: { cores: 1, memory: 4e9, disk: 4e9, gpus: 0, gpuIds: [] },
      ...request,
    });
  }

  /** Runs a command to its end; `read` outputs before calling `dispose`. */
  async run(command: string, request: Partial<RunRequest> = {}): Promise<RunEnd> {
    return await this.begin(command, request).ended;
  }

  /** A read-only file such as the cache has. */
  async cached(name: string, content: string): Promise<Mount> {
    const path = join(this.directory, "cache", name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content, { mode: 0o444 });
    return { name, path, kind: "file" };
  }

  /** A read-only tree such as the cache has. */
  async cachedTree(name: string, files: Readonly<Record<string, string>>): Promise<Mount> {
    for (const [file, content] of Object.entries(files)) await this.cached(`${name}/${file}`, content);
    const path = join(this.directory, "cache", name);
    for (const entry of await readdir(path, { recursive: true, withFileTypes: true })) {
      if (entry.isDirectory()) await chmod(join(entry.parentPath, entry.name), 0o555);
    }
    await chmod(path, 0o555);
    return { name, path, kind: "tree" };
  }

  /** Living processes of this fixture's tasks. */
  processes(): number[] {
    return markedProcesses(this.mark);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.runner.close();
    await removeTree(this.directory);
  }
}

export function markedProcesses(mark: string): number[] {
  return listPids().filter((pid) => readVariable(pid, FIXTURE_MARK) === mark && readStat(pid)?.state !== "Z");
}

export function output(name: string, when: WantedOutput["when"] = "success", watch = false): WantedOutput {
  return { name, when, watch };
}

export function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString();
}

/** What the collected output `name` holds. */
export async function contentOf(end: RunEnd, name: string): Promise<string> {
  const found = end.outputs.find((collected) => collected.name === name);
  if (found === undefined) throw new Error(`no output ${name}: ${end.message ?? end.code}`);
  return await readFile(found.path, "utf8");
}

/** Waits until `check` holds. */
export async function eventually(
  what: string,
  check: () => boolean | Promise<boolean>,
  ms = 5_000,
): Promise<void> {
  const end = performance.now() + ms;
  while (!(await check())) {
    if (performance.now() > end) throw new Error(`not within ${ms} ms: ${what}`);
    await sleep(10);
  }
}
