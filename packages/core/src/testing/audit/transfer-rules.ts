import type { Effect, TransferSource } from "../../coordinator/effect.js";
import type { FileId } from "../../model/ids.js";
import { LIMITS } from "../../model/limits.js";
import { demand } from "./broken.js";
import type { TransferAccount, WorkerAccount } from "./ledger.js";
import type { AuditView } from "./view.js";

type TransferEffect = Extract<Effect, { readonly type: "fetch" | "make" | "retrieve" }>;

/** Sources hold what they are to give, limits are kept, and nothing is sent twice. */
export function demandTransferRules(view: AuditView, effect: TransferEffect): void {
  const { ledger } = view;
  demand(!ledger.transfers.has(effect.transfer), "its number is taken");
  const source = sourceOf(effect);
  const account: TransferAccount = {
    id: effect.transfer,
    kind: effect.type,
    file: effect.file,
    cacheName: view.identity(effect.file).cacheName,
    destination: effect.type === "retrieve" ? undefined : effect.worker,
    source,
    giver: effect.type === "fetch" ? giverOf(view, effect.source, effect.file) : undefined,
  };
  if (source !== undefined) demandSource(view, source, account);
  if (effect.type === "make" && !view.lenient) demandParts(view, effect);
  if (effect.type === "retrieve")
    demand(!ledger.retrievals.has(effect.file), "it is on its way home already");
  const worker = account.destination === undefined ? undefined : ledger.workers.get(account.destination);
  if (worker !== undefined && !view.lenient) demandWanted(worker, account);
  ledger.begin(account);
  if (worker !== undefined) demandLimits(view, worker, account);
}

function sourceOf(effect: TransferEffect): TransferSource | undefined {
  if (effect.type === "fetch") return effect.source;
  return effect.type === "retrieve" ? { type: "worker", worker: effect.source } : undefined;
}

function demandSource(view: AuditView, source: TransferSource, account: TransferAccount): void {
  const planned = view.options.workload.files.get(account.file);
  if (source.type === "manager") {
    demand(!view.ledger.forgotten.has(account.file), "the manager was told to forget it");
    return;
  }
  if (source.type === "url") {
    demand(planned?.spec.origin.type === "url", "it has no URL");
    return;
  }
  const holder = view.ledger.workers.get(source.worker);
  demand(view.lenient || holder !== undefined, "the source is not connected");
  demand(view.lenient || holder?.holds.has(account.cacheName) === true, "the source does not hold it");
  if (account.kind === "fetch") demand(planned?.spec.peerTransfer === true, "peers may not share it");
}

function demandParts(view: AuditView, effect: Extract<Effect, { type: "make" }>): void {
  const holds = view.ledger.workers.get(effect.worker)?.holds;
  for (const part of view.options.truth.partsOf(effect.file)) {
    const isThere = holds?.has(view.identity(part).cacheName) === true;
    demand(isThere, () => `what it is made of (file ${part}) is not there`);
  }
}

function demandWanted(worker: WorkerAccount, account: TransferAccount): void {
  demand(!worker.holds.has(account.cacheName), "the worker has it already");
  for (const other of worker.incoming.values()) {
    demand(other.cacheName !== account.cacheName, "it is on its way to the worker already");
  }
}

function demandLimits(view: AuditView, worker: WorkerAccount, { giver }: TransferAccount): void {
  if (giver === undefined) return;
  const { transfersPerSource, transfersPerDestination } = view.options;
  const giving = view.ledger.giving(giver);
  demand(giving <= transfersPerSource, () => `${giver} gives ${giving} copies at a time`);
  let taking = 0;
  for (const transfer of worker.incoming.values()) if (transfer.giver !== undefined) taking += 1;
  demand(taking <= transfersPerDestination, () => `the worker takes ${taking} copies at a time`);
}

/** Whose limit a copy counts against. Small files of the manager travel with the messages and are not counted. */
function giverOf(view: AuditView, source: TransferSource, file: FileId): string | undefined {
  if (source.type === "worker") return `worker ${source.worker}`;
  const origin = view.options.workload.files.get(file)?.spec.origin;
  if (source.type === "url" && origin?.type === "url") return new URL(origin.url).host;
  return (view.identity(file).size ?? Infinity) <= LIMITS.inlineBytes ? undefined : "the manager";
}
