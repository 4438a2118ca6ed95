import { type CacheName, printBytes, type TransferId } from "@taskvine/core/model";
import { evictableBytes } from "./evict.js";
import { makeRoom, release, storeEntry } from "./on-cache.js";
import { loseEntry } from "./on-task.js";
import type { Entry, Stored } from "./tables/entry.js";
import type { TransferFault, TransferOrder } from "./tables/order.js";
import type { Transfer } from "./tables/transfer-table.js";
import { freeDisk, type Turn } from "./world.js";

export function onTransferAsked(turn: Turn, order: TransferOrder): void {
  const { cache, transfers, limits, leaving } = turn.world;
  const { transfer, cacheName } = order;
  if (transfers.get(transfer) !== undefined) return;
  if (leaving) return refuse(turn, transfer, "the worker is leaving");
  if (isDoubtful(turn, order)) loseEntry(turn, cacheName, "it is to be brought anew");
  if (cache.has(cacheName)) return offerAgain(turn, order);
  if (transfers.size >= limits.transfersQueued)
    return refuse(turn, transfer, "too many transfers wait at this worker");
  for (const input of order.inputs) cache.pin(input);
  if (cache.get(cacheName) !== undefined) transfers.add(order, "following");
  else if (expectEntry(turn, order)) transfers.add(order, "queued");
  else {
    turn.effects.push({ type: "report-failed", transfer, fault: cacheFull(turn, order.size ?? 0) });
    for (const input of order.inputs) release(turn, input);
  }
}

/**
 * It was to go while something used it, perhaps because it is not what it should be: it counts again only where it is sure
 * to be what is asked for now.
 */
function isDoubtful({ world }: Turn, { cacheName, size, digest }: TransferOrder): boolean {
  const entry = world.cache.get(cacheName);
  if (entry?.state !== "leaving") return false;
  const differs = size !== undefined && entry.size !== size;
  return differs || (digest !== undefined && entry.digest !== digest);
}

/** Sets the bytes aside that are known to come. */
function expectEntry(turn: Turn, order: TransferOrder): boolean {
  const { cacheName, lifetime, kind, size = 0 } = order;
  const fits = makeRoom(turn, size);
  if (fits) turn.world.cache.expect({ cacheName, lifetime, kind, size }, turn.nowMs);
  return fits;
}

/** What is here already, dropped or not, need not be brought again. */
function offerAgain(turn: Turn, order: TransferOrder): void {
  const { cache } = turn.world;
  cache.revive(order.cacheName);
  cache.prolong(order.cacheName, order.lifetime);
  cache.touch(order.cacheName, turn.nowMs);
  reportReady(turn, order);
}

/** Starts what may start, in order of arrival. */
export function startTransfers(turn: Turn): void {
  startQueued(turn);
  // When nothing runs and something is still queued, it waits for itself, perhaps by way of others.
  for (let knot = findKnot(turn); knot !== undefined; knot = findKnot(turn)) {
    fail(turn, knot, {
      error: "INPUT_MISSING",
      message: "it is to be made from itself",
      fault: "destination",
    });
    startQueued(turn);
  }
}

function findKnot({ world: { transfers } }: Turn): Transfer | undefined {
  if (transfers.running("fetch") > 0 || transfers.running("make") > 0) return undefined;
  for (const transfer of transfers.values()) if (transfer.state === "queued") return transfer;
  return undefined;
}

function startQueued(turn: Turn): void {
  const { transfers, limits } = turn.world;
  const hasSlot = {
    fetch: transfers.running("fetch") < limits.fetches,
    make: transfers.running("make") < limits.makes,
  };
  for (const transfer of transfers.values()) {
    if (!hasSlot.fetch && !hasSlot.make) return;
    const { job } = transfer.order;
    if (transfer.state !== "queued" || !hasSlot[job]) continue;
    startTransfer(turn, transfer);
    hasSlot[job] = transfers.running(job) < limits[job === "fetch" ? "fetches" : "makes"];
  }
}

function startTransfer(turn: Turn, transfer: Transfer): void {
  const { cache, transfers } = turn.world;
  const { order } = transfer;
  const absent = order.inputs.filter((name) => !cache.has(name));
  if (absent.some((name) => cache.get(name) === undefined)) {
    const message = `what it is made from is not here: ${absent.join(", ")}`;
    return fail(turn, transfer, { error: "INPUT_MISSING", message, fault: "destination" });
  }
  if (absent.length > 0) return;
  transfers.run(transfer);
  const reserved = cache.get(order.cacheName)?.size ?? 0;
  const sizeLimit = order.size ?? reserved + Math.max(0, freeDisk(turn.world)) + evictableBytes(cache);
  turn.effects.push({ type: "start-transfer", transfer: order.transfer, sizeLimit });
}

export function onTransferArrived(turn: Turn, id: TransferId, stored: Stored): void {
  const { cache, transfers } = turn.world;
  const transfer = transfers.get(id);
  if (transfer?.state !== "running") return;
  const before = cache.get(stored.cacheName);
  const reserved = before?.state === "coming" ? before.size : stored.size;
  if (stored.size > reserved && !makeRoom(turn, stored.size - reserved)) {
    turn.effects.push({ type: "remove-entry", cacheName: stored.cacheName });
    return fail(turn, transfer, cacheFull(turn, stored.size));
  }
  end(turn, transfer);
  storeEntry(turn, stored);
  reportReady(turn, transfer.order);
  settleFollowers(turn, stored.cacheName);
}

export function onTransferFailed(turn: Turn, id: TransferId, fault: TransferFault): void {
  const transfer = turn.world.transfers.get(id);
  if (transfer?.state === "running") fail(turn, transfer, fault);
}

/** The next one that was to bring the same name takes over; where there is none, the name is absent again. */
function fail(turn: Turn, transfer: Transfer, fault: TransferFault): void {
  const { cache, transfers } = turn.world;
  const { cacheName } = transfer.order;
  end(turn, transfer);
  turn.effects.push({ type: "report-failed", transfer: transfer.order.transfer, fault });
  const [next] = transfers.followersOf(cacheName);
  if (cache.has(cacheName)) settleFollowers(turn, cacheName);
  else if (next === undefined) cache.remove(cacheName);
  else transfers.promote(next);
}

/** The name is here: whoever else was to bring it has nothing left to do. */
function settleFollowers(turn: Turn, cacheName: CacheName): void {
  for (const follower of turn.world.transfers.followersOf(cacheName)) {
    turn.world.cache.prolong(cacheName, follower.order.lifetime);
    end(turn, follower);
    reportReady(turn, follower.order);
  }
}

function reportReady(turn: Turn, order: TransferOrder): void {
  const entry = turn.world.cache.get(order.cacheName);
  if (entry === undefined) return;
  turn.effects.push({ type: "report-ready", transfer: order.transfer, stored: asStored(entry) });
}

/** Gives up everything that has not arrived. `reason`: what the manager is told; absent: there is nobody to tell. */
export function abortTransfers(turn: Turn, reason?: string): void {
  const { cache, transfers } = turn.world;
  for (const transfer of [...transfers.values()]) {
    const { transfer: id, cacheName } = transfer.order;
    if (transfer.state === "running") turn.effects.push({ type: "abort-transfer", transfer: id });
    end(turn, transfer);
    if (cache.get(cacheName)?.state === "coming") cache.remove(cacheName);
    if (reason !== undefined) refuse(turn, id, reason);
  }
}

function refuse(turn: Turn, transfer: TransferId, message: string): void {
  turn.effects.push({
    type: "report-failed",
    transfer,
    fault: { error: "TRANSFER_REFUSED", message, fault: "destination" },
  });
}

function cacheFull(turn: Turn, bytes: number): TransferFault {
  const free = printBytes(Math.max(0, freeDisk(turn.world)));
  return {
    error: "CACHE_FULL",
    message: `${printBytes(bytes)} do not fit: ${free} are free`,
    fault: "destination",
  };
}

function end(turn: Turn, transfer: Transfer): void {
  turn.world.transfers.remove(transfer);
  for (const input of transfer.order.inputs) release(turn, input);
}

function asStored(entry: Readonly<Entry>): Stored {
  const { cacheName, lifetime, kind, size, digest } = entry;
  return { cacheName, lifetime, kind, size, ...(digest === undefined ? {} : { digest }) };
}
