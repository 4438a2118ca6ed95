import { miniTaskName, type NamedInput, unpackName } from "../../files/cache-name.js";
import type { FileIdentity } from "../../files/file.js";
import { nextFileState } from "../../files/file-state.js";
import type { CacheName } from "../../model/ids.js";
import { Content, type FileRecord } from "../records.js";
import type { World } from "../world.js";

/** The file's name is known. Replicas that workers hold under it (from an earlier run, or of an equal file) count at once. */
export function nameFile(world: World, file: FileRecord, identity: FileIdentity): void {
  file.state = nextFileState(file.state, "named");
  const content = contentNamed(world, identity.cacheName);
  content.size ??= identity.size;
  content.digest ??= identity.digest;
  if (identity.size !== undefined || content.holders.length === 0) content.kind = identity.kind;
  content.keep ||= file.spec.lifetime === "worker" || file.spec.lifetime === "forever";
  const { origin } = file.spec;
  file.home ||= file.producer === undefined && (origin.type === "local" || origin.type === "buffer");
  content.files.push(file);
  file.content = content;
  world.agenda.recheck.push(file);
}

/** The record of a name; made when there is none. */
export function contentNamed(world: World, cacheName: CacheName): Content {
  let content = world.contents.get(cacheName);
  if (content === undefined) world.contents.set(cacheName, (content = new Content(cacheName)));
  return content;
}

/** Names what is made by a recipe as soon as all that it is made from has a name. */
export function nameMade(world: World, file: FileRecord): void {
  const { origin } = file.spec;
  if (origin.type === "unpack") {
    const archive = file.ingredients[0]?.content;
    if (archive === undefined) return;
    const kind = origin.format === "gz" ? "file" : "tree";
    nameFile(world, file, { cacheName: unpackName(archive.cacheName, origin.format), kind });
  } else if (origin.type === "mini-task") {
    const inputs: NamedInput[] = [];
    for (const mount of origin.command.inputs) {
      const content = world.files.get(mount.file)?.content;
      if (content === undefined) return;
      inputs.push({ name: mount.name, cacheName: content.cacheName });
    }
    const { command, env } = origin.command;
    nameFile(world, file, {
      cacheName: miniTaskName({ command, env, inputs, output: origin.output }),
      kind: "file",
    });
  }
}
