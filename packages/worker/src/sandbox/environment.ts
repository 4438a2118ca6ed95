import type { Allocation } from "@taskvine/core/model";

type Environment = Readonly<Record<string, string | undefined>>;

const MEBIBYTE = 1024 * 1024;
/** What numeric libraries read to decide how many threads they start. */
const THREAD_VARIABLES = [
  "OMP_NUM_THREADS",
  "OPENBLAS_NUM_THREADS",
  "MKL_NUM_THREADS",
  "VECLIB_MAXIMUM_THREADS",
  "NUMEXPR_NUM_THREADS",
] as const;

/** The interpreter that functions in Python are to run in, where it is not `python3`. */
const FOR_TASKS = "VINE_PYTHON";

/** What every task inherits: the worker's own environment without what is meant for the worker alone. */
export function inheritedEnvironment(worker: Environment): Record<string, string> {
  const inherited: Record<string, string> = {};
  for (const [name, value] of Object.entries(worker)) {
    if (value !== undefined && (name === FOR_TASKS || !name.startsWith("VINE_"))) inherited[name] = value;
  }
  return inherited;
}

/** What one attempt is told of its place, with the task's own wishes on top; null unsets. */
export function taskEnvironment(
  allocation: Allocation,
  place: { readonly box: string; readonly tmp: string },
  wishes: Readonly<Record<string, string | null>>,
): Record<string, string | null> {
  const threads = String(Math.max(1, Math.floor(allocation.cores)));
  return {
    CORES: String(allocation.cores),
    MEMORY: String(Math.floor(allocation.memory / MEBIBYTE)),
    DISK: String(Math.floor(allocation.disk / MEBIBYTE)),
    GPUS: String(allocation.gpus),
    CUDA_VISIBLE_DEVICES: allocation.gpuIds.join(","),
    ...Object.fromEntries(THREAD_VARIABLES.map((name) => [name, threads])),
    TMPDIR: place.tmp,
    TEMP: place.tmp,
    TMP: place.tmp,
    VINE_SANDBOX: place.box,
    ...wishes,
  };
}
