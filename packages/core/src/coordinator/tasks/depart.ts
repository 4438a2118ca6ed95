import type { CacheName } from "../../model/ids.js";
import type { AttemptRecord } from "../../tasks/result.js";
import { vacateSlot } from "../libraries/slots.js";
import { leaveLine } from "../lines/revoke.js";
import type { Run, TaskRecord, WorkerRecord } from "../records.js";
import { letGo } from "../transfers/start.js";
import { vacate } from "../workers/room.js";
import type { World } from "../world.js";

/** The attempt is over at its worker: gives back room and inputs there, and keeps a record of it. */
export function depart(
  world: World,
  task: TaskRecord,
  run: Run,
  end: Pick<AttemptRecord, "ended" | "outcome">,
): void {
  if (run.instance === undefined) vacate(world, task, run);
  else vacateSlot(world, run, run.instance);
  leaveLine(world, task, end.outcome);
  for (const file of task.inputs) {
    if (run.attached?.includes(file) === true) continue;
    const replica = file.content === undefined ? undefined : run.worker.replicas.get(file.content);
    if (replica !== undefined && replica.uses > 0) letGo(world, replica);
  }
  if (end.ended === "success") {
    run.worker.succeeded += 1;
    run.worker.successMs += world.nowMs - run.assignedAtMs;
  }
  if (run.strays !== undefined) dropUnheld(world, run.worker, run.strays);
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

/** Has the worker forget outputs that do not count as replicas: at once, or when it wants no copy of the same name any more. */
export function dropUnheld(world: World, worker: WorkerRecord, names: readonly CacheName[]): void {
  if (worker.state.name === "gone") return;
  for (const cacheName of names) {
    const content = world.contents.get(cacheName);
    const replica = content === undefined ? undefined : worker.replicas.get(content);
    if (replica !== undefined) {
      replica.stray = !replica.ready;
      continue;
    }
    world.effects.push({ type: "drop", worker: worker.id, cacheName });
  }
}
