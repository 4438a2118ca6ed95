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
  if (world.coming >= world.options.retrievals) {
    world.homeward.add(copy);
    return undefined;
  }
  const peer = peerChoice(world, copy, "");
  if (peer.type === "peer") return peer.peer;
  if (peer.type === "busy") return register(copy.content);
  return undefined;
}

export function sourceFor(world: World, copy: Copy, worker: WorkerRecord): Intent {
  const { content } = copy;
  const file = fileOf(content);
  if (file === undefined) return undefined;
  const { origin, peerTransfer } = file.spec;
  copy.inline = content.home && (content.size ?? Infinity) <= LIMITS.inlineBytes && content.kind === "file";
  if (copy.inline && avoids(world, copy, "manager")) copy.inline = false;
  if (copy.inline) return "manager";
  if (origin.type === "unpack" || origin.type === "mini-task") return sourceOfMade(world, copy, worker);
  if (worker.incoming >= world.options.transfersPerDestination) return undefined;
  if (peerTransfer) {
    const peer = peerChoice(world, copy, worker.spec.hostId);
    if (peer.type === "peer") return peer.peer;
    if (peer.type === "busy") return register(content);
    // A new holder comes soon: better its neighbour than one more copy from the origin.
    if (peer.type === "none" && content.fromOrigin >= world.options.transfersPerSource) return undefined;
    if (peer.type === "avoided" && !hasOrigin(content, file)) return waitOrRelay(copy);
  }
  return sourceAtOrigin(world, copy, file);
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

function peerChoice(world: World, copy: Copy, hostId: string): PeerChoice<WorkerRecord> {
  const { transfersPerSource } = world.options;
  const peer = choosePeer<WorkerRecord>(copy.content.holders, {
    nowMs: world.nowMs,
    limit: transfersPerSource,
    hostId,
    avoided: copy.avoided,
    start: world.transfers.size,
    self: copy.worker,
  });
  if (peer.type === "busy" || peer.type === "avoided") retryAt(world, copy.content, peer.untilMs);
  return peer;
}

/** Copies of the content that still wait then are looked at again. */
export function retryAt(world: World, content: Content, atMs: number): void {
  if (atMs === Number.POSITIVE_INFINITY || (content.retryAtMs > world.nowMs && content.retryAtMs <= atMs)) return;
  content.retryAtMs = atMs;
  world.deadlines.push({ atMs, type: "retry", content });
}

/** Some of the busy holders remember that this content waits for a slot of theirs. */
function register(content: Content): undefined {
  const count = Math.min(REGISTERED, content.holders.length);
  for (let position = 0; position < count; position += 1) content.holders[position]?.worker.waiters.add(content);
  return undefined;
}

/** Unpacking is each worker's own affair; what a mini-task makes goes from worker to worker where that is allowed. */
function sourceOfMade(world: World, copy: Copy, worker: WorkerRecord): Intent {
  const { content } = copy;
  const file = fileOf(content) as FileRecord;
  const shared = file.spec.peerTransfer && (file.spec.origin.type === "mini-task" || !canBeMade(file));
  if (shared && content.holders.length > 0) {
    if (worker.incoming >= world.options.transfersPerDestination) return undefined;
    const peer = peerChoice(world, copy, worker.spec.hostId);
    if (peer.type === "peer") return peer.peer;
    if (peer.type === "busy") return register(content);
    if (!canBeMade(file)) return peer.type === "avoided" ? waitOrRelay(copy) : undefined;
  }
  if (shared && content.maker !== undefined && content.maker !== copy) return undefined;
  return avoids(world, copy, "recipe") ? undefined : "recipe";
}

function canBeMade(file: FileRecord): boolean {
  return file.ingredients.every((ingredient) => ingredient.available);
}

