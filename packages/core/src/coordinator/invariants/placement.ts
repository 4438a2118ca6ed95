import { hasSlot } from "../../scheduling/eligible.js";
import { hasAny } from "../workers/room.js";
import type { World } from "../world.js";
import { claim } from "./claim.js";

/** No ready task is left while a worker has a slot for it. */
export function checkPlacement(world: World): void {
  const shapes = [...world.shapes.withTasks()];
  for (const worker of world.workers.values()) {
    if (worker.state.name !== "ready") continue;
    for (const slot of ["now", "next"] as const) {
      const shape = hasAny(worker, slot)
        ? shapes.find((one) => hasSlot(one, worker, slot, world.nowMs))
        : undefined;
      claim(
        shape === undefined,
        () => `task ${shape?.head?.id ?? 0} is ready, and worker ${worker.id} has room (${slot})`,
      );
    }
  }
}
