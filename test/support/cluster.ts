import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Manager, type ManagerOptions, type VineFile } from "@taskvine/core";
import { removeTree } from "@taskvine/core/data";
import { eventually } from "./eventually.js";
import { isListening, markedProcesses } from "./leaks.js";
import { WorkerProcess } from "./worker-process.js";

export interface ClusterOptions {
  /** Default 1. */
  readonly workers?: number;
  /** Of each worker. Default 1. */
  readonly cores?: number;
  readonly manager?: ManagerOptions;
  /** More flags of `vine worker`. */
  readonly flags?: readonly string[];
  /** Folder in which workers have their directories, where they are to outlive this cluster. */
  readonly workdirs?: string;
}

/** What is different about one worker. */
export interface WorkerWishes {
  /** Default: one named for the worker. */
  readonly workdir?: string;
  /** Default: that of the cluster's manager. */
  readonly connectionFile?: string;
  /** It looks for the next manager when it has lost one. Default: it ends then. */
  readonly stays?: boolean;
  /** Command that runs the worker's command, such as one that enters a network. */
  readonly through?: readonly string[];
}

/** A manager in this process and real workers beside it, in a folder of their own. Ends with everything it started. */
export class Cluster implements AsyncDisposable {
  readonly manager: Manager;
  readonly folder: string;
  readonly workers: WorkerProcess[] = [];
  readonly marker: readonly [string, string];
  readonly #options: ClusterOptions;

  constructor(manager: Manager, folder: string, options: ClusterOptions) {
    this.manager = manager;
    this.folder = folder;
    this.marker = ["VINE_TEST_CLUSTER", folder];
    this.#options = options;
  }

  /** Starts one more worker; resolves when the manager knows it. */
  async addWorker(flags: readonly string[] = [], wishes: WorkerWishes = {}): Promise<WorkerProcess> {
    const worker = this.startWorker(flags, wishes);
    await eventually(`${worker.name} joins`, () => {
      if (!worker.isRunning) throw new Error(`${worker.name} ended: ${worker.complaints}`);
      return this.manager.workers().some((spec) => spec.name === worker.name);
    });
    return worker;
  }

  /** Starts one more worker, whether it will join or not. */
  startWorker(flags: readonly string[] = [], wishes: WorkerWishes = {}): WorkerProcess {
    const { cores = 1, flags: common = [], workdirs = this.folder } = this.#options;
    const name = `worker-${this.workers.length}`;
    const offer = ["--cores", String(cores), "--memory", "1GB", "--disk", "4GB"];
    const ends = wishes.stays === true ? ["--parent-death"] : ["--parent-death", "--single-shot"];
    const worker = new WorkerProcess({
      name,
      connectionFile: wishes.connectionFile ?? this.manager.connectionFile,
      workdir: wishes.workdir ?? join(workdirs, name),
      marker: this.marker,
      flags: [...offer, ...ends, ...common, ...flags],
      through: wishes.through ?? [],
    });
    this.workers.push(worker);
    return worker;
  }

  /** Processes of the workers that hold a copy of this file. */
  holdersOf(file: VineFile): WorkerProcess[] {
    const names = new Set(this.manager.holdersOf(file).map((spec) => spec.name));
    return this.workers.filter((worker) => names.has(worker.name));
  }

  /** A path in the folder of this cluster. */
  path(...parts: readonly string[]): string {
    return join(this.folder, ...parts);
  }

  /** Ends everything, and rejects when anything is left: a process, a port, or a file. */
  async [Symbol.asyncDispose](): Promise<void> {
    const { port } = this.manager;
    await this.manager.close();
    await Promise.all(this.workers.map((worker) => worker.stop()));
    let left: string[] = [];
    await eventually("all processes end", async () => {
      left = await markedProcesses(this.marker);
      return left.length === 0;
    }).catch((cause: unknown) => {
      throw new Error(`left behind: ${left.join("; ")}`, { cause });
    });
    if (await isListening(port)) throw new Error(`port ${port} is still open`);
    await removeTree(this.folder);
  }
}

/** `await using c = await cluster({ workers: 3 })` */
export async function cluster(options: ClusterOptions = {}): Promise<Cluster> {
  const folder = await mkdtemp(join(tmpdir(), `vine-cluster-${process.pid}-`));
  const places = { runDirectory: join(folder, "runs"), cacheDirectory: join(folder, "digests") };
  const manager = await Manager.start({ ...places, handleSignals: false, ...options.manager });
  const started = new Cluster(manager, folder, options);
  try {
    await Promise.all(Array.from({ length: options.workers ?? 1 }, () => started.addWorker()));
    return started;
  } catch (cause) {
    await started[Symbol.asyncDispose]().catch(() => undefined);
    throw cause;
  }
}
