import type { Replica, TaskRecord, WorkerRecord } from "../records.js";
import type { World } from "../world.js";
import { depart } from "./depart.js";
import { retryUnstarted } from "./retry.js";

/** Takes back what has not started at a worker: everything, or only what still lacks an input there. */
export function withdrawUnstarted(
  world: World,
  worker: WorkerRecord,
  why: string,
  onlyLacking: boolean,
): void {
  for (const task of [...worker.tasks]) {
    if (!onlyLacking || lacksInput(task, worker)) withdraw(world, worker, task, why);
  }
}

/** Takes back what has not started at a worker and would use its copy of the content. */
export function withdrawUsers(world: World, { worker, content }: Replica, why: string): void {
  for (const task of [...worker.tasks]) {
    if (task.inputs.some((file) => file.content === content)) withdraw(world, worker, task, why);
  }
}

function withdraw(world: World, worker: WorkerRecord, task: TaskRecord, why: string): void {
  if (task.state.name !== "assigned") return;
  const { run } = task.state;
  world.effects.push({ type: "kill", worker: worker.id, task: task.id, attempt: run.attempt });
  depart(world, task, run, { ended: "retracted" });
  retryUnstarted(world, task, why);
}

function lacksInput(task: TaskRecord, worker: WorkerRecord): boolean {
  return task.inputs.some(
    ({ content }) => content === undefined || worker.replicas.get(content)?.ready !== true,
  );
}
