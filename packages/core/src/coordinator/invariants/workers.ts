import { LEAST_QUEUED_CORES } from "../../scheduling/eligible.js";
import { callsAt } from "../libraries/slots.js";
import type { Content, FileRecord, TaskRecord, WorkerRecord } from "../records.js";
import type { World } from "../world.js";
import { claim, isClose } from "./claim.js";

/** What is given to tasks and what is free make up the worker; gpus are given once; every use of a file has its reason. */
export function checkWorkers(world: World): void {
  for (const worker of world.workers.values()) {
    checkRoom(worker);
    checkGpus(worker);
    checkUses(world, worker);
    let bytes = 0;
    let needed = 0;
    for (const replica of worker.replicas.values()) {
      if (!replica.ready) continue;
      bytes += replica.size;
      needed += replica.neededBytes;
    }
    claim(
      isClose(needed, worker.neededBytes),
      () => `worker ${worker.id} must keep ${needed} bytes, counted were ${worker.neededBytes}`,
    );
    claim(
      isClose(bytes, worker.cachedBytes),
      () => `worker ${worker.id} holds ${bytes} bytes, counted were ${worker.cachedBytes}`,
    );
  }
}

function runsOf(worker: WorkerRecord): { task: TaskRecord; run: NonNullable<ReturnType<typeof runAt>> }[] {
  return worker.tasks.map((task, seat) => {
    const run = runAt(task);
    claim(
      run?.worker === worker && run.seat === seat,
      () => `worker ${worker.id} has task ${task.id}, which is ${task.state.name}`,
    );
    return { task, run };
  });
}

function runAt(task: TaskRecord): Extract<TaskRecord["state"], { run: unknown }>["run"] | undefined {
  return "run" in task.state ? task.state.run : undefined;
}

function checkRoom(worker: WorkerRecord): void {
  const runs = runsOf(worker);
  const inUse = runs.filter(({ run }) => !run.queued);
  for (const resource of ["cores", "memory", "disk", "gpus"] as const) {
    const used = inUse.reduce((sum, { run }) => sum + run.allocation[resource], 0);
    const free = worker.free[resource];
    const story = (): string =>
      `worker ${worker.id}: ${used} ${resource} used, ${free} free of ${worker.total[resource]}`;
    claim(isClose(used + free, worker.total[resource]), story);
    // What it started ahead of its turn may be more than we thought it had room for.
    const early = inUse.some(({ task }) => task.state.name === "running");
    claim(free > -1e-6 || resource === "disk" || early, story);
  }
  const waiting = runs.filter(({ run }) => run.queued);
  const cores = waiting.reduce((sum, { run }) => sum + Math.max(run.allocation.cores, LEAST_QUEUED_CORES), 0);
  claim(
    isClose(cores, worker.queuedCores),
    () => `worker ${worker.id} queues ${cores} cores, counted were ${worker.queuedCores}`,
  );
  claim(
    cores <= worker.queueLimit + 1e-6,
    () => `worker ${worker.id} queues ${cores} cores of at most ${worker.queueLimit}`,
  );
  claim(
    waiting.length === worker.queue.length,
    () => `worker ${worker.id} queues ${waiting.length} tasks, not ${worker.queue.length}`,
  );
}

function checkGpus(worker: WorkerRecord): void {
  const ids = [...worker.freeGpuIds];
  for (const { run } of runsOf(worker)) ids.push(...run.allocation.gpuIds);
  const unique = new Set(ids);
  claim(
    ids.length === worker.total.gpus && unique.size === ids.length,
    () => `worker ${worker.id} has gpus ${ids.join(" ")}`,
  );
}

function checkUses(world: World, worker: WorkerRecord): void {
  const uses = countUses(world, worker);
  for (const replica of worker.replicas.values()) {
    const count = uses.get(replica.content) ?? 0;
    const name = replica.content.cacheName;
    claim(
      replica.uses === count,
      () => `${name} at worker ${worker.id} is used ${count} times, counted were ${replica.uses}`,
    );
    claim(!(replica.stray && replica.ready), () => `${name} at worker ${worker.id} counts, and is a stray`);
    const pointless = !replica.ready && replica.uses === 0 && replica.copy === undefined;
    claim(!pointless, () => `worker ${worker.id} keeps a record of ${name} for nothing`);
  }
}

/** Its inputs but for those that went along with it. */
function neededThere(task: TaskRecord): FileRecord[] {
  const attached = runAt(task)?.attached ?? [];
  return task.inputs.filter((file) => !attached.includes(file));
}

/** What each content is used for at a worker: by tasks, by recipes, and for the application. */
function countUses(world: World, worker: WorkerRecord): Map<Content | undefined, number> {
  const uses = new Map<Content | undefined, number>();
  const use = (content: Content | undefined): void => void uses.set(content, (uses.get(content) ?? 0) + 1);
  const tasks = [...runsOf(worker).map(({ task }) => task), ...callsAt(worker)];
  for (const task of tasks) for (const file of neededThere(task)) use(file.content);
  for (const { copy } of worker.replicas.values()) for (const part of copy?.held ?? []) use(part.content);
  for (const { patron } of world.wanted) if (patron?.worker === worker) use(patron.content);
  return uses;
}
