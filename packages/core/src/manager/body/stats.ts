import type { ManagerStats } from "../api/stats.js";
import type { House } from "./house.js";

export function statsOf({ body, dataServer }: House): ManagerStats {
  const { coordinator, workers } = body;
  const { fromManager, fromUrl, fromPeers, made, retrieved, ...counted } = coordinator.stats;
  return {
    tasks: { ...coordinator.counts },
    workers: workers.size,
    libraries: coordinator.libraries().map(({ id: _id, ...library }) => library),
    fromManager: { ...fromManager },
    fromUrl: { ...fromUrl },
    fromPeers: { ...fromPeers },
    made: { ...made },
    retrieved: { ...retrieved },
    cacheHits: counted.cacheHits,
    attempts: counted.attempts,
    retries: counted.retries,
    recoveries: counted.recoveries,
    reused: counted.reused,
    transferFailures: counted.transferFailures,
    workersLost: counted.workersLost,
    bytesServed: dataServer.stats.bytesSent,
  };
}
