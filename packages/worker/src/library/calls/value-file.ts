import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { open, rm, writeFile } from "node:fs/promises";
import { type CacheName, type Lifetime, cacheName as toCacheName } from "@taskvine/core/model";
import type { Call } from "@taskvine/core/protocol";
import type { Answer } from "../../machine/libraries/tables/call.js";
import type { Stored } from "../../machine/tables/entry.js";
import type { Parts } from "../../perform/parts.js";

const READ_ONLY = 0o444;

/** Where values may be written before they are in the cache: this, and the number of the call. */
export function valueFilesOf(parts: Parts): string {
  return parts.store.incomingPath("value-");
}

export function valueFileOf(parts: Parts, flight: number): string {
  return `${valueFilesOf(parts)}${flight}`;
}

/** A value on disk that is to become a cache entry. */
export interface WrittenValue {
  readonly path: string;
  readonly entry: Stored;
}

/** Puts a value that does not travel inline into a file, unless the library did so. Rejects when there is no usable file. */
export async function writeValue(parts: Parts, call: Call, answer: Answer): Promise<WrittenValue> {
  const path = valueFileOf(parts, answer.id);
  if (!answer.inFile) {
    await rm(path, { force: true, recursive: true });
    await writeFile(path, answer.value, { mode: 0o600, flag: "wx" });
  }
  const size = await secure(path);
  const { cacheName, lifetime } = placeOf(call);
  return { path, entry: { cacheName, lifetime, kind: "file", size } };
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
