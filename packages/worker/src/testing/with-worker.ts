import type { WorkerOptions } from "../daemon/options.js";
import { startWorker, type Worker } from "../daemon/worker.js";
import { FakeManager, type FakeManagerOptions } from "./fake-manager.js";

/** A fake manager and workers for one test; `end` takes all of them down. */
export class Stage {
  readonly #workers: Worker[] = [];
  readonly #managers: FakeManager[] = [];

  async manager(options: FakeManagerOptions = {}): Promise<FakeManager> {
    const manager = await FakeManager.start(options);
    this.#managers.push(manager);
    return manager;
  }

  async worker(manager: FakeManager, options: Partial<WorkerOptions> = {}): Promise<Worker> {
    const worker = await startWorker({
      manager: { type: "keys", connection: manager.connection },
      resources: { cores: 2, memory: 1e9, disk: 1e9, gpus: 0 },
      ...options,
    });
    this.#workers.push(worker);
    return worker;
  }

  async end(): Promise<void> {
    await Promise.all(this.#workers.splice(0).map((worker) => worker.stop()));
    await Promise.all(this.#managers.splice(0).map((manager) => manager.close()));
  }
}
