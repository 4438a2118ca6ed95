import { onRecheck } from "./files/availability.js";
import { onMissed, onNeeded } from "./files/need.js";
import { onThin } from "./files/redundancy.js";
import { onLeaving, onLoose } from "./files/retention.js";
import { onSpoiled } from "./files/spoiled.js";
import { onIdleLibrary } from "./libraries/declare.js";
import { onStopped } from "./libraries/stopped.js";
import { onReadied } from "./tasks/ready.js";
import { kickContent } from "./transfers/kick.js";
import type { World } from "./world.js";

/** Works off what follows from a change, until nothing follows any more. */
export function settle(world: World): void {
  const { agenda } = world;
  for (;;) {
    const some =
      settleLibraries(world) ||
      drain(world, agenda.recheck, onRecheck) ||
      drain(world, agenda.missed, onMissed) ||
      drain(world, agenda.needed, onNeeded) ||
      drain(world, agenda.spoiled, onSpoiled) ||
      drain(world, agenda.readied, onReadied) ||
      drain(world, agenda.spread, kickContent) ||
      drain(world, agenda.thin, onThin) ||
      drain(world, agenda.loose, onLoose) ||
      drain(world, agenda.leaving, onLeaving);
    if (!some) return;
  }
}

function settleLibraries(world: World): boolean {
  const { stopped, idleLibraries } = world.agenda;
  return drain(world, stopped, onStopped) || drain(world, idleLibraries, onIdleLibrary);
}

/** Handles the items of a list, those that come in meanwhile included. False: there were none. */
function drain<T>(world: World, items: T[], handle: (world: World, item: T) => void): boolean {
  if (items.length === 0) return false;
  for (let position = 0; position < items.length; position += 1) handle(world, items[position] as T);
  items.length = 0;
  return true;
}
