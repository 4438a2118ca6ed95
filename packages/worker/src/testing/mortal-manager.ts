// A fake manager in a process of its own, to be killed: node mortal-manager.js CONNECTION-FILE INSTANCE COMMAND
// Runs COMMAND as a task and says "started" when it is.
import { writeConnectionFile } from "@taskvine/core/transport";
import { FakeManager } from "./fake-manager.js";
import { anAssign, anInlineFetch, anInput, anOutput } from "./orders.js";

const [path = "", instance = "", command = ""] = process.argv.slice(2);
const manager = await FakeManager.start({ instance });
await writeConnectionFile(path, manager.connection);
await manager.next("introduce");
const outputs = [anOutput("out")];
manager.send(
  anInlineFetch("buffer-x", "x"),
  anAssign(command, { inputs: [anInput("buffer-x", "x")], outputs }),
);
await manager.next("started");
process.stdout.write("started\n");
