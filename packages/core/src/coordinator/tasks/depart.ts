import type { AttemptRecord } from "../../tasks/result.js";
import type { Run, TaskRecord } from "../records.js";
import { letGo } from "../transfers/start.js";
import { vacate } from "../workers/room.js";
import type { World } from "../world.js";

/** The attempt is over at its worker: gives back room and inputs there, and keeps a record of it. */
export function depart(world: World, task: TaskRecord, run: Run, end: Pick<AttemptRecord, "ended" | "outcome">): void {
  vacate(world, task, run);
  for (const file of task.inputs) {
    const replica = file.content === undefined ? undefined : run.worker.replicas.get(file.content);
    if (replica !== undefined && replica.uses > 0) letGo(world, replica);
  }
  const { spec } = run.worker;
  (task.history ??= []).push({
    attempt: run.attempt,
    worker: spec.id,
    workerName: spec.name,
    host: spec.host,
    assignedAtMs: run.assignedAtMs,
    endedAtMs: world.nowMs,
    allocation: run.allocation,
    ...end,
  });
}
