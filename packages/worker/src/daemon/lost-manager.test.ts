import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeConnectionFile } from "@taskvine/core/transport";
import { expect } from "chai";
import type { WorkerNews } from "../news.js";
import type { FakeManager } from "../testing/fake-manager.js";
import { anAssign } from "../testing/orders.js";
import { Stage } from "../testing/with-worker.js";
import type { WorkerOptions } from "./options.js";
import { startWorker, type Worker } from "./worker.js";

const SCRIPT = fileURLToPath(new URL("../testing/mortal-manager.js", import.meta.url));

describe("a worker whose manager is killed", () => {
  const stage = new Stage();
  let directory: string;
  let connectionFile: string;
  let gate: string;
  let child: ChildProcess;
  let worker: Worker;
  let news: WorkerNews[];

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "vine-lost-test-"));
    connectionFile = join(directory, "connection.json");
    gate = join(directory, "gate");
    news = [];
  });

  afterEach(async () => {
    child.kill("SIGKILL");
    await worker.stop();
    await stage.end();
    rmSync(directory, { recursive: true, force: true });
  });

  /** A worker that runs a task which waits for `gate`, and a manager that is dead. */
  async function bereave(options: Partial<WorkerOptions> = {}): Promise<void> {
    const command = `while [ ! -e ${gate} ]; do sleep 0.02; done; echo done > out`;
    child = spawn(process.execPath, [SCRIPT, connectionFile, "instance-1", command], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    worker = await startWorker({
      manager: { type: "file", path: connectionFile },
      resources: { cores: 1, memory: 1e9, disk: 1e9, gpus: 0 },
      ...options,
    });
    worker.events.listen((one) => news.push(one));
    if (child.stdout !== null) await once(child.stdout, "data");
    child.kill("SIGKILL");
    await heard((one) => one.type === "manager-lost");
  }

  async function heard(isIt: (one: WorkerNews) => boolean): Promise<void> {
    if (news.some(isIt)) return;
    await new Promise<void>((resolve) => {
      const stop = worker.events.listen((one) => {
        if (!isIt(one)) return;
        stop();
        resolve();
      });
    });
  }

  async function successor(instance: string): Promise<FakeManager> {
    const manager = await stage.manager({ instance });
    await writeConnectionFile(connectionFile, manager.connection);
    return manager;
  }

  it("sees it within a second or two", async () => {
    const startMs = performance.now();
    await bereave();
    expect(performance.now() - startMs).to.be.below(12_000);
    const lost = news.find((one) => one.type === "manager-lost");
    expect(lost).to.be.an("object");
  });

  it("tells the result of a task that ended meanwhile, and what it holds, when the same manager is back", async () => {
    await bereave();
    writeFileSync(gate, "");
    await heard((one) => one.type === "task-ended");
    const manager = await successor("instance-1");
    const introduction = await manager.next("introduce");
    expect(introduction.running, "its end is about to be told").to.deep.equal([{ task: 1, attempt: 1 }]);
    expect(introduction.holds.map((held) => held.cacheName)).to.have.members(["buffer-x", "temp-out"]);
    const { outcome } = await manager.next("ended");
    expect(outcome).to.include({ code: "success", exitCode: 0 });
  });

  it("says which task still runs when the same manager is back", async () => {
    await bereave();
    const manager = await successor("instance-1");
    const { running } = await manager.next("introduce");
    expect(running).to.deep.equal([{ task: 1, attempt: 1 }]);
    writeFileSync(gate, "");
    await manager.next("ended");
  });

  it("ends the task and drops the workflow's files for another manager", async () => {
    await bereave();
    const manager = await successor("instance-2");
    const { holds } = await manager.next("introduce");
    expect(holds.map((held) => held.cacheName)).to.not.include("temp-out");
    manager.send(anAssign("true"));
    await manager.next("ended");
    expect(manager.messages.map((message) => message.type)).to.not.include("ended");
  });

  it("ends what runs at once where the policy is drop", async () => {
    await bereave({ onManagerLost: "drop" });
    const manager = await successor("instance-1");
    expect((await manager.next("introduce")).running).to.deep.equal([]);
    manager.send(anAssign("true"));
    await manager.next("ended");
  });
});
