import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeConnectionFile } from "@taskvine/core/transport";
import { expect } from "chai";
import { dataHosts } from "../detect/host.js";
import type { WorkerNews } from "../news.js";
import { anAssign, anInlineFetch, anOutput } from "../testing/orders.js";
import { Stage } from "../testing/with-worker.js";

describe("a worker between managers", () => {
  const stage = new Stage();
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "vine-between-test-"));
  });

  afterEach(async () => {
    await stage.end();
    rmSync(directory, { recursive: true, force: true });
  });

  it("looks for the next one when its manager ends, with only longer-lived files", async () => {
    const path = join(directory, "connection.json");
    const first = await stage.manager();
    await writeConnectionFile(path, first.connection);
    await stage.worker(first, { manager: { type: "file", path } });
    await first.next("introduce");
    first.send(
      anInlineFetch("buffer-w", "w"),
      anInlineFetch("buffer-f", "f", "forever"),
      anAssign("sleep 1000"),
    );
    await first.next("started");
    await first.close();
    const second = await stage.manager({ instance: "instance-2" });
    await writeConnectionFile(path, second.connection);
    const { holds } = await second.next("introduce");
    expect(holds.map((held) => held.cacheName)).to.deep.equal(["buffer-f"]);
    second.send(anAssign("true"));
    await second.next("ended");
  });

  it("opens its data port to others when its next manager can be reached from other machines", async () => {
    const path = join(directory, "connection.json");
    const first = await stage.manager();
    await writeConnectionFile(path, first.connection);
    await stage.worker(first, { manager: { type: "file", path } });
    const near = await first.next("introduce");
    expect(near.dataHosts).to.deep.equal(["127.0.0.1"]);
    await first.close();
    const second = await stage.manager({ instance: "instance-2" });
    const { addresses } = second.connection;
    await writeConnectionFile(path, { ...second.connection, addresses: ["tcp://192.0.2.1:1", ...addresses] });
    const far = await second.next("introduce");
    expect(far.dataHosts).to.deep.equal(dataHosts());
    expect(far.dataPort).to.equal(near.dataPort);
    expect(far.dataFingerprint).to.not.deep.equal(near.dataFingerprint);
  });

  it("ends with its manager when it was meant for one only", async () => {
    const manager = await stage.manager();
    const worker = await stage.worker(manager, { singleShot: true });
    await manager.next("introduce");
    await manager.close();
    const { error } = await worker.ended;
    expect(error).to.equal(undefined);
  });

  it("goes when the manager releases it", async () => {
    const manager = await stage.manager();
    const worker = await stage.worker(manager);
    await manager.next("introduce");
    manager.send({ type: "release", reason: "no more work" });
    expect((await worker.ended).error).to.equal(undefined);
    expect(await manager.ended).to.equal("goodbye");
  });

  it("gives up with NO_MANAGER when none is found in time", async () => {
    const manager = await stage.manager();
    const { connection } = manager;
    await manager.close();
    const worker = await stage.worker(manager, {
      manager: { type: "keys", connection },
      connectTimeoutMs: 300,
    });
    const { error } = await worker.ended;
    expect(error).to.have.property("code", "NO_MANAGER");
  });

  it("waits for a connection file that is not there yet", async () => {
    const path = join(directory, "connection.json");
    const manager = await stage.manager();
    await stage.worker(manager, { manager: { type: "file", path } });
    await writeConnectionFile(path, manager.connection);
    await manager.next("introduce");
  });

  it("does not try again with keys that the manager refuses", async () => {
    const manager = await stage.manager();
    const other = await stage.manager();
    const connection = {
      ...manager.connection,
      worker: { ...manager.connection.worker, secret: other.connection.worker.secret },
    };
    const worker = await stage.worker(manager, { manager: { type: "keys", connection } });
    expect((await worker.ended).error).to.have.property("code", "NOT_AUTHORISED");
  });

  it("leaves in good order when it was idle for its time", async () => {
    const manager = await stage.manager();
    const worker = await stage.worker(manager, { idleTimeoutMs: 100 });
    await manager.next("introduce");
    manager.send(anAssign("sleep 0.2"));
    await manager.next("ended");
    await manager.next("leaving");
    manager.send({ type: "release", reason: "go" });
    expect((await worker.ended).error).to.equal(undefined);
  });

  it("announces its end and leaves before its wall time is over, letting tasks end that can", async () => {
    const manager = await stage.manager();
    const startMs = performance.now();
    const worker = await stage.worker(manager, { wallTimeMs: 3_000 });
    const { endsWithinMs = 0 } = await manager.next("introduce");
    expect(endsWithinMs).to.be.within(1, 3_000);
    const long = anAssign("sleep 1000");
    manager.send(long);
    await manager.next("leaving");
    manager.send(anAssign("true"));
    expect(await manager.next("returned", ({ task }) => task !== long.task)).to.include({
      reason: "leaving",
    });
    await worker.ended;
    expect(await manager.next("returned")).to.include({ task: long.task, reason: "leaving" });
    expect(performance.now() - startMs).to.be.below(30_000);
  });

  it("tells its news in order", async () => {
    const manager = await stage.manager();
    const worker = await stage.worker(manager);
    const news: WorkerNews[] = [];
    worker.events.listen((one) => news.push(one));
    await manager.next("introduce");
    manager.send(anAssign("true", { outputs: [anOutput("x", { when: "failure" })] }));
    await manager.next("ended");
    await worker.stop("enough");
    expect(news.map(({ type }) => type)).to.include.members([
      "task-started",
      "task-ended",
      "leaving",
      "ended",
    ]);
  });

  it("leaves no lock in its directory even when its process ends without a goodbye", () => {
    const workdir = join(directory, "work");
    const script = `
      import { startWorker } from ${JSON.stringify(new URL("../index.js", import.meta.url).href)};
      const manager = { type: "file", path: ${JSON.stringify(join(directory, "none.json"))} };
      const worker = await startWorker({ manager, workdir: ${JSON.stringify(workdir)} });
      process.exit(existsSync(worker.workdir + "/lock") ? 7 : 8);`;
    const imports = 'import { existsSync } from "node:fs";';
    const { status } = spawnSync(process.execPath, ["--input-type=module", "-e", imports + script]);
    expect(status).to.equal(7);
    expect(existsSync(join(workdir, "lock"))).to.equal(false);
  });
});
