/** An amount of each resource. Memory and disk in bytes; cores may be fractional; gpus are whole. */
export interface Resources {
  readonly cores: number;
  readonly memory: number;
  readonly disk: number;
  readonly gpus: number;
}

/** What a task asks for. What it leaves out gets its proportional share of the worker (scheduling/allocate.ts). */
export type ResourceRequest = { readonly [R in keyof Resources]?: number };

/** What one attempt gets: amounts, and which gpus by number. */
export interface Allocation extends Resources {
  readonly gpuIds: readonly number[];
}

/** What an attempt was seen to use. A figure that could not be taken (task too short to be sampled) is left out. */
export interface Measured {
  /** Wall time of the process, milliseconds. */
  readonly wallMs: number;
  /** User and system time of all its processes, milliseconds. */
  readonly cpuMs?: number;
  /** Largest resident set of all its processes together, bytes. */
  readonly memory?: number;
  /** Size of the sandbox without its inputs, bytes. */
  readonly disk?: number;
  /** Most processes seen at once. */
  readonly processes?: number;
}

export const NO_RESOURCES: Resources = { cores: 0, memory: 0, disk: 0, gpus: 0 };
