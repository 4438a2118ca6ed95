import { type Library, VineError, type VineFile } from "@taskvine/core/executor";

/** A library as the Python side describes it. Its files come with the request, in the order of their names. */
export interface LibraryBody {
  /** What graphs call it: the same key, the same library. */
  readonly key: string;
  readonly command: string;
  readonly inputs: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cores?: number;
  /** Bytes. */
  readonly memory?: number;
  readonly disk?: number;
  readonly gpus?: number;
  readonly slots?: number;
  /** Names or hosts of workers where it is to run; and whether others do while none of these is there. */
  readonly workers?: readonly string[];
  readonly elsewhere?: boolean;
  /** Name of a placement policy: at which workers its processes are started first. */
  readonly policy?: string;
}

/** Says to `library` what the body says. */
export function libraryOf(library: Library, body: LibraryBody, files: readonly VineFile[]): Library {
  const { inputs, env, cores, memory, disk, gpus, slots, workers, elsewhere = false, policy } = body;
  inputs.forEach((name, index) => {
    const file = files[index];
    if (file === undefined) throw new VineError("BAD_ARGUMENT", `the file ${name} of a library is missing`);
    library.input(file, name);
  });
  for (const [name, value] of Object.entries(env)) library.env(name, value);
  if (cores !== undefined) library.cores(cores);
  if (memory !== undefined) library.memory(memory);
  if (disk !== undefined) library.disk(disk);
  if (gpus !== undefined) library.gpus(gpus);
  if (workers !== undefined) library.workers(workers, { elsewhere });
  if (policy !== undefined) library.policy(policy);
  return slots === undefined ? library : library.slots(slots);
}
