import type { TaskRecord, WorkerRecord } from "../records.js";
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
    if (task.state.name !== "assigned") continue;
    if (onlyLacking && !lacksInput(task, worker)) continue;
    const { run } = task.state;
    world.effects.push({ type: "kill", worker: worker.id, task: task.id, attempt: run.attempt });
    depart(world, task, run, { ended: "retracted" });
    retryUnstarted(world, task, why);
  }
}

function lacksInput(task: TaskRecord, worker: WorkerRecord): boolean {
  return task.inputs.some(
    ({ content }) => content === undefined || worker.replicas.get(content)?.ready !== true,
  );
}
