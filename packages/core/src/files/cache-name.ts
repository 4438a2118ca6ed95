import { createHash } from "node:crypto";
import { type CacheName, cacheName, type FileId } from "../model/ids.js";
import type { ArchiveFormat } from "./file.js";

/** What a name says of its file: where the content came from. */
export type NameKind = "file" | "buffer" | "url" | "unpack" | "mini" | "task" | "call";

/** An input as a recipe names it: what it is called in the cluster, and in the sandbox. */
export interface NamedInput {
  readonly cacheName: CacheName;
  readonly name: string;
}

/** Everything that the content of a made file follows from. */
export interface Recipe {
  readonly command: string;
  readonly inputs: readonly NamedInput[];
  readonly env: Readonly<Record<string, string | null>>;
  readonly output: string;
}

/** Name of content whose SHA-256 (or Merkle digest) is known, e.g. `file-9f86…`. */
export function contentName(kind: "file" | "buffer", digest: string): CacheName {
  return cacheName(`${kind}-${digest}`);
}

/** Name of what a URL gives as long as its validators stay the same. */
export function urlName(url: string, etag: string, lastModified: string): CacheName {
  return hashed("url", [url, etag, lastModified]);
}

/** Name of the tree that an archive unpacks to. */
export function unpackName(archive: CacheName, format: ArchiveFormat): CacheName {
  return hashed("unpack", [archive, format]);
}

/** Name of what a mini-task makes. */
export function miniTaskName(recipe: Recipe): CacheName {
  return hashed("mini", recipeFields(recipe));
}

/** Name of a task's output by provenance: the same task on the same inputs has the same name in any run. */
export function provenanceName(recipe: Recipe): CacheName {
  return hashed("task", recipeFields(recipe));
}

/** Everything that what a call returns or leaves follows from. */
export interface CallRecipe {
  /** How the library is started. */
  readonly library: Omit<Recipe, "output">;
  readonly function: string;
  readonly args: Uint8Array;
  readonly encoding: string;
  readonly inputs: readonly NamedInput[];
  readonly output: string;
}

/** The same for an output of a function call. */
export function callName({ library, inputs, output, ...call }: CallRecipe): CacheName {
  const started = recipeFields({ ...library, output: "" });
  const called = recipeFields({ command: call.function, env: {}, inputs, output });
  const args = Buffer.from(call.args.buffer, call.args.byteOffset, call.args.length).toString("base64");
  return hashed("call", [String(started.length), ...started, ...called, call.encoding, args]);
}

/** Name of an output that lives no longer than this manager: nothing needs to be hashed. */
export function temporaryName(runNonce: string, file: FileId): CacheName {
  return cacheName(`temp-${runNonce}-${file}`);
}

function recipeFields(recipe: Recipe): string[] {
  const inputs = recipe.inputs.map((input) => `${input.name}\0${input.cacheName}`).sort();
  const env = Object.entries(recipe.env).map(([key, value]) => (value === null ? key : `${key}=${value}`));
  return [recipe.command, recipe.output, String(inputs.length), ...inputs, ...env.sort()];
}

/** Each field goes in with its length, so that no two lists of fields read the same. */
function hashed(kind: NameKind, fields: readonly string[]): CacheName {
  const hash = createHash("sha256");
  for (const field of fields) hash.update(`${Buffer.byteLength(field)}:`).update(field);
  return cacheName(`${kind}-${hash.digest("hex")}`);
}
