import { VineError } from "../../../model/errors.js";
import type { WorkerId } from "../../../model/ids.js";
import type { Resources } from "../../../model/resources.js";
import type { Introduce } from "../../../protocol/index.js";
import type { WorkerSpec } from "../../../workers/worker.js";

/** More than any machine has: a claim beyond is an error or a lie, and would draw all tasks to it. */
const MOST: Resources = { cores: 65_536, memory: 2 ** 50, disk: 2 ** 60, gpus: 1_024 };
const LONGEST_NAME = 256;
const MOST_FEATURES = 1_000;

/** What a worker says of itself, as the coordinator's record of it. Throws BAD_FRAME for claims that cannot be true. */
export function acceptClaims(id: WorkerId, claims: Introduce, nowMs: number): WorkerSpec {
  checkAmounts(claims.resources);
  for (const [what, text] of [
    ["name", claims.name],
    ["host", claims.host],
    ["host id", claims.hostId],
  ] as const) {
    if (text === "" || text.length > LONGEST_NAME) throw refused(`a ${what} of ${text.length} characters`);
  }
  if (claims.features.length > MOST_FEATURES) throw refused(`${claims.features.length} features`);
  if (!(claims.dataPort > 0 && claims.dataPort <= 65_535)) throw refused(`the data port ${claims.dataPort}`);
  const { cores, memory, disk, gpus } = claims.resources;
  const endsAtMs = claims.endsWithinMs === undefined ? {} : { endsAtMs: nowMs + claims.endsWithinMs };
  return {
    id,
    name: claims.name,
    host: claims.host,
    hostId: claims.hostId,
    resources: { cores, memory, disk, gpus },
    features: claims.features,
    holds: claims.holds,
    ...endsAtMs,
    ...(claims.linksCalls === true ? { linksCalls: true } : {}),
  };
}

function checkAmounts(resources: Resources): void {
  for (const kind of ["cores", "memory", "disk", "gpus"] as const) {
    const amount = resources[kind];
    const possible = Number.isFinite(amount) && amount >= 0 && amount <= MOST[kind];
    if (!possible) throw refused(`${amount} of ${kind}`);
  }
  if (resources.cores === 0) throw refused("no cores at all");
  if (!Number.isInteger(resources.gpus)) throw refused(`${resources.gpus} gpus`);
}

function refused(claim: string): VineError {
  return new VineError("BAD_FRAME", `a worker claims ${claim}, which cannot be`);
}
