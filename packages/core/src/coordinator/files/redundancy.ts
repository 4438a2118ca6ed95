import type { Content, WorkerRecord } from "../records.js";
import { queueCopy } from "../transfers/holdings.js";
import { tryStart } from "../transfers/start.js";
import type { World } from "../world.js";
import { isNeeded } from "./retention.js";

/** Workers looked at to find one for a further copy. */
const LOOKED_AT = 64;

/** Sees that a temp has as many copies on workers that stay as it should. */
export function onThin(world: World, content: Content): void {
  if (content.holders.length === 0 || content.home) return;
  if (!content.files.some((file) => file.producer !== undefined && file.spec.peerTransfer && isNeeded(file)))
    return;
  const leaving = content.holders.filter(({ worker }) => worker.state.name === "draining").length;
  const wanted = content.files.some((file) => file.spec.origin.type === "temp")
    ? world.options.tempReplicas
    : 1;
  if (wanted === 1 && leaving === 0) return;
  let lacking = wanted - (content.holders.length - leaving) - onTheWay(content);
  while (lacking > 0) {
    const worker = anotherWorker(world, content);
    if (worker === undefined) return;
    const copy = queueCopy(content, worker);
    copy.background = true;
    tryStart(world, copy);
    lacking -= 1;
  }
}

function onTheWay(content: Content): number {
  const homeward = content.files.filter((file) => file.homeward !== undefined).length;
  return content.flying + content.waiting - homeward;
}

/** Of a bounded number of workers without a copy, the one that takes fewest now. */
function anotherWorker(world: World, content: Content): WorkerRecord | undefined {
  let best: WorkerRecord | undefined;
  let looks = 0;
  const skip =
    world.workers.size > LOOKED_AT ? Math.floor(world.random() * (world.workers.size - LOOKED_AT)) : 0;
  let position = 0;
  for (const worker of world.workers.values()) {
    position += 1;
    if (position <= skip || worker.state.name !== "ready" || worker.replicas.has(content)) continue;
    if (best === undefined || worker.incoming < best.incoming) best = worker;
    if ((looks += 1) >= LOOKED_AT) break;
  }
  return best;
}
