import type { ExecutorHost } from "@taskvine/core/executor";

type Workers = ReturnType<ExecutorHost["workers"]>;

/** Where processes of one library may be, and how many cores one takes. */
export interface Demand {
  readonly cores: number;
  /** Names or hosts of workers; none: any. */
  readonly workers: readonly string[];
  /** Others do, too. */
  readonly elsewhere: boolean;
}

/** What the workers that are there have for such processes. */
export class Room {
  readonly #workers: Workers;
  readonly #cores: number;

  constructor(workers: Workers, { cores, workers: names, elsewhere }: Demand) {
    const own = workers.filter(({ name, host }) => names.includes(name) || names.includes(host));
    this.#workers = names.length === 0 || (elsewhere && own.length === 0) ? workers : own;
    this.#cores = cores;
  }

  get isEmpty(): boolean {
    return this.#workers.length === 0;
  }

  /** Memory that each process has where all cores are in use, at the worker with least of it. */
  get share(): number {
    return Math.min(...this.#workers.map((worker) => this.#shareOf(worker)));
  }

  /** The same at one worker. Undefined: it is not there any more. */
  shareAt(name: string): number | undefined {
    const worker = this.#workers.find((one) => one.name === name);
    return worker === undefined ? undefined : this.#shareOf(worker);
  }

  /** The most that any worker has. */
  get largest(): number {
    return Math.max(0, ...this.#workers.map(({ resources }) => resources.memory));
  }

  /** Processes with so much memory that run at once where nothing else does. */
  fitting(memory: number): number {
    return this.#workers.reduce((sum, { resources }) => {
      const byMemory = Math.floor(resources.memory / Math.max(1, memory));
      return sum + Math.min(byMemory, Math.floor(resources.cores / this.#cores));
    }, 0);
  }

  #shareOf({ resources }: Workers[number]): number {
    return Math.floor(resources.memory * Math.min(1, this.#cores / Math.max(1, resources.cores)));
  }
}
