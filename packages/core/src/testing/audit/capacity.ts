import { demand } from "./broken.js";
import type { AttemptAccount, WorkerAccount } from "./ledger.js";

const EPSILON = 1e-6;

/** What a worker was given fits it, but for a few tasks that are there ahead of time; gpus never are. */
export function demandCapacity(worker: WorkerAccount, prefetchPerCore: number, about: string): void {
  const { resources } = worker.spec;
  const free = { ...resources };
  let ahead = 0;
  let largest = 0;
  const attempts = [...worker.outstanding.values()].sort((a, b) => Number(b.started) - Number(a.started));
  for (const attempt of attempts) {
    const { cores, memory, gpus } = attempt.allocation;
    demandPossible(attempt, worker, about);
    if (cores > free.cores + EPSILON || memory > free.memory + EPSILON || gpus > free.gpus) {
      demand(gpus === 0, `${about}: more gpus are given away than there are`);
      ahead += cores;
      largest = Math.max(largest, cores);
      continue;
    }
    free.cores -= cores;
    free.memory -= memory;
    free.gpus -= gpus;
  }
  // The last of them may reach over the bound.
  const most = resources.cores * prefetchPerCore + largest;
  demand(ahead <= most + EPSILON, `${about}: ${ahead} cores' worth of tasks are there ahead of time`);
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
