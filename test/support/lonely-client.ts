/** A program of its own: connects to the manager of the connection file, submits a task that lasts, and says so. */
import { WireClient } from "./wire-client.js";

const [connectionFile = ""] = process.argv.slice(2);
const client = await WireClient.connect(connectionFile);
client.declare(1, { type: "temp" });
client.submit(1, {
  command: "sleep 1000",
  outputs: [{ file: 1, name: "out", when: "always", watch: false }],
});
await client.next("running");
process.stdout.write("running\n");
