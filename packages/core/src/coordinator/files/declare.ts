import type { FileIdentity, FileSpec } from "../../files/file.js";
import type { FileId } from "../../model/ids.js";
import { FileRecord, type Trouble } from "../records.js";
import type { World } from "../world.js";
import { spoil } from "./demand.js";
import { nameFile } from "./naming.js";
import { isValue } from "./outputs.js";

/** A file is known from now on. A recipe is tied to what it is made from, which must be known before. */
export function onDeclared(world: World, spec: FileSpec): void {
  if (world.files.has(spec.id)) {
    world.stats.ignored += 1;
    return;
  }
  const file = new FileRecord(spec);
  world.files.set(spec.id, file);
  const ids = ingredientsOf(spec);
  if (ids.length === 0) {
    if (spec.origin.type === "mini-task") world.agenda.recheck.push(file);
    return;
  }
  const parts = ids.map((id) => world.files.get(id));
  const known = parts.filter((part): part is FileRecord => part !== undefined && part !== file);
  if (known.length < ids.length) {
    spoil(world, file, { error: "UNKNOWN_FILE", message: "it is made from a file that is not declared" });
    return;
  }
  file.ingredients = known;
  for (const part of known) {
    part.references += 1;
    part.addRecipe(file);
    if (part.state === "unusable" && part.failure !== undefined) spoil(world, file, part.failure);
  }
  world.agenda.recheck.push(file);
}

/** Each once. */
function ingredientsOf(spec: FileSpec): FileId[] {
  const { origin } = spec;
  if (origin.type === "unpack") return [origin.archive];
  if (origin.type === "mini-task") return [...new Set(origin.command.inputs.map((mount) => mount.file))];
  return [];
}

/** A digest or validators came. */
export function onNamed(world: World, id: FileId, identity: FileIdentity): void {
  const file = world.files.get(id);
  const expected =
    file?.state === "naming" || (file?.state === "unnamed" && file.spec.origin.type === "buffer");
  if (file === undefined || !expected) world.stats.ignored += 1;
  else nameFile(world, file, identity);
}

export function onUnusable(world: World, id: FileId, trouble: Trouble): void {
  const file = world.files.get(id);
  if (file?.state === "naming" || file?.state === "unnamed") spoil(world, file, trouble);
  else world.stats.ignored += 1;
}

/** The manager's own copy is not what was named (a value is made again): workers that have the right content are the only sources left. */
export function onSourceChanged(world: World, id: FileId, { error, message }: Trouble): void {
  const trouble = { error, message, code: "fixed-location-missing" } as const;
  const file = world.files.get(id);
  if (file !== undefined && isValue(file)) {
    file.home = false;
    world.agenda.recheck.push(file);
    return;
  }
  if (file === undefined || file.state === "unusable" || file.spec.origin.type !== "local") {
    world.stats.ignored += 1;
    return;
  }
  const { content } = file;
  if (content === undefined) {
    if (file.producer === undefined) spoil(world, file, trouble);
    return;
  }
  file.home = false;
  if (content.home) return;
  if (content.holders.length > 0) for (const alias of content.files) world.agenda.recheck.push(alias);
  else for (const alias of content.files) spoil(world, alias, trouble);
}

export function onUndeclared(world: World, id: FileId): void {
  const file = world.files.get(id);
  if (file === undefined || !file.declared) {
    world.stats.ignored += 1;
    return;
  }
  file.declared = false;
  if (file.content !== undefined) world.agenda.loose.push(file.content);
  if (file.pending > 0 && !file.available) world.agenda.needed.push(file);
  world.agenda.leaving.push(file);
}
