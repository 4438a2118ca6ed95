import type { Places } from "../../libraries/library.js";
import { retire } from "../libraries/instance.js";
import type { LibraryRecord, WorkerRecord } from "../records.js";
import type { World } from "../world.js";

/** Where instances of a library may be now. */
export function choosePlaces(world: World, library: LibraryRecord): void {
  const { places } = library.spec;
  if (places === undefined) return;
  const isOpen = places.elsewhere && ![...world.workers.values()].some((worker) => isAmong(places, worker));
  const { shape } = library;
  if (isOpen === (shape.places === undefined)) return;
  shape.places = isOpen ? undefined : new Set(places.workers);
  // What fitted nowhere may fit somewhere now.
  shape.blocked.now = false;
  shape.blocked.next = false;
  if (!isOpen) leaveOthers(world, library, places);
}

/** A worker has come or gone: those that do with others while theirs are not there. */
export function choosePlacesAgain(world: World, worker: WorkerRecord): void {
  for (const library of world.libraries.values()) {
    const { places } = library.spec;
    if (places?.elsewhere === true && isAmong(places, worker)) choosePlaces(world, library);
  }
}

/** Calls that come from now on are for the workers that it should be at. */
function leaveOthers(world: World, library: LibraryRecord, places: Places): void {
  for (const instance of [...library.instances])
    if (instance.worker !== undefined && !isAmong(places, instance.worker)) retire(world, instance);
}

function isAmong({ workers }: Places, { names }: WorkerRecord): boolean {
  return workers.some((name) => names.has(name));
}
