import { randomBytes } from "node:crypto";
import { constants, renameSync } from "node:fs";
import { open, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type CacheName, type Lifetime, cacheName as toCacheName } from "@taskvine/core/model";
import type { Call } from "@taskvine/core/protocol";
import type { Answer, CallEntry } from "../../machine/libraries/tables/call.js";
import type { Stored } from "../../machine/tables/entry.js";
import type { AttemptKey } from "../../machine/tables/order.js";
import type { Parts } from "../../perform/parts.js";

const READ_ONLY = 0o444;

/** Where an instance writes values before they are in the cache. What lies there counts as its disk, and goes with it. */
export function valueFolderOf({ store }: Parts, instance: AttemptKey): string {
  return store.incomingPath(`values-${instance}`);
}

/** The beginning of their paths; the number of the call follows. */
export function valueFilesOf(parts: Parts, instance: AttemptKey): string {
  return join(valueFolderOf(parts, instance), "value-");
}

export function valueFileOf(parts: Parts, instance: AttemptKey, flight: number): string {
  return `${valueFilesOf(parts, instance)}${flight}`;
}

/** A value on disk that is to become a cache entry. */
export interface WrittenValue {
  readonly path: string;
  readonly entry: Stored;
}

/**
 * Puts a value that does not travel inline into a file, unless the library did so: then it is taken from the instance at
 * once, which may end now. Rejects when there is no usable file.
 */
export async function writeValue(
  parts: Parts,
  { order: { call }, instance }: CallEntry,
  answer: Answer,
): Promise<WrittenValue> {
  const path = parts.store.incomingPath(`value-${call.task}-${call.attempt}-${answer.id}`);
  if (answer.inFile) take(valueFileOf(parts, instance, answer.id), path);
  else await writeFile(path, answer.value, { mode: 0o600, flag: "wx" });
  try {
    const size = await secure(path);
    const { cacheName, lifetime } = placeOf(call);
    return { path, entry: { cacheName, lifetime, kind: "file", size } };
  } catch (error) {
    parts.store.discard(path);
    throw error;
  }
}

function take(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (cause) {
    throw new Error("the library left nothing in the place of its value", { cause });
  }
}

/** What lies there must be a plain file under no other name; makes it read-only and returns its size. */
async function secure(path: string): Promise<number> {
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const file = await open(path, flags).catch(() => undefined);
  try {
    const stat = await file?.stat();
    if (stat?.isFile() !== true || stat.nlink !== 1) {
      throw new Error("what the library left in the place of its value is not a file of its own");
    }
    await file?.chmod(READ_ONLY);
    return stat.size;
  } finally {
    await file?.close();
  }
}

function placeOf({ value }: Call): { readonly cacheName: CacheName; readonly lifetime: Lifetime } {
  if (value !== undefined) return value;
  return { cacheName: toCacheName(`value-${randomBytes(16).toString("hex")}`), lifetime: "workflow" };
}
