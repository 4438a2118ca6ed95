import { basename } from "node:path";
import { type CacheName, cacheName as toCacheName } from "@taskvine/core/model";
import type { AssignInput } from "@taskvine/core/protocol";
import type { Mount } from "../run/contract.js";
import type { Parts } from "./parts.js";

/** The inputs of a command as they lie in the cache; `copy` where its task is to share none of them with others. */
export function mountsOf(parts: Parts, inputs: readonly AssignInput[], copy = false): Mount[] {
  return inputs.map(({ cacheName, name }) => mountOf(parts, cacheName, name, copy));
}

function mountOf({ store, world }: Parts, cacheName: CacheName, name: string, copy: boolean): Mount {
  const stamp = store.stampOf(cacheName);
  return {
    name,
    path: store.pathOf(cacheName),
    kind: world.cache.get(cacheName)?.kind ?? "file",
    copy: copy || world.cache.isDistrusted(cacheName),
    ...(stamp === undefined ? {} : { stamp }),
  };
}

/** Which entries lie at these paths, as far as they are still those that were mounted. */
export function entriesAt({ store }: Parts, mounts: readonly Mount[], paths: readonly string[]): CacheName[] {
  const mounted = new Map(mounts.map(({ path, stamp }) => [path, stamp]));
  return paths
    .filter((path) => store.stampOf(nameAt(path)) === mounted.get(path))
    .map((path) => nameAt(path));
}

function nameAt(path: string): CacheName {
  return toCacheName(basename(path));
}
