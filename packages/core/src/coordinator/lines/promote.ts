import { bringInputs } from "../libraries/deal.js";
import { occupySlot } from "../libraries/slots.js";
import type { TaskRecord } from "../records.js";
import { move } from "../tasks/move.js";
import type { World } from "../world.js";
import { extendLine, takesLines } from "./extend.js";
import { revoke } from "./revoke.js";

/**
 * A call that was sent ahead has become ready because the one before it in its line returned: its worker has begun it, and
 * needs no word. False: it is to be dealt like any other.
 */
export function promote(world: World, task: TaskRecord): boolean {
  if (task.ahead === undefined) return false;
  const { run, behind, line, effect, batch } = task.ahead;
  const { instance } = run;
  // What it lacked may have come in another way, while those before it in the line are still to begin.
  if (instance === undefined || !takesLines(instance) || behind.ahead !== undefined) {
    revoke(world, task);
    return false;
  }
  // It has not left yet, so that the value goes with it.
  if (batch === world.effects) delete effect.linked;
  task.ahead = undefined;
  behind.follower = undefined;
  line.length -= 1;
  run.line = line;
  run.dealt = world.dealt += 1;
  move(world, task, { name: "assigned", run });
  occupySlot(world, task, run, instance);
  bringInputs(world, task, run);
  extendLine(world, task, run);
  return true;
}
