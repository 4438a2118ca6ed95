import { revoke } from "../lines/revoke.js";
import type { FileRecord, TaskRecord } from "../records.js";
import { depart } from "../tasks/depart.js";
import { move, requeue, runOf, WAITING } from "../tasks/move.js";
import { lostOnWayHome } from "../transfers/home.js";
import type { World } from "../world.js";
import { pendingConsumers } from "./demand.js";
import { nameMade } from "./naming.js";
import { serveWant } from "./wants.js";

/** Whether consumers can count on the file: some worker has it, or anyone can fetch or make it. */
function isAvailable(file: FileRecord): boolean {
  const { content, spec } = file;
  if (content === undefined || file.state !== "named") return false;
  const isHeld = content.holders.length > 0;
  if (file.producer !== undefined) return file.made && (isHeld || content.home);
  switch (spec.origin.type) {
    case "temp":
      return false;
    case "url":
      return true;
    case "local":
    case "buffer":
      return content.home || (isHeld && spec.peerTransfer);
    case "unpack":
    case "mini-task":
      return (isHeld && spec.peerTransfer) || file.ingredients.every((ingredient) => ingredient.available);
  }
}

/** Looks again whether the file can be had, and tells those that wait for it or counted on it. */
export function onRecheck(world: World, file: FileRecord): void {
  if (file.content === undefined && file.state === "unnamed") nameMade(world, file);
  const available = isAvailable(file);
  if (available !== file.available) turnAvailable(world, file, available);
  if (available && file.wanted) serveWant(world, file);
}

function turnAvailable(world: World, file: FileRecord, available: boolean): void {
  file.available = available;
  for (const recipe of file.recipes) world.agenda.recheck.push(recipe);
  if (available) for (const task of pendingConsumers(world, file)) gained(world, task);
  else loseFile(world, file);
}

function loseFile(world: World, file: FileRecord): void {
  for (const task of pendingConsumers(world, file)) lost(world, task, file);
  lostFromHome(world, file);
  if (file.pending > 0 || file.wanted) world.agenda.needed.push(file);
}

/** An output that its task still waits to see home. */
function lostFromHome(world: World, file: FileRecord): void {
  const { producer } = file;
  if (file.spec.origin.type !== "local" || producer?.state.name !== "retrieving") return;
  lostOnWayHome(world, producer, `output "${file.spec.label}"`);
}

function gained(world: World, task: TaskRecord): void {
  task.missing -= 1;
  if (task.missing === 0 && task.state.name === "waiting") world.agenda.readied.push(task);
}

/** A task that has the file at its worker goes on; one that still waited for it there is taken back. */
function lost(world: World, task: TaskRecord, file: FileRecord): void {
  task.missing += 1;
  if (task.state.name === "ready") move(world, task, WAITING);
  else if (task.state.name === "waiting") revoke(world, task);
  if (task.state.name !== "assigned") return;
  const { run } = task.state;
  if (file.content !== undefined && run.worker.replicas.get(file.content)?.ready === true) return;
  if (run.attached?.includes(file) === true) return;
  withdraw(world, task);
}

/** Takes back a task that cannot have started. No answer is waited for. */
function withdraw(world: World, task: TaskRecord): void {
  const run = runOf(task);
  if (run === undefined) return;
  world.effects.push({ type: "kill", worker: run.worker.id, task: task.id, attempt: run.attempt });
  depart(world, task, run, { ended: "retracted" });
  requeue(world, task);
}
