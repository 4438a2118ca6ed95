import { expect } from "chai";
import { ManagerProcess } from "../support/manager-process.js";
import { WireClient } from "../support/wire-client.js";

describe("a program in another process", () => {
  it("declares files, runs a task, and gets its output and its file", async () => {
    await using manager = await ManagerProcess.start();
    await using client = await WireClient.connect(manager.connectionFile);
    const ready = await client.next("ready");
    expect(ready.connectionFile).to.equal(manager.connectionFile);
    client.declare(1, { type: "buffer", bytes: Buffer.from("pear\nfig\n") });
    client.declare(2, { type: "temp" });
    client.submit(7, {
      command: "sort in | tee out",
      inputs: [{ file: 1, name: "in" }],
      outputs: [{ file: 2, name: "out", when: "success", watch: false }],
      tag: "t",
    });
    await manager.addWorker();
    const finished = await client.finished(7);
    expect(finished).to.include({ state: "done", code: "success", exitCode: 0 });
    expect(Buffer.from(finished.stdout?.tail ?? []).toString()).to.equal("fig\npear\n");
    client.say({ type: "fetch", request: 3, file: 2, task: 0, path: "" });
    const content = await client.next("content", ({ request }) => request === 3);
    expect([Buffer.from(content.data).toString(), content.last]).to.deep.equal(["fig\npear\n", true]);
  });
});
