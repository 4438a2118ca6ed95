import { expect } from "chai";
import { ManagerProcess } from "../support/manager-process.js";
import { WireClient } from "../support/wire-client.js";

describe("vine manager", () => {
  it("tells programs how to come in, runs their tasks, and ends with its standard input", async () => {
    await using manager = await ManagerProcess.start(["--name", "m"]);
    const client = await WireClient.connect(manager.connectionFile);
    expect(await client.next("ready")).to.include({ name: "m", connectionFile: manager.connectionFile });
    const worker = await manager.addWorker();
    client.submit(1, { command: "echo hello" });
    expect(await client.finished(1)).to.include({ state: "done" });
    manager.closeInput();
    expect((await client.ended()).error.code).to.equal("MANAGER_CLOSED");
    await Promise.all([manager.exited, worker.exited]);
    expect(manager.exitCode).to.equal(0);
    expect(manager.lines.map(({ event }) => event)).to.include.members(["ready", "worker-joined", "ended"]);
  });

  it("lets its workers go and ends in good order on Ctrl-C, whatever runs", async () => {
    await using manager = await ManagerProcess.start();
    const client = await WireClient.connect(manager.connectionFile);
    const worker = await manager.addWorker();
    client.submit(1, { command: "sleep 1000" });
    await client.next("running");
    manager.signal("SIGINT");
    await Promise.all([manager.exited, worker.exited, client.ended()]);
    expect([manager.exitCode, client.all("finished")[0]?.state]).to.deep.equal([0, "cancelled"]);
  });

  it("says in one sentence why it cannot start", async () => {
    await using first = await ManagerProcess.start();
    const port = String((await first.line("ready"))["port"]);
    const refused = await ManagerProcess.start(["--port", port]).catch((error: unknown) => String(error));
    expect(refused).to.match(/ended with 1: .*\[ADDRESS_IN_USE\]/s);
  });
});
