import { move, requeue, runOf, WAITING } from "../tasks/move.js";
import { depart } from "../tasks/depart.js";
import type { FileRecord, TaskRecord } from "../records.js";
import type { World } from "../world.js";
import { pendingConsumers } from "./demand.js";
import { lostOnWayHome } from "../transfers/home.js";
import { nameMade } from "./naming.js";
import { serveWant } from "./wants.js";

/** Whether consumers can count on the file: some worker has it, or anyone can fetch or make it. */
function isAvailable(file: FileRecord): boolean {
  const { content, spec } = file;
  if (content === undefined || file.state !== "named") return false;
  if (file.producer !== undefined || spec.origin.type === "temp") return file.made && (content.holders.length > 0 || content.home);
  if (spec.origin.type === "url") return true;
  if (content.home) return true;
  const isMade = spec.origin.type === "unpack" || spec.origin.type === "mini-task";
  if (content.holders.length > 0 && spec.peerTransfer) return true;
  return isMade && file.ingredients.every((ingredient) => ingredient.available);
}

/** Looks again whether the file can be had, and tells those that wait for it or counted on it. */
export function onRecheck(world: World, file: FileRecord): void {
  if (file.content === undefined && file.state === "unnamed") nameMade(world, file);
  const available = isAvailable(file);
  if (available && file.wanted) serveWant(world, file);
  if (available === file.available) return;
  file.available = available;
  for (const recipe of file.recipes) world.agenda.recheck.push(recipe);
  for (const task of pendingConsumers(world, file)) {
    if (available) gained(world, task);
    else lost(world, task, file);
  }
  if (!available) lostFromHome(world, file);
  if (!available && (file.pending > 0 || file.wanted)) world.agenda.needed.push(file);
}

/** An output that its task still waits to see home. */
function lostFromHome(world: World, file: FileRecord): void {
  const { producer } = file;
  if (file.spec.origin.type !== "local" || producer?.state.name !== "retrieving") return;
  lostOnWayHome(world, producer, file.spec.label);
}

function gained(world: World, task: TaskRecord): void {
  task.missing -= 1;
  if (task.missing === 0 && task.state.name === "waiting") world.agenda.readied.push(task);
}

/** A task that has the file at its worker goes on; one that still waited for it there is taken back. */
function lost(world: World, task: TaskRecord, file: FileRecord): void {
  task.missing += 1;
  if (task.state.name === "ready") move(world, task, WAITING);
  if (task.state.name !== "assigned") return;
  const { run } = task.state;
  if (file.content !== undefined && run.worker.replicas.get(file.content)?.ready === true) return;
  withdraw(world, task);
}

/** Takes back a task that cannot have started. No answer is waited for. */
export function withdraw(world: World, task: TaskRecord): void {
  const run = runOf(task);
  if (run === undefined) return;
  world.effects.push({ type: "kill", worker: run.worker.id, task: task.id, attempt: run.attempt });
  depart(world, task, run, { ended: "retracted" });
  requeue(world, task);
}
