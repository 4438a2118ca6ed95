import type { ResourceRequest, Resources } from "../model/resources.js";

/** Of a worker's disk, what shares of tasks may make up; the rest is for its cache. */
const DISK_SHARE = 3 / 4;
/** A full cache (it evicts by itself) never takes a share below this part. */
const LEAST_DISK = 1 / 8;
/** What a request for disk grows to at most, of the largest worker: its inputs must find room beside it. */
const MOST_DISK = 15 / 16;

/** What is asked for; zero is the same as nothing said. */
function asked(value: number | undefined): number | undefined {
  return value === undefined || value === 0 ? undefined : value;
}

/** The largest part of the worker that any amount named is. Undefined: nothing was named. */
function largestPart(request: ResourceRequest, total: Resources): number | undefined {
  const largest = Math.max(
    partOf(request.cores, total.cores),
    partOf(request.memory, total.memory),
    partOf(request.disk, total.disk),
    partOf(request.gpus, total.gpus),
  );
  return largest === 0 ? undefined : Math.min(1, largest);
}

function partOf(amount: number | undefined, total: number): number {
  if (amount === undefined || amount === 0) return 0;
  return total > 0 ? amount / total : 1;
}

function coresFor(request: ResourceRequest, total: Resources, part: number | undefined): number {
  const cores = asked(request.cores);
  if (cores !== undefined) return cores;
  const named = asked(request.memory) ?? asked(request.disk);
  if (part === undefined || named === undefined) return Math.min(1, total.cores || 1);
  return Math.max(Math.min(1, total.cores), Math.floor(part * total.cores));
}

/**
 * How much of a worker a task gets: what it names as it says; of what it leaves out, the largest of the parts that it
 * names (2 of 8 cores bring a quarter of memory and disk); one core's part when it names nothing. Gpus only when named.
 */
export function amountsFor(request: ResourceRequest, total: Resources, cachedBytes: number): Resources {
  const named = largestPart(request, total);
  const cores = coresFor(request, total, named);
  const part = Math.min(1, Math.max(named ?? 0, total.cores > 0 ? Math.min(cores, 1) / total.cores : 1));
  const room = Math.max(total.disk - cachedBytes, total.disk * LEAST_DISK);
  return {
    cores,
    memory: asked(request.memory) ?? Math.floor(total.memory * part),
    disk: asked(request.disk) ?? Math.floor(room * part * DISK_SHARE),
    gpus: request.gpus ?? 0,
  };
}

/**
 * The same for what stays at the worker: files come and go meanwhile, and it does not end when they need room. Its share
 * of the disk leaves half of that to the cache from the beginning.
 */
export function amountsForStaying(
  request: ResourceRequest,
  total: Resources,
  cachedBytes: number,
): Resources {
  return amountsFor(request, total, Math.max(cachedBytes, total.disk / 2));
}

const EXHAUSTIBLE = ["cores", "memory", "disk", "gpus"] as const;

/** The request of the next attempt: twice what ran out, at most what the largest worker can give. Undefined: it cannot grow. */
export function grownRequest(
  request: ResourceRequest,
  given: Resources,
  exhausted: readonly string[],
  largest: Resources,
): ResourceRequest | undefined {
  const grown: { -readonly [R in keyof Resources]?: number } = { ...request };
  let bigger = false;
  for (const resource of EXHAUSTIBLE) {
    if (!exhausted.includes(resource)) continue;
    const most = resource === "disk" ? Math.floor(largest.disk * MOST_DISK) : largest[resource];
    const amount = Math.min(2 * given[resource], most);
    if (amount <= given[resource]) return undefined;
    grown[resource] = amount;
    bigger = true;
  }
  return bigger ? grown : undefined;
}
