import { expect } from "chai";
import { existsSync } from "node:fs";
import { startWorker, type Worker } from "./worker.js";
import { FakeManager } from "../testing/fake-manager.js";
import { anAssign, anInlineFetch, anInput, anOutput } from "../testing/orders.js";

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString("utf8");

describe("a worker and its manager", () => {
  let manager: FakeManager;
  let worker: Worker;

  beforeEach(async () => {
    manager = await FakeManager.start();
    worker = await startWorker({
      manager: { type: "keys", connection: manager.connection },
      resources: { cores: 2, memory: 1e9, disk: 1e9, gpus: 0 },
    });
  });

  afterEach(async () => {
    await worker.stop();
    await manager.close();
  });

  it("introduces itself, runs a shell task with an input, and leaves its output in the cache", async () => {
    const introduction = await manager.next("introduce");
    expect(introduction.resources).to.include({ cores: 2, memory: 1e9, disk: 1e9, gpus: 0 });
    const fetch = anInlineFetch("buffer-a", "hello ");
    const assign = anAssign('cat a; echo "$WHO"; cat a > out', {
      inputs: [anInput("buffer-a", "a")],
      outputs: [anOutput("out")],
      env: { WHO: "world" },
    });
    manager.send(fetch, assign);
    const ready = await manager.next("replica-ready");
    expect(ready.size).to.equal(6);
    const { outcome } = await manager.next("ended");
    expect(outcome).to.include({ code: "success", exitCode: 0 });
    expect(text(outcome.stdout.tail)).to.equal("hello world\n");
    expect(outcome.outputs).to.have.length(1);
    expect(outcome.outputs[0]).to.include({ cacheName: "temp-out", size: 6, kind: "file" });
  });

  it("says goodbye and leaves nothing behind", async () => {
    await manager.next("introduce");
    const { workdir } = worker;
    expect(existsSync(workdir)).to.equal(true);
    const end = await worker.stop("enough");
    expect(end).to.deep.equal({ reason: "enough" });
    expect(existsSync(workdir)).to.equal(false);
    expect(manager.ends).to.deep.equal(["goodbye"]);
  });
});
