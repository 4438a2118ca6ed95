import { demand } from "./broken.js";
import type { AttemptAccount, WorkerAccount } from "./ledger.js";

const EPSILON = 1e-6;

/** What a worker was given fits it, but for some tasks that are there ahead of time; gpus never are. */
export function demandCapacity(worker: WorkerAccount, prefetchPerCore: number, about: string): void {
  const { cores, gpus } = worker.spec.resources;
  const attempts = [...worker.outstanding.values()];
  let given = 0;
  let largest = 0;
  let givenGpus = 0;
  for (const attempt of attempts) {
    demandPossible(attempt, worker, about);
    if (!attempt.started) given += attempt.allocation.cores;
    largest = Math.max(largest, attempt.allocation.cores);
    givenGpus += attempt.allocation.gpus;
  }
  // The last of those ahead of time may reach over the bound.
  const most = cores + cores * prefetchPerCore + largest;
  demand(given <= most + EPSILON, `${about}: ${given} cores' worth of tasks wait at ${cores} cores`);
  demand(givenGpus <= gpus, `${about}: more gpus are given away than there are`);
  demandOwnGpus(attempts, about);
}

function demandPossible(
  { allocation }: AttemptAccount,
  { spec: { resources } }: WorkerAccount,
  about: string,
): void {
  const { cores, memory, disk, gpus } = allocation;
  const fits = cores <= resources.cores + EPSILON && memory <= resources.memory + EPSILON;
  demand(
    fits && disk <= resources.disk + EPSILON && gpus <= resources.gpus,
    `${about}: given more than the worker has`,
  );
  demand(cores >= 0 && memory >= 0 && disk >= 0, `${about}: given less than nothing`);
}

function demandOwnGpus(attempts: readonly AttemptAccount[], about: string): void {
  const given = attempts.flatMap((attempt) => attempt.allocation.gpuIds);
  demand(new Set(given).size === given.length, `${about}: one gpu is given to two tasks`);
  for (const { allocation } of attempts) {
    demand(allocation.gpuIds.length === allocation.gpus, `${about}: gpus are not given by number`);
  }
}
