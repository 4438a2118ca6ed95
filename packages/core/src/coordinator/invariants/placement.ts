import { hasSlot, type Slot } from "../../scheduling/eligible.js";
import { goesBefore } from "../../scheduling/ready-queue.js";
import type { Shape } from "../../scheduling/shape.js";
import { isPromised } from "../libraries/make-room.js";
import type { TaskRecord, WorkerRecord } from "../records.js";
import { hasAny } from "../workers/room.js";
import type { World } from "../world.js";
import { claim } from "./claim.js";

/** No ready task is left while a worker has a slot for it. */
export function checkPlacement(world: World): void {
  const shapes = [...world.shapes.withTasks()];
  const behind = shapes.filter((shape) => shape.stays && !shape.warned).sort(byHead)[0];
  for (const worker of world.workers.values()) {
    if (worker.state.name !== "ready") continue;
    for (const slot of ["now", "next"] as const) {
      const shape = hasAny(worker, slot)
        ? shapes.find((one) => isInTurn(one, slot, behind) && mayTake(world, one, worker, slot))
        : undefined;
      claim(
        shape === undefined,
        () => `task ${shape?.head?.id ?? 0} is ready, and worker ${worker.id} has room (${slot})`,
      );
    }
  }
}

function mayTake(world: World, shape: Shape<TaskRecord>, worker: WorkerRecord, slot: Slot): boolean {
  return hasSlot(shape, worker, slot, world.nowMs) && !isPromised(world, shape, worker);
}

/** Nothing is sent ahead of room that goes behind an instance of a library. */
function isInTurn(shape: Shape<TaskRecord>, slot: Slot, behind: Shape<TaskRecord> | undefined): boolean {
  return slot === "now" || behind === undefined || byHead(shape, behind) < 0;
}

function byHead({ head: a }: Shape<TaskRecord>, { head: b }: Shape<TaskRecord>): number {
  return a === undefined || b === undefined || a === b ? 0 : goesBefore(a, b) ? -1 : 1;
}
