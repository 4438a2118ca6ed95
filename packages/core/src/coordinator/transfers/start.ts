import { nextTransferState } from "../../transfers/transfer-state.js";
import type { TransferSource } from "../effect.js";
import {
  type Content,
  Copy,
  type FileRecord,
  type Replica,
  type Source,
  type WorkerRecord,
} from "../records.js";
import type { World } from "../world.js";
import { forgetIfIdle, queueCopy, replicaAt } from "./holdings.js";
import { fileOf, gateOf, sourceFor, sourceForManager } from "./source.js";

/** Something at the worker needs the content: keeps it there, or sees that it comes. */
export function hold(world: World, content: Content, worker: WorkerRecord): Replica {
  const replica = replicaAt(content, worker);
  replica.uses += 1;
  if (replica.ready) world.stats.cacheHits += 1;
  else if (replica.copy === undefined) tryStart(world, queueCopy(content, worker));
  else if (replica.copy.background) {
    replica.copy.background = false;
    tryStart(world, replica.copy);
  }
  return replica;
}

/** The opposite of `hold`. A copy that has not begun is not wanted any more; what is there may be dropped. */
export function letGo(world: World, replica: Replica): void {
  replica.uses -= 1;
  if (replica.uses > 0) return;
  if (replica.copy?.state === "queued" && !replica.copy.background) dropCopy(world, replica.copy);
  if (replica.ready) world.agenda.loose.push(replica.content);
  else forgetIfIdle(world, replica);
}

/** Ends a copy that is not on its way. */
export function dropCopy(world: World, copy: Copy): void {
  copy.state = nextTransferState(copy.state, "dropped");
  forget(world, copy);
}

/** Takes a copy that has ended out of all lists. */
export function forget(world: World, copy: Copy): void {
  const { content, worker } = copy;
  content.queued?.delete(copy);
  releaseIngredients(world, copy);
  if (worker === undefined) {
    world.homeward.delete(copy);
    if (copy.file?.homeward === copy) copy.file.homeward = undefined;
    return;
  }
  worker.inbound.delete(copy);
  if (content.isComing) world.agenda.loose.push(content);
  const replica = worker.replicas.get(content);
  if (replica?.copy !== copy) return;
  replica.copy = undefined;
  forgetIfIdle(world, replica);
}

/** Lets go of what was gathered to make a content. */
export function releaseIngredients(world: World, copy: Copy): void {
  if (copy.content.maker === copy) {
    copy.content.maker = undefined;
    world.agenda.spread.push(copy.content);
  }
  const { held } = copy;
  copy.held = undefined;
  for (const replica of held ?? []) if (replica.uses > 0) letGo(world, replica);
}

/** Begins a copy if a source and its destination have room. Otherwise those that lack it will remember. */
export function tryStart(world: World, copy: Copy): boolean {
  if (copy.state !== "queued" || fileOf(copy.content) === undefined) return false;
  const source =
    copy.worker === undefined ? sourceForManager(world, copy) : sourceFor(world, copy, copy.worker);
  if (source === undefined) return false;
  if (source === "relay") {
    relay(world, copy.content);
    return false;
  }
  if (source === "recipe" && !gather(world, copy)) return false;
  launch(world, copy, source);
  return true;
}

/** Whether all that a content is made from is at the worker. What is not is sent for, and what is stays there meanwhile. */
function gather(world: World, copy: Copy): boolean {
  const { worker } = copy;
  const file = fileOf(copy.content);
  if (worker === undefined || file === undefined) return false;
  const contents: Content[] = [];
  for (const { content } of file.ingredients) {
    if (content === undefined) return false;
    contents.push(content);
  }
  copy.content.maker = copy;
  copy.held ??= contents.map((content) => hold(world, content, worker));
  return copy.held.every((replica) => replica.ready);
}

function launch(world: World, copy: Copy, source: Source): void {
  const { content, worker } = copy;
  copy.state = nextTransferState(copy.state, "flying");
  copy.source = source;
  copy.gate = gateOf(world, copy, source);
  copy.transfer = world.nextTransfer();
  copy.tries += 1;
  world.transfers.set(copy.transfer, copy);
  content.queued?.delete(copy);
  worker?.inbound.delete(copy);
  world.homeward.delete(copy);
  // Whatever was to be passed on to it need not be.
  if (worker !== undefined && content.isComing) world.agenda.loose.push(content);
  count(world, copy, 1);
  announce(world, copy, source);
}

function announce(world: World, copy: Copy, source: Source): void {
  const { content, worker, transfer } = copy;
  const giver = source === "manager" ? content.files.find((alias) => alias.home) : copy.file;
  const file = (giver ?? fileOf(content))?.spec.id;
  if (file === undefined || transfer === undefined) return;
  if (worker === undefined) {
    if (typeof source === "object")
      world.effects.push({ type: "retrieve", transfer, file, source: source.id });
  } else if (source === "recipe") {
    world.effects.push({ type: "make", worker: worker.id, transfer, file });
  } else {
    const from: TransferSource =
      typeof source === "object" ? { type: "worker", worker: source.id } : { type: source };
    world.effects.push({ type: "fetch", worker: worker.id, transfer, file, source: from });
  }
}

/** Takes a copy off the way: its slots are free. */
export function land(world: World, copy: Copy): void {
  if (copy.transfer !== undefined) world.transfers.delete(copy.transfer);
  count(world, copy, -1);
}

/** Books (1) or gives back (-1) the slots that a copy on its way takes. */
function count(world: World, copy: Copy, sign: 1 | -1): void {
  const { content, worker, source } = copy;
  content.flying += sign;
  if (worker !== undefined && typeof source !== "object") content.fromOrigin += sign;
  if (copy.inline && source === "manager") return;
  if (typeof source === "object") source.outgoing += sign;
  if (copy.gate !== undefined) copy.gate.giving += sign;
  if (worker === undefined) world.coming += sign;
  else if (source !== "recipe") {
    worker.incoming += sign;
    content.countFlightTo(worker.spec.hostId, sign);
  }
}

/** The manager is to get the file. */
export function bringHome(world: World, file: FileRecord): void {
  const { content } = file;
  if (file.homeward !== undefined || content === undefined) return;
  const copy = new Copy(content, undefined);
  copy.file = file;
  file.homeward = copy;
  (content.queued ??= new Set()).add(copy);
  tryStart(world, copy);
}

/** The manager is to get the content, to pass it on. */
function relay(world: World, content: Content): void {
  const file = fileOf(content);
  if (file === undefined) return;
  file.relay = true;
  bringHome(world, file);
}
