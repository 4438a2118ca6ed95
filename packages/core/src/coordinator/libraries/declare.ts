import type { LibrarySpec } from "../../libraries/library.js";
import type { FileId, LibraryId } from "../../model/ids.js";
import { unfinished } from "../../tasks/task-counts.js";
import { type FileRecord, LibraryRecord } from "../records.js";
import { choosePlaces } from "../workers/places.js";
import type { World } from "../world.js";
import { retire } from "./instance.js";

/** A library is known from now on. Its inputs are kept as long as it is. */
export function onLibraryDeclared(world: World, spec: LibrarySpec): void {
  if (world.libraries.has(spec.id)) {
    world.stats.ignored += 1;
    return;
  }
  const demand = { request: spec.resources, features: spec.features, wallTimeMs: 0, stays: true };
  const library = new LibraryRecord(spec, world.shapes.ownShape(demand, spec.policy ?? ""));
  world.libraries.set(spec.id, library);
  if (spec.functions.length > 0) library.functions = new Set(spec.functions);
  choosePlaces(world, library);
  library.inputs = knownInputs(world, library);
  for (const file of library.inputs) {
    file.libraries += 1;
    file.references += 1;
  }
}

function knownInputs(world: World, library: LibraryRecord): FileRecord[] {
  const files: FileRecord[] = [];
  for (const id of new Set(library.spec.inputs.map((mount): FileId => mount.file))) {
    const file = world.files.get(id);
    if (file !== undefined) files.push(file);
    else library.trouble ??= { error: "UNKNOWN_FILE", message: `its input, file ${id}, is not declared` };
  }
  return files;
}

/** No call will name it any more. */
export function onLibraryRemoved(world: World, id: LibraryId): void {
  const library = world.libraries.get(id);
  if (library === undefined || library.removed) {
    world.stats.ignored += 1;
    return;
  }
  library.removed = true;
  world.agenda.idleLibraries.push(library);
}

/** A library that was removed ends with its last call, and is forgotten when none can come back. */
export function onIdleLibrary(world: World, library: LibraryRecord): void {
  if (!library.removed || unfinished(library.counts) > 0) return;
  for (const instance of [...library.instances]) retire(world, instance);
  if (library.instances.size + library.references > 0 || !world.libraries.delete(library.id)) return;
  world.stirred.delete(library);
  for (const file of library.inputs) {
    file.libraries -= 1;
    file.references -= 1;
    if (file.content !== undefined) world.agenda.loose.push(file.content);
    world.agenda.leaving.push(file);
  }
}
