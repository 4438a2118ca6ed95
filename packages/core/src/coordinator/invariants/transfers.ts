import { isAwaitedAtHome, isNeeded } from "../files/retention.js";
import type { Content, Copy, FileRecord, Gate, WorkerRecord } from "../records.js";
import { MISSES } from "../transfers/kick.js";
import { comesToNeighbour } from "../transfers/source.js";
import type { World } from "../world.js";
import { claim } from "./claim.js";

interface Tally {
  readonly outgoing: Map<WorkerRecord, number>;
  readonly incoming: Map<WorkerRecord, number>;
  readonly gates: Map<Gate, number>;
  readonly flying: Map<Content, number>;
  /** Over the network, by content and host. */
  readonly toHosts: Map<string, number>;
}

/** Slots in use are those of the copies on their way, and never more than allowed; no copy waits that could begin. */
export function checkTransfers(world: World): void {
  const tally: Tally = {
    outgoing: new Map(),
    incoming: new Map(),
    gates: new Map(),
    flying: new Map(),
    toHosts: new Map(),
  };
  for (const copy of world.transfers.values()) add(tally, copy);
  checkSlots(world, tally);
  checkHosts(world, tally);
  for (const file of world.files.values()) checkHomeward(file);
  for (const content of world.contents.values()) {
    const flying = tally.flying.get(content) ?? 0;
    claim(
      flying === content.flying,
      () => `${flying} copies of ${content.cacheName} fly, counted were ${content.flying}`,
    );
  }
}

/** What has not begun to come to the manager comes for somebody. */
function checkHomeward(file: FileRecord): void {
  const { homeward, content } = file;
  if (homeward?.state !== "queued") return;
  const isUseless = content?.files.some(isNeeded) !== true;
  claim(isAwaitedAtHome(file, isUseless), () => `nobody waits for file ${file.spec.id} at the manager`);
}

function checkSlots(world: World, tally: Tally): void {
  const { transfersPerSource, transfersPerDestination } = world.options;
  for (const worker of world.workers.values()) {
    const out = tally.outgoing.get(worker) ?? 0;
    const into = tally.incoming.get(worker) ?? 0;
    claim(
      out === worker.outgoing && out <= transfersPerSource,
      () => `worker ${worker.id} gives ${out}, counted were ${worker.outgoing}`,
    );
    claim(
      into === worker.incoming && into <= transfersPerDestination,
      () => `worker ${worker.id} takes ${into}, counted were ${worker.incoming}`,
    );
    for (const copy of worker.inbound) checkWaiting(world, copy, worker);
  }
  for (const [name, gate] of world.origins) {
    const giving = tally.gates.get(gate) ?? 0;
    claim(
      giving === gate.giving && giving <= transfersPerSource,
      () => `${name} gives ${giving}, counted were ${gate.giving}`,
    );
  }
}

function checkHosts(world: World, tally: Tally): void {
  for (const { worker, content } of world.transfers.values()) {
    if (worker === undefined) continue;
    const { hostId } = worker.spec;
    const flying = tally.toHosts.get(hostKey(content, worker)) ?? 0;
    claim(
      flying === content.flyingTo(hostId),
      () =>
        `${flying} copies of ${content.cacheName} fly to ${hostId}, counted were ${content.flyingTo(hostId)}`,
    );
  }
}

function add(tally: Tally, copy: Copy): void {
  const { source, worker, gate, content } = copy;
  const more = <K>(counts: Map<K, number>, key: K): void => void counts.set(key, (counts.get(key) ?? 0) + 1);
  claim(copy.state === "flying", () => `a copy of ${content.cacheName} has a transfer and is ${copy.state}`);
  more(tally.flying, content);
  if (copy.inline && source === "manager") return;
  if (typeof source === "object") more(tally.outgoing, source);
  if (gate !== undefined) more(tally.gates, gate);
  if (worker === undefined || source === "recipe") return;
  more(tally.incoming, worker);
  more(tally.toHosts, hostKey(content, worker));
}

function hostKey({ cacheName }: Content, { spec }: WorkerRecord): string {
  return `${spec.hostId} ${cacheName}`;
}

/** A copy that waits has a reason: its destination is full, a neighbour gets one, no source has a slot, or all have failed lately. */
function checkWaiting(world: World, copy: Copy, worker: WorkerRecord): void {
  const { content } = copy;
  claim(
    copy.state === "queued",
    () => `worker ${worker.id} waits for a copy of ${content.cacheName} that is ${copy.state}`,
  );
  claim(
    content.queued?.has(copy) === true,
    () => `${content.cacheName} does not know that worker ${worker.id} waits for it`,
  );
  if (!comesFromPeers(copy) || worker.incoming >= world.options.transfersPerDestination) return;
  if (comesToNeighbour(copy, worker)) return;
  // Of long lists only a part is looked at each time; the rest has its turn later.
  if (worker.inbound.size >= MISSES || content.waiting >= MISSES) return;
  const free = content.holders.slice(0, 64).find(({ worker: peer }) => {
    const untilMs = Math.max(copy.avoided?.get(peer) ?? 0, peer.shunnedUntilMs);
    return untilMs <= world.nowMs && peer.outgoing < world.options.transfersPerSource;
  });
  claim(
    free === undefined,
    () =>
      `worker ${worker.id} waits for ${content.cacheName} though another has a slot (${copy.tries} tries)`,
  );
}

function comesFromPeers(copy: Copy): boolean {
  const spec = copy.content.files[0]?.spec;
  return (
    !copy.background &&
    spec?.peerTransfer === true &&
    spec.origin.type !== "unpack" &&
    spec.origin.type !== "mini-task"
  );
}
