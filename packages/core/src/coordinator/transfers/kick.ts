import type { Content, Copy, WorkerRecord } from "../records.js";
import type { World } from "../world.js";
import { tryStart } from "./start.js";

/** Copies in a row that cannot start after which a look at a list ends; the next look begins behind them. */
export const MISSES = 16;
const LOOKED_AT = 64;

/** The content has a new source, or a copy of it has ended: others may begin. */
export function kickContent(world: World, content: Content): void {
  if (content.queued !== undefined) tryEach(world, content.queued);
}

/** A slot for incoming copies is free at the worker. */
function kickDestination(world: World, worker: WorkerRecord): void {
  if (worker.inbound.size > 0) tryEach(world, worker.inbound);
}

/** A slot for outgoing copies is free: those contents that wait for it are looked at in turn. */
function kickWaiters(world: World, waiters: Set<Content>, hasRoom: () => boolean): void {
  for (const content of [...first(waiters, LOOKED_AT)]) {
    if (!hasRoom()) return;
    waiters.delete(content);
    kickContent(world, content);
  }
}

/** A source is no more: contents that waited for a slot of it look for another. */
export function abandonWaiters(world: World, waiters: Set<Content>): void {
  const contents = [...waiters];
  waiters.clear();
  for (const content of contents) kickContent(world, content);
}

/** What the end of a copy has set free. */
export function kickAfter(world: World, copy: Copy): void {
  const { transfersPerSource, retrievals } = world.options;
  const { source, worker, gate } = copy;
  if (typeof source === "object")
    kickWaiters(world, source.waiters, () => source.outgoing < transfersPerSource);
  if (gate !== undefined) kickWaiters(world, gate.waiters, () => gate.giving < transfersPerSource);
  kickContent(world, copy.content);
  if (worker !== undefined) kickDestination(world, worker);
  else if (world.coming < retrievals) tryEach(world, world.homeward);
}

/** Something has become ready at the worker: what is made from it there may begin. */
export function kickRecipes(world: World, content: Content, worker: WorkerRecord): void {
  for (const file of content.files) {
    for (const recipe of file.recipes) {
      const copy = recipe.content === undefined ? undefined : worker.replicas.get(recipe.content)?.copy;
      if (copy?.held !== undefined) tryStart(world, copy);
    }
  }
}

/** Tries the copies of a set in turn; those that cannot start go to its end. */
function tryEach(world: World, copies: Set<Copy>): void {
  let misses = 0;
  for (const copy of [...first(copies, LOOKED_AT)]) {
    if (tryStart(world, copy)) continue;
    misses += 1;
    if (copy.state === "queued" && copies.delete(copy)) copies.add(copy);
    if (misses >= MISSES) return;
  }
}

function* first<T>(items: Iterable<T>, most: number): Generator<T> {
  let taken = 0;
  for (const item of items) {
    if (taken >= most) return;
    taken += 1;
    yield item;
  }
}
