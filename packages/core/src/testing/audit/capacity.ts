import type { Allocation } from "../../model/resources.js";
import { demand } from "./broken.js";
import type { AttemptAccount, WorkerAccount } from "./ledger.js";

const EPSILON = 1e-6;

/** What a worker was given fits it, but for some tasks that are there ahead of time; gpus never are. */
export function demandCapacity(worker: WorkerAccount, latest: Allocation, prefetchPerCore: number): void {
  const { cores } = worker.spec.resources;
  let waiting = 0;
  let largest = 0;
  for (const { started, allocation } of worker.outstanding.values()) {
    if (!started) waiting += allocation.cores;
    largest = Math.max(largest, allocation.cores);
  }
  // The last of those ahead of time may reach over the bound.
  const most = cores + cores * prefetchPerCore + largest;
  demand(waiting <= most + EPSILON, () => `${waiting} cores' worth of tasks wait at ${cores} cores`);
  demandPossible(latest, worker);
  if (latest.gpus > 0) demandOwnGpus([...worker.outstanding.values()], worker.spec.resources.gpus);
}

function demandPossible(
  { cores, memory, disk, gpus }: Allocation,
  { spec: { resources } }: WorkerAccount,
): void {
  const fits = cores <= resources.cores + EPSILON && memory <= resources.memory + EPSILON;
  const isSound = cores >= 0 && memory >= 0 && disk >= 0;
  demand(
    fits && disk <= resources.disk + EPSILON && gpus <= resources.gpus,
    "it is given more than the worker has",
  );
  demand(isSound, "it is given less than nothing");
}

function demandOwnGpus(attempts: readonly AttemptAccount[], gpus: number): void {
  const given = attempts.flatMap((attempt) => attempt.allocation.gpuIds);
  demand(given.length <= gpus, "more gpus are given away than there are");
  demand(new Set(given).size === given.length, "one gpu is given to two tasks");
  const byNumber = attempts.every(({ allocation }) => allocation.gpuIds.length === allocation.gpus);
  demand(byNumber, "gpus are not given by number");
}
