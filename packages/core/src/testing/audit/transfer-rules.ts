import type { Effect, TransferSource } from "../../coordinator/effect.js";
import { LIMITS } from "../../model/limits.js";
import { demand } from "./broken.js";
import type { TransferAccount, WorkerAccount } from "./ledger.js";
import type { AuditView } from "./view.js";

type TransferEffect = Extract<Effect, { readonly type: "fetch" | "make" | "retrieve" }>;

/** Sources hold what they are to give, limits are kept, and nothing is sent twice. */
export function demandTransferRules(auditor: AuditView, effect: TransferEffect): void {
  const { ledger } = auditor;
  const about = `transfer ${effect.transfer} of file ${effect.file}`;
  const { cacheName } = auditor.identity(effect.file);
  demand(!ledger.transfers.has(effect.transfer), `${about}: its number is taken`);
  const destination = effect.type === "retrieve" ? undefined : effect.worker;
  const source = sourceOf(effect);
  const account: TransferAccount = { id: effect.transfer, kind: effect.type, file: effect.file, cacheName, destination, source };
  if (source !== undefined) demandSource(auditor, source, account, about);
  if (effect.type === "make") demandParts(auditor, effect, about);
  if (effect.type === "retrieve") demandOneRetrieval(auditor, account, about);
  ledger.transfers.set(account.id, account);
  const worker = destination === undefined ? undefined : ledger.workers.get(destination);
  if (worker === undefined) return;
  demandWanted(worker, account, about);
  worker.incoming.set(account.id, account);
  if (source !== undefined) demandLimits(auditor, worker, account, about);
}

function sourceOf(effect: TransferEffect): TransferSource | undefined {
  if (effect.type === "fetch") return effect.source;
  return effect.type === "retrieve" ? { type: "worker", worker: effect.source } : undefined;
}

function demandSource(auditor: AuditView, source: TransferSource, account: TransferAccount, about: string): void {
  const planned = auditor.options.workload.files.get(account.file);
  if (source.type === "manager") {
    demand(!auditor.ledger.forgotten.has(account.file), `${about}: from the manager, which was told to forget it`);
    return;
  }
  if (source.type === "url") {
    demand(planned?.spec.origin.type === "url", `${about}: from a URL, which it has none of`);
    return;
  }
  const holder = auditor.ledger.workers.get(source.worker);
  demand(holder !== undefined, `${about}: from worker ${source.worker}, which is not connected`);
  demand(holder.holds.has(account.cacheName), `${about}: from worker ${source.worker}, which does not hold it`);
  if (account.kind !== "fetch") return;
  demand(planned?.spec.peerTransfer === true, `${about}: from a peer although peers may not share it`);
}

function demandParts(auditor: AuditView, effect: Extract<Effect, { type: "make" }>, about: string): void {
  const holds = auditor.ledger.workers.get(effect.worker)?.holds;
  for (const part of auditor.options.truth.partsOf(effect.file)) {
    demand(holds?.has(auditor.identity(part).cacheName) === true, `${about}: made before its input ${part} is there`);
  }
}

function demandOneRetrieval(auditor: AuditView, account: TransferAccount, about: string): void {
  for (const other of auditor.ledger.transfers.values()) {
    demand(other.kind !== "retrieve" || other.file !== account.file, `${about}: it is on its way home already`);
  }
}

function demandWanted(worker: WorkerAccount, account: TransferAccount, about: string): void {
  demand(!worker.holds.has(account.cacheName), `${about}: worker ${worker.spec.id} has it already`);
  for (const other of worker.incoming.values()) {
    demand(other.cacheName !== account.cacheName, `${about}: it is on its way to worker ${worker.spec.id} already`);
  }
}

/** Small files of the manager travel with the messages and are not counted. */
function demandLimits(auditor: AuditView, worker: WorkerAccount, account: TransferAccount, about: string): void {
  const { transfersPerSource, transfersPerDestination } = auditor.options;
  const counted = [...auditor.ledger.transfers.values()].filter((t) => t.kind === "fetch" && !isInline(auditor, t));
  if (isInline(auditor, account)) return;
  const place = placeOf(auditor, account);
  const leaving = counted.filter((transfer) => placeOf(auditor, transfer) === place).length;
  demand(leaving <= transfersPerSource, `${about}: ${place} gives ${leaving} copies at a time`);
  const arriving = counted.filter((transfer) => transfer.destination === worker.spec.id).length;
  demand(arriving <= transfersPerDestination, `${about}: worker ${worker.spec.id} takes ${arriving} copies at a time`);
}

function isInline(auditor: AuditView, transfer: TransferAccount): boolean {
  const size = auditor.options.workload.files.get(transfer.file)?.size ?? Infinity;
  return transfer.source?.type === "manager" && size <= LIMITS.inlineBytes;
}

function placeOf(auditor: AuditView, { source, file }: TransferAccount): string {
  if (source?.type === "worker") return `worker ${source.worker}`;
  const origin = auditor.options.workload.files.get(file)?.spec.origin;
  if (source?.type === "url" && origin?.type === "url") return new URL(origin.url).host;
  return "the manager";
}
