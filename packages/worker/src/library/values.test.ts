import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Ended } from "@taskvine/core/protocol";
import { expect } from "chai";
import type { FakeManager } from "../testing/fake-manager.js";
import { Stage } from "../testing/with-worker.js";
import { aCall, aDeploy, aValueOutput } from "./testing/orders.js";

const MB = 1_000_000;
const ALLOCATION = { cores: 1, memory: 500 * MB, disk: 12 * MB, gpus: 0, gpuIds: [] };

describe("the values of a library's calls on disk", () => {
  const stage = new Stage();
  let manager: FakeManager;
  let workdir: string;
  const deploy = aDeploy({ ECHO_PROCESSES: "1" }, { allocation: ALLOCATION });

  async function endOf(name: string, args: readonly unknown[], value?: string): Promise<Ended["outcome"]> {
    const parts = value === undefined ? {} : { value: aValueOutput(value) };
    const call = aCall(deploy.task, name, args, parts);
    manager.send(call);
    return (await manager.next("ended", ({ task }) => task === call.task)).outcome;
  }

  /** Files that are not in the cache yet. */
  async function underWay(): Promise<string[]> {
    const entries = await readdir(join(workdir, "incoming"), { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  }

  before(async () => {
    workdir = await mkdtemp(join(tmpdir(), "vine-values-"));
    manager = await stage.manager();
    const resources = { cores: 2, memory: 1e9, disk: 20 * MB, gpus: 0 };
    await stage.worker(manager, { workdir, resources });
    await manager.next("introduce");
    manager.send(deploy);
    await manager.next("library-ready");
  });
  after(async () => {
    await stage.end();
    await rm(workdir, { recursive: true, force: true });
  });

  it("are in the cache, and nowhere else, once they are told of", async () => {
    const outcome = await endOf("file", [100_000], "value-whole");
    expect(outcome.outputs[0]).to.include({ cacheName: "value-whole", size: 100_000 });
    expect(await underWay()).to.deep.equal([]);
  });

  it("go at once when their call says that it had no room, or went down with its process", async () => {
    expect(await endOf("half", ["disk"])).to.include({ code: "unknown", message: "no room" });
    expect(await underWay()).to.deep.equal([]);
    expect(await endOf("half", ["exit"])).to.include({ code: "library-exit" });
    expect(await underWay()).to.deep.equal([]);
  });

  it("are not kept where the worker's disk has no room for them beside what is given to tasks", async () => {
    const outcome = await endOf("file", [11 * MB], "value-huge");
    expect(outcome.code).to.equal("unknown");
    expect(outcome.message).to.match(/has 11000000 bytes; of the 20000000 bytes of disk .* 7900000 are free/);
    expect(await underWay()).to.deep.equal([]);
    expect(await endOf("file", [7 * MB], "value-next")).to.include({ code: "success" });
  });

  it("leave with the instance what it had not told of", async () => {
    const { task, attempt } = deploy;
    manager.send({ type: "kill", task, attempt });
    const again = aDeploy({}, { allocation: ALLOCATION });
    manager.send(again);
    await manager.next("library-ready", (ready) => ready.task === again.task);
    expect(await readdir(join(workdir, "incoming"))).to.deep.equal([`values-${again.task}-1`]);
  });
});
