import { FINAL_STATES } from "../../tasks/task-state.js";
import type { Content, FileRecord, Replica } from "../records.js";
import { releaseTask } from "../tasks/finish.js";
import { removeHolder } from "../transfers/holdings.js";
import { dropCopy } from "../transfers/start.js";
import type { World } from "../world.js";
import { isValue } from "./outputs.js";

/** Whether replicas of the file are worth keeping. */
export function isNeeded(file: FileRecord): boolean {
  if (file.pending > 0 || file.wanted || file.libraries > 0) return true;
  switch (file.spec.lifetime) {
    case "task":
      return file.declared && !file.consumed;
    case "workflow":
      return file.declared;
    case "worker":
    case "forever":
      return true;
  }
}

/** Drops the replicas of a content that nobody will need, where nothing uses them. */
export function onLoose(world: World, content: Content): void {
  const isUseless = !content.files.some(isNeeded);
  for (const file of content.files) dropVain(world, file, isUseless);
  if (isUseless && !content.keep && !content.isComing) dropUnused(world, content);
  const { files, holders, flying, waiting } = content;
  if (files.length + holders.length + flying + waiting === 0) world.contents.delete(content.cacheName);
}

/**
 * Whether anybody waits for what the manager is to get: the application, the task that has made it, or workers that it is
 * to be passed on to (of what nobody needs, further copies made only for safety do not count).
 */
export function isAwaitedAtHome(file: FileRecord, isUseless: boolean): boolean {
  if (file.wanted) return true;
  if (file.spec.origin.type === "local" && file.producer?.state.name === "retrieving") return true;
  if (!file.relay) return false;
  for (const copy of file.content?.queued ?? [])
    if (copy.worker !== undefined && !(isUseless && copy.background)) return true;
  return false;
}

function dropVain(world: World, file: FileRecord, isUseless: boolean): void {
  const { homeward } = file;
  if (homeward?.state !== "queued" || isAwaitedAtHome(file, isUseless)) return;
  file.relay = false;
  dropCopy(world, homeward);
  world.agenda.leaving.push(file);
}

function dropUnused(world: World, content: Content): void {
  for (const file of content.files) if (isValue(file)) dropValue(world, file);
  for (const replica of [...content.holders]) if (replica.uses === 0) dropReplica(world, replica);
  for (const copy of [...(content.queued ?? [])]) if (copy.background) dropCopy(world, copy);
}

/** The manager need not keep what a call returned. */
function dropValue(world: World, file: FileRecord): void {
  file.home = false;
  world.agenda.recheck.push(file);
  world.effects.push({ type: "forget-file", file: file.spec.id });
}

/** Tells a worker to forget its copy. */
export function dropReplica(world: World, replica: Replica): void {
  const { worker, content } = replica;
  if (worker.state.name !== "gone")
    world.effects.push({ type: "drop", worker: worker.id, cacheName: content.cacheName });
  removeHolder(world, replica);
}

/** Forgets a file that the application will not name again and that nothing known may need again. */
export function onLeaving(world: World, file: FileRecord): void {
  if (file.declared || file.references > 0 || file.pending > 0 || file.wanted) return;
  if (file.homeward !== undefined || world.files.get(file.spec.id) !== file) return;
  if (file.producer !== undefined && !FINAL_STATES.has(file.producer.state.name)) return;
  world.files.delete(file.spec.id);
  world.effects.push({ type: "forget-file", file: file.spec.id });
  for (const part of file.ingredients) {
    part.references -= 1;
    part.recipes.splice(part.recipes.indexOf(file), 1);
    world.agenda.leaving.push(part);
  }
  leaveContent(world, file);
  if (file.producer !== undefined) releaseTask(world, file.producer);
}

function leaveContent(world: World, file: FileRecord): void {
  const { content } = file;
  if (content === undefined) return;
  content.files.splice(content.files.indexOf(file), 1);
  if (content.files.length === 0) content.relayed = false;
  else for (const alias of content.files) world.agenda.recheck.push(alias);
  world.agenda.loose.push(content);
  world.agenda.spread.push(content);
}

/** Drops all replicas that nothing uses now. What still needs the file has it made or fetched again. */
export function prune(world: World, file: FileRecord): void {
  const { content } = file;
  if (content === undefined || content.files.some((other) => other !== file && isNeeded(other))) return;
  dropUnused(world, content);
}
