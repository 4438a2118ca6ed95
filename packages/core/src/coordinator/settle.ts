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
      drain(agenda.recheck, (file) => onRecheck(world, file)) ||
      drain(agenda.missed, (file) => onMissed(world, file)) ||
      drain(agenda.needed, (file) => onNeeded(world, file)) ||
      drain(agenda.spoiled, (file) => onSpoiled(world, file)) ||
      drain(agenda.readied, (task) => onReadied(world, task)) ||
      drain(agenda.spread, (content) => kickContent(world, content)) ||
      drain(agenda.thin, (content) => onThin(world, content)) ||
      drain(agenda.loose, (content) => onLoose(world, content)) ||
      drain(agenda.leaving, (file) => onLeaving(world, file));
    if (!some) return;
  }
}

function settleLibraries(world: World): boolean {
  const { stopped, idleLibraries } = world.agenda;
  return (
    drain(stopped, (task) => onStopped(world, task)) ||
    drain(idleLibraries, (library) => onIdleLibrary(world, library))
  );
}

/** Handles the items of a list, those that come in meanwhile included. False: there were none. */
function drain<T>(items: T[], handle: (item: T) => void): boolean {
  if (items.length === 0) return false;
  for (let position = 0; position < items.length; position += 1) handle(items[position] as T);
  items.length = 0;
  return true;
}
