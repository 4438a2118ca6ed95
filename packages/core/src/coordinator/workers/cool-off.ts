import { nextWorkerState } from "../../workers/worker-state.js";
import { offer } from "../libraries/slots.js";
import type { WorkerRecord } from "../records.js";
import { withdrawCalls, withdrawUnstarted } from "../tasks/withdraw.js";
import type { World } from "../world.js";
import { rest } from "./pause.js";
import { gainRoom, reindex } from "./room.js";

/** The worker fails to take files: for a while it gets nothing new, and what waits there for files goes elsewhere. */
export function coolDown(world: World, worker: WorkerRecord, why: string): void {
  if (worker.state.name === "ready")
    world.note("warn", `worker ${worker.spec.name} gets nothing new for a while: ${why}`);
  rest(world, worker, world.options.coolOffMs);
  withdrawUnstarted(world, worker, why, true);
  withdrawCalls(world, worker, why, true);
}

/** Its time to cool off is over. */
export function warmUp(world: World, worker: WorkerRecord): void {
  if (worker.state.name !== "cooling" || worker.state.untilMs > world.nowMs) return;
  worker.state = nextWorkerState(worker.state, { name: "ready" });
  reindex(world, worker);
  gainRoom(world, worker);
  for (const instance of worker.instances) {
    if (instance.state !== "ready") continue;
    offer(world, instance);
    world.stirred.add(instance.library);
  }
}
