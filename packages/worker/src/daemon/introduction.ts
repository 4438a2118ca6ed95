import { resolve } from "node:path";
import type { HeldReplica } from "@taskvine/core/model";
import type { Introduce } from "@taskvine/core/protocol";
import { hostId } from "../detect/host.js";
import type { World } from "../machine/world.js";
import type { ResolvedOptions } from "./options.js";
import type { Equipment } from "./setup.js";

/** What a manager is told of this worker first. */
export function introductionOf(
  equipment: Equipment,
  options: ResolvedOptions,
  facts: {
    readonly software: string;
    readonly endsWithinMs: number | undefined;
    /** Proves who it was on its last connection to the same manager. */
    readonly resumes: Uint8Array | undefined;
  },
): Introduce {
  const { body, data, outlet, store, resources, features } = equipment;
  return {
    type: "introduce",
    name: options.name,
    host: options.host,
    hostId: hostId(),
    resources: { ...resources, gpuIds: Array.from({ length: resources.gpus }, (_, index) => index) },
    features,
    ...(facts.endsWithinMs === undefined ? {} : { endsWithinMs: facts.endsWithinMs }),
    holds: heldBy(body.parts.world),
    dataHosts: data.hosts,
    dataPort: data.port,
    dataFingerprint: data.fingerprint,
    cachePath: options.localLinks ? resolve(store.places.cache) : "",
    software: facts.software,
    linksCalls: true,
    running: [...body.tasks.running(), ...body.calls.running(), ...outlet.unheard],
    ...(facts.resumes === undefined ? {} : { resumes: facts.resumes }),
  };
}

function heldBy(world: World): HeldReplica[] {
  const held: HeldReplica[] = [];
  for (const { state, cacheName, size, kind, lifetime, digest } of world.cache.values()) {
    if (state === "ready")
      held.push({ cacheName, size, kind, lifetime, ...(digest === undefined ? {} : { digest }) });
  }
  return held;
}
