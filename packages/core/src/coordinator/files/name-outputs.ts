import { callName, type NamedInput, provenanceName, temporaryName } from "../../files/cache-name.js";
import type { CacheName } from "../../model/ids.js";
import type { InputMount } from "../../tasks/task.js";
import type { FileRecord, TaskRecord } from "../records.js";
import type { World } from "../world.js";
import { nameFile } from "./naming.js";

/** Names what it will make: by provenance where that outlives this run, else by number. */
export function nameOutputs(world: World, task: TaskRecord): void {
  task.outputs.forEach((file, position) => {
    if (file.content !== undefined || file.producer !== task) return;
    const name = task.spec.outputs[position]?.name ?? "";
    nameFile(world, file, { cacheName: outputName(world, task, file, name), kind: "file" });
  });
}

function outputName(world: World, task: TaskRecord, file: FileRecord, output: string): CacheName {
  const { lifetime, id } = file.spec;
  if (lifetime !== "forever" && lifetime !== "worker") return temporaryName(world.options.runNonce, id);
  if (task.spec.call !== undefined) return callOutputName(world, task, file, output);
  const { command, env } = task.spec;
  return provenanceName({ command, env, output, inputs: namedInputs(world, task.spec.inputs) });
}

/** Where not all that the library is started with has a name yet, it is good for this run only. */
function callOutputName(world: World, task: TaskRecord, file: FileRecord, output: string): CacheName {
  const { call } = task.spec;
  const spec = task.library?.spec;
  if (
    call === undefined ||
    spec === undefined ||
    task.library?.inputs.some(({ content }) => !content) === true
  )
    return temporaryName(world.options.runNonce, file.spec.id);
  const { command, env } = spec;
  const library = { command, env, inputs: namedInputs(world, spec.inputs) };
  return callName({ ...call, library, inputs: namedInputs(world, task.spec.inputs), output });
}

function namedInputs(world: World, mounts: readonly InputMount[]): NamedInput[] {
  return mounts.map((mount) => ({
    name: mount.name,
    cacheName: world.files.get(mount.file)?.content?.cacheName ?? ("" as CacheName),
  }));
}
