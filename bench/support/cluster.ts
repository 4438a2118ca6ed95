import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Manager, type ManagerOptions } from "@taskvine/core";

const VINE = fileURLToPath(new URL("../../../packages/cli/bin/vine.js", import.meta.url));

export interface BenchClusterOptions {
  readonly workers: number;
  readonly manager?: ManagerOptions;
  /** More flags of `vine worker`, for all of them. */
  readonly flags?: readonly string[];
  /** Command that runs the command of a worker, such as one that enters a network. */
  readonly through?: (index: number) => readonly string[];
}

interface WorkerProcess {
  readonly child: ChildProcess;
  readonly ended: Promise<unknown>;
}

/**
 * A manager in this process and one-core workers in processes of their own. Worker number i has the feature `wi`, so
 * that tasks can be told where to run.
 */
export class BenchCluster implements AsyncDisposable {
  readonly manager: Manager;
  readonly folder: string;
  readonly #processes: WorkerProcess[] = [];

  private constructor(manager: Manager, folder: string) {
    this.manager = manager;
    this.folder = folder;
  }

  static async start(options: BenchClusterOptions): Promise<BenchCluster> {
    const folder = await mkdtemp(join(tmpdir(), `vine-bench-${process.pid}-`));
    const manager = await Manager.start({
      runDirectory: join(folder, "runs"),
      cacheDirectory: join(folder, "digests"),
      handleSignals: false,
      ...options.manager,
    });
    manager.events.on("note", (level, message) => {
      if (level === "error") process.stderr.write(`manager: ${message}\n`);
    });
    const cluster = new BenchCluster(manager, folder);
    try {
      await Promise.all(
        Array.from({ length: options.workers }, (_, index) => cluster.#addWorker(index, options)),
      );
      return cluster;
    } catch (error) {
      await cluster[Symbol.asyncDispose]();
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.manager.close();
    await Promise.all(
      this.#processes.map(({ child, ended }) => {
        if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
        return ended;
      }),
    );
    await rm(this.folder, { recursive: true, force: true, maxRetries: 3 });
  }

  async #addWorker(index: number, { flags = [], through, manager = {} }: BenchClusterOptions): Promise<void> {
    const name = `w${index}`;
    const limits = ["--cores", "1", "--memory", "1GB", "--disk", "16GB"];
    const ways = ["--connection-file", this.manager.connectionFile, "--workdir", join(this.folder, name)];
    const insecure = manager.insecure === true ? ["--insecure"] : [];
    const words = [
      ...(through?.(index) ?? []),
      ...[process.execPath, VINE, "worker", "--name", name, "--feature", name, ...limits, ...ways],
      ...["--single-shot", "--parent-death", "--log-level", "error", ...insecure, ...flags],
    ];
    const [program = process.execPath, ...rest] = words;
    const joined = this.#joined(name);
    const child = spawn(program, rest, { stdio: ["ignore", "ignore", "inherit"] });
    const ended = once(child, "exit");
    this.#processes.push({ child, ended });
    const died = ended.then(() => Promise.reject(new Error(`worker ${name} ended before it had joined`)));
    await Promise.race([joined, died]);
    died.catch(() => undefined);
  }

  #joined(name: string): Promise<void> {
    return new Promise((resolve) => {
      this.manager.events.on("worker-joined", (spec) => {
        if (spec.name === name) resolve();
      });
    });
  }
}
