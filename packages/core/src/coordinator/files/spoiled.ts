import type { FileRecord, TaskRecord } from "../records.js";
import { depart } from "../tasks/depart.js";
import { finish, inputFailure } from "../tasks/finish.js";
import type { World } from "../world.js";
import { pendingConsumers, spoil } from "./demand.js";
import { endWant } from "./wants.js";

/** A file can never be had: whatever cannot do without it ends, and so on downstream. */
export function onSpoiled(world: World, file: FileRecord): void {
  const trouble = file.failure;
  if (trouble === undefined) return;
  const wasAvailable = file.available;
  file.available = false;
  for (const task of pendingConsumers(world, file)) {
    if (wasAvailable) task.missing += 1;
    if (!hasItAlready(task, file)) failFor(world, task, file);
  }
  for (const recipe of file.recipes) {
    const heldAnyway = (recipe.content?.holders.length ?? 0) > 0;
    if (heldAnyway) world.agenda.recheck.push(recipe);
    else spoil(world, recipe, trouble);
  }
  endWant(world, file, trouble);
  if (file.content !== undefined) world.agenda.loose.push(file.content);
  world.agenda.leaving.push(file);
}

function hasItAlready(task: TaskRecord, file: FileRecord): boolean {
  if (task.state.name === "running") return true;
  if (task.state.name !== "assigned" || file.content === undefined) return false;
  if (task.state.run.attached?.includes(file) === true) return true;
  return task.state.run.worker.replicas.get(file.content)?.ready === true;
}

function failFor(world: World, task: TaskRecord, file: FileRecord): void {
  const verdict = inputFailure(file);
  if (task.state.name === "assigned") {
    const { run } = task.state;
    world.effects.push({ type: "kill", worker: run.worker.id, task: task.id, attempt: run.attempt });
    depart(world, task, run, { ended: verdict.code });
  }
  finish(world, task, verdict);
}
