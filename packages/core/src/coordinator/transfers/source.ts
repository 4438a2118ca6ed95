import { LIMITS } from "../../model/limits.js";
import { choosePeer, type PeerChoice } from "../../transfers/choose-source.js";
import type { Content, Copy, FileRecord, Gate, Source, WorkerRecord } from "../records.js";
import type { World } from "../world.js";

/** Sources that remember that a content waits for them. One of them will be free again. */
const REGISTERED = 32;

/** The file that stands for a content in effects. */
export function fileOf(content: Content): FileRecord | undefined {
  return content.files[0];
}

/**
 * Where the copy can come from now. Undefined: from nowhere yet; whatever has to change for that will have it looked at
 * again. `relay`: it has to go by way of the manager.
 */
export type Intent = Source | "relay" | undefined;

export function sourceForManager(world: World, copy: Copy): Intent {
  if (world.coming < world.options.retrievals) return peerFor(world, copy, "").peer;
  world.homeward.add(copy);
  return undefined;
}

export function sourceFor(world: World, copy: Copy, worker: WorkerRecord): Intent {
  const file = fileOf(copy.content);
  if (file === undefined) return undefined;
  copy.inline = isInline(copy.content) && !avoids(world, copy, "manager");
  if (copy.inline) return "manager";
  const { type } = file.spec.origin;
  if (type === "unpack" || type === "mini-task") return sourceOfMade(world, copy, worker);
  if (worker.incoming >= world.options.transfersPerDestination) return undefined;
  return file.spec.peerTransfer ? sourceAmongPeers(world, copy, worker) : sourceAtOrigin(world, copy, file);
}

/** Small enough to be sent in the message itself. */
function isInline(content: Content): boolean {
  return (
    content.kind === "file" &&
    (content.size ?? Number.POSITIVE_INFINITY) <= LIMITS.inlineBytes &&
    content.home
  );
}

/** A peer; the origin only while there is none, and then for a bounded number of copies at a time. */
function sourceAmongPeers(world: World, copy: Copy, worker: WorkerRecord): Intent {
  const { content } = copy;
  const file = fileOf(content) as FileRecord;
  const { type, peer } = peerFor(world, copy, worker.spec.hostId);
  if (peer?.spec.hostId !== worker.spec.hostId && comesToNeighbour(copy, worker)) {
    registerAt(content, worker.spec.hostId);
    return undefined;
  }
  if (type === "peer" || type === "busy") return peer;
  // A new holder comes soon: better its neighbour than one more copy from the origin.
  if (type === "none" && content.fromOrigin >= world.options.transfersPerSource) return undefined;
  if (type === "avoided" && !hasOrigin(content, file)) return waitOrRelay(copy);
  return sourceAtOrigin(world, copy, file);
}

/**
 * One copy to each host is enough: the others wait for it. A copy that has failed before does not, as the neighbours may
 * be unable to reach each other.
 */
export function comesToNeighbour({ tries, content }: Copy, { spec }: WorkerRecord): boolean {
  return tries === 0 && content.flyingTo(spec.hostId) > 0;
}

function hasOrigin(content: Content, file: FileRecord): boolean {
  return content.home || (file.spec.origin.type === "url" && file.producer === undefined);
}

/** The manager or the URL, when its slots and its record with this destination allow. */
function sourceAtOrigin(world: World, copy: Copy, file: FileRecord): Intent {
  const { content } = copy;
  if (!hasOrigin(content, file)) return file.spec.peerTransfer ? undefined : waitOrRelay(copy);
  const source = content.home ? "manager" : "url";
  if (avoids(world, copy, source)) return undefined;
  const gate = originGate(world, originKey(file, source));
  if (gate.giving < world.options.transfersPerSource) return source;
  gate.waiters.add(content);
  return undefined;
}

/** The name of whoever gives: the manager, or the host of a URL. */
function originKey(file: FileRecord, source: "manager" | "url"): string {
  const { origin } = file.spec;
  if (source === "manager" || origin.type !== "url") return "manager";
  const host = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(origin.url);
  return `url ${host?.[1] ?? ""}`;
}

function originGate(world: World, key: string): Gate {
  let gate = world.origins.get(key);
  if (gate === undefined) world.origins.set(key, (gate = { giving: 0, waiters: new Set() }));
  return gate;
}

/** The gate that a copy from the manager or a URL goes through. */
export function gateOf(world: World, copy: Copy, source: Source): Gate | undefined {
  const file = fileOf(copy.content);
  if (file === undefined || copy.inline || (source !== "manager" && source !== "url")) return undefined;
  return originGate(world, originKey(file, source));
}

/** Whether the source failed for this destination a short while ago; if so the copy is tried again when that is over. */
function avoids(world: World, copy: Copy, source: Source): boolean {
  const untilMs = copy.avoided?.get(source) ?? 0;
  if (untilMs <= world.nowMs) return false;
  retryAt(world, copy.content, untilMs);
  return true;
}

/** No peer can give it to this destination now, and it has no other source: by way of the manager. */
function waitOrRelay(copy: Copy): "relay" | undefined {
  return !copy.content.isComing && copy.content.holders.length > 0 ? "relay" : undefined;
}

/** A holder that can give it now. Otherwise busy ones remember that it waits, and avoided ones are asked again in time. */
function peerFor(
  world: World,
  copy: Copy,
  hostId: string,
): { type: PeerChoice<never>["type"]; peer: WorkerRecord | undefined } {
  const choice = choosePeer<WorkerRecord>(copy.content.holders, {
    nowMs: world.nowMs,
    limit: world.options.transfersPerSource,
    hostId,
    avoided: copy.avoided,
    start: world.transfers.size,
    self: copy.worker,
  });
  if (choice.type === "peer") return choice;
  if (choice.type === "busy") register(copy.content);
  if (choice.type !== "none") retryAt(world, copy.content, choice.untilMs);
  return { type: choice.type, peer: undefined };
}

/** Copies of the content that still wait then are looked at again. */
export function retryAt(world: World, content: Content, atMs: number): void {
  if (atMs === Number.POSITIVE_INFINITY || (content.retryAtMs > world.nowMs && content.retryAtMs <= atMs))
    return;
  content.retryAtMs = atMs;
  world.deadlines.push({ atMs, type: "retry", content });
}

/** Some of the busy holders remember that this content waits for a slot of theirs. */
function register(content: Content): void {
  const count = Math.min(REGISTERED, content.holders.length);
  for (let position = 0; position < count; position += 1)
    content.holders[position]?.worker.waiters.add(content);
}

/** The same for holders on one host. */
function registerAt(content: Content, hostId: string): void {
  for (const { worker } of content.holders.slice(0, REGISTERED))
    if (worker.spec.hostId === hostId) worker.waiters.add(content);
}

/** Unpacking is each worker's own affair; what a mini-task makes goes from worker to worker where that is allowed. */
function sourceOfMade(world: World, copy: Copy, worker: WorkerRecord): Intent {
  const { content } = copy;
  const file = fileOf(content) as FileRecord;
  const isShared = file.spec.peerTransfer && (file.spec.origin.type === "mini-task" || !canBeMade(file));
  if (!isShared) return sourceByRecipe(world, copy);
  if (content.holders.length === 0) return sourceByRecipe(world, copy, content.maker);
  if (worker.incoming >= world.options.transfersPerDestination) return undefined;
  const { type, peer } = peerFor(world, copy, worker.spec.hostId);
  if (type === "peer" || type === "busy") return peer;
  if (canBeMade(file)) return sourceByRecipe(world, copy, content.maker);
  return type === "avoided" ? waitOrRelay(copy) : undefined;
}

/** It is made here, unless another is making it for all. */
function sourceByRecipe(world: World, copy: Copy, maker: Copy = copy): Intent {
  return maker !== copy || avoids(world, copy, "recipe") ? undefined : "recipe";
}

function canBeMade(file: FileRecord): boolean {
  return file.ingredients.every((ingredient) => ingredient.available);
}
