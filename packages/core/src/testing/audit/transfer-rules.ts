import type { Effect, TransferSource } from "../../coordinator/effect.js";
import type { FileId } from "../../model/ids.js";
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
  const source = sourceOf(effect);
  const account: TransferAccount = {
    id: effect.transfer,
    kind: effect.type,
    file: effect.file,
    cacheName,
    destination: effect.type === "retrieve" ? undefined : effect.worker,
    source,
    giver: effect.type === "fetch" ? giverOf(auditor, effect.source, effect.file) : undefined,
  };
  if (source !== undefined) demandSource(auditor, source, account, about);
  if (effect.type === "make") demandParts(auditor, effect, about);
  if (effect.type === "retrieve")
    demand(!ledger.retrievals.has(effect.file), `${about}: it is on its way home already`);
  const worker = account.destination === undefined ? undefined : ledger.workers.get(account.destination);
  if (worker !== undefined && !auditor.lenient) demandWanted(worker, account, about);
  ledger.begin(account);
  if (worker !== undefined) demandLimits(auditor, worker, account, about);
}

function sourceOf(effect: TransferEffect): TransferSource | undefined {
  if (effect.type === "fetch") return effect.source;
  return effect.type === "retrieve" ? { type: "worker", worker: effect.source } : undefined;
}

function demandSource(
  auditor: AuditView,
  source: TransferSource,
  account: TransferAccount,
  about: string,
): void {
  const planned = auditor.options.workload.files.get(account.file);
  if (source.type === "manager") {
    demand(
      !auditor.ledger.forgotten.has(account.file),
      `${about}: from the manager, which was told to forget it`,
    );
    return;
  }
  if (source.type === "url") {
    demand(planned?.spec.origin.type === "url", `${about}: from a URL, which it has none of`);
    return;
  }
  const holder = auditor.ledger.workers.get(source.worker);
  demand(
    auditor.lenient || holder !== undefined,
    `${about}: from worker ${source.worker}, which is not connected`,
  );
  demand(
    auditor.lenient || holder?.holds.has(account.cacheName) === true,
    `${about}: from worker ${source.worker}, which does not hold it`,
  );
  if (account.kind !== "fetch") return;
  demand(planned?.spec.peerTransfer === true, `${about}: from a peer although peers may not share it`);
}

function demandParts(auditor: AuditView, effect: Extract<Effect, { type: "make" }>, about: string): void {
  const holds = auditor.ledger.workers.get(effect.worker)?.holds;
  for (const part of auditor.options.truth.partsOf(effect.file)) {
    demand(
      auditor.lenient || holds?.has(auditor.identity(part).cacheName) === true,
      `${about}: made before its input ${part} is there`,
    );
  }
}

function demandWanted(worker: WorkerAccount, account: TransferAccount, about: string): void {
  demand(!worker.holds.has(account.cacheName), `${about}: worker ${worker.spec.id} has it already`);
  for (const other of worker.incoming.values()) {
    demand(
      other.cacheName !== account.cacheName,
      `${about}: it is on its way to worker ${worker.spec.id} already`,
    );
  }
}

function demandLimits(
  auditor: AuditView,
  worker: WorkerAccount,
  { giver }: TransferAccount,
  about: string,
): void {
  if (giver === undefined) return;
  const { transfersPerSource, transfersPerDestination } = auditor.options;
  const giving = auditor.ledger.giving(giver);
  demand(giving <= transfersPerSource, `${about}: ${giver} gives ${giving} copies at a time`);
  const taking = [...worker.incoming.values()].filter((transfer) => transfer.giver !== undefined).length;
  demand(
    taking <= transfersPerDestination,
    `${about}: worker ${worker.spec.id} takes ${taking} copies at a time`,
  );
}

/** Whose limit a copy counts against. Small files of the manager travel with the messages and are not counted. */
function giverOf(auditor: AuditView, source: TransferSource, file: FileId): string | undefined {
  if (source.type === "worker") return `worker ${source.worker}`;
  const origin = auditor.options.workload.files.get(file)?.spec.origin;
  if (source.type === "url" && origin?.type === "url") return new URL(origin.url).host;
  return (auditor.identity(file).size ?? Infinity) <= LIMITS.inlineBytes ? undefined : "the manager";
}
