// Host 0 of the network: a manager, and four workers on each of four other hosts. Prints how the file was spread.
import { fileURLToPath } from "node:url";
import { BenchCluster } from "../support/cluster.js";
import { spread } from "../support/spread.js";
import type { NetworkRun } from "./broadcast.js";

const { hosts, workersPerHost, bytes, peerTransfer, localLinks } = JSON.parse(
  process.argv[2] ?? "{}",
) as NetworkRun;
const workers = hosts * workersPerHost;
const enter = fileURLToPath(new URL("../../net/host.sh", import.meta.url));

await using cluster = await BenchCluster.start({
  workers,
  flags: localLinks ? [] : ["--no-local-links"],
  manager: {
    host: "0.0.0.0",
    advertise: "10.77.0.100",
    ...(peerTransfer ? {} : { transfersPerSource: workers }),
  },
  through: (index) => [enter, `h${1 + (index % hosts)}`],
});
process.stdout.write(JSON.stringify(await spread(cluster, { workers, bytes, peerTransfer })));
