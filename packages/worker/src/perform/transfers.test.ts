import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fetchFile } from "@taskvine/core/data";
import { cacheName, type Lifetime } from "@taskvine/core/model";
import type { Fetch, Make, MakeRecipe } from "@taskvine/core/protocol";
import { expect } from "chai";
import type { FakeManager } from "../testing/fake-manager.js";
import { anAssign, anInlineFetch, anInput, anOutput, aTransferId } from "../testing/orders.js";
import { Stage } from "../testing/with-worker.js";

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString("utf8");

describe("a worker's files", () => {
  const stage = new Stage();
  let manager: FakeManager;
  let directory: string;

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), "vine-files-test-"));
    manager = await stage.manager();
  });

  afterEach(async () => {
    await stage.end();
    rmSync(directory, { recursive: true, force: true });
  });

  function offer(name: string, content: string): Fetch {
    const path = join(directory, name);
    writeFileSync(path, content);
    manager.files.set(name, { type: "path", path, kind: "file", size: content.length });
    return {
      ...anInlineFetch(name, ""),
      size: content.length,
      source: { type: "peer", ...manager.source(name) },
    };
  }

  const make = (name: string, recipe: MakeRecipe, lifetime: Lifetime = "workflow"): Make => ({
    type: "make",
    transfer: aTransferId(),
    cacheName: cacheName(name),
    lifetime,
    recipe,
  });

  it("come from the manager's data server, with a ticket and a pinned certificate", async () => {
    await stage.worker(manager);
    await manager.next("introduce");
    const content = "x".repeat(3_000_000);
    manager.send(offer("file-big", content), anAssign("wc -c < b", { inputs: [anInput("file-big", "b")] }));
    expect(await manager.next("replica-ready")).to.include({ size: 3_000_000, kind: "file" });
    expect(text((await manager.next("ended")).outcome.stdout.tail).trim()).to.equal("3000000");
  });

  it("that cannot be had are reported with code and culprit", async () => {
    await stage.worker(manager);
    await manager.next("introduce");
    const fetch = offer("file-gone", "abc");
    manager.files.delete("file-gone");
    manager.send(fetch);
    const { failure } = await manager.next("transfer-failed");
    expect(failure).to.include({ error: "NOT_HELD", fault: "source" });
  });

  it("are given to whoever has a ticket of the manager, and to nobody else", async () => {
    await stage.worker(manager);
    const introduction = await manager.next("introduce");
    manager.send(anAssign("echo secret > out", { outputs: [anOutput("out")] }));
    await manager.next("ended");
    const source = manager.workerSource(introduction, "temp-out", "worker-7");
    const get = (receiver: string, into: string): ReturnType<typeof fetchFile> =>
      fetchFile({
        source: { type: "peer", ...source, receiver },
        kind: "file",
        executable: false,
        into: join(directory, into),
        signal: AbortSignal.timeout(45_000),
      });
    const refused = await get("worker-8", "stolen").catch((error: unknown) => error);
    expect(refused).to.have.property("code", "TRANSFER_REFUSED");
    expect(await get("worker-7", "given")).to.include({ size: 7 });
    expect(readFileSync(join(directory, "given"), "utf8")).to.equal("secret\n");
  });

  it("are unpacked from archives", async () => {
    await stage.worker(manager);
    await manager.next("introduce");
    mkdirSync(join(directory, "tree"));
    writeFileSync(join(directory, "tree", "leaf"), "green");
    execFileSync("tar", ["-czf", join(directory, "t.tgz"), "-C", directory, "tree"]);
    const archive = readFileSync(join(directory, "t.tgz"), "latin1");
    const fetch = anInlineFetch("file-tgz", "");
    const recipe = { type: "unpack", archive: cacheName("file-tgz"), format: "tar.gz" } as const;
    manager.send(
      { ...fetch, source: { type: "inline", bytes: Buffer.from(archive, "latin1") } },
      make("unpack-t", recipe),
    );
    manager.send(anAssign("cat t/tree/leaf", { inputs: [anInput("unpack-t", "t")] }));
    expect(await manager.next("replica-ready", ({ kind }) => kind === "tree")).to.include({ size: 5 });
    expect(text((await manager.next("ended")).outcome.stdout.tail)).to.equal("green");
  });

  it("that are damaged archives fail for good", async () => {
    await stage.worker(manager);
    await manager.next("introduce");
    const recipe = { type: "unpack", archive: cacheName("file-bad"), format: "tar.gz" } as const;
    manager.send(anInlineFetch("file-bad", "no archive at all"), make("unpack-bad", recipe));
    const { failure } = await manager.next("transfer-failed");
    expect(failure).to.include({ error: "ARCHIVE_DAMAGED", fault: "file" });
  });

  it("are made by mini-tasks, which may use other files", async () => {
    await stage.worker(manager);
    await manager.next("introduce");
    const recipe = {
      type: "mini-task",
      command: "tr a-z A-Z < in > made",
      inputs: [anInput("buffer-in", "in")],
      env: {},
      output: "made",
    } as const;
    manager.send(anInlineFetch("buffer-in", "loud"), make("mini-1", recipe));
    manager.send(anAssign("cat x", { inputs: [anInput("mini-1", "x")] }));
    expect(text((await manager.next("ended")).outcome.stdout.tail)).to.equal("LOUD");
  });

  it("whose mini-task fails are reported with what it said", async () => {
    await stage.worker(manager);
    await manager.next("introduce");
    const recipe = {
      type: "mini-task",
      command: "echo no such luck >&2; exit 4",
      inputs: [],
      env: {},
      output: "x",
    } as const;
    manager.send(make("mini-2", recipe));
    const { failure } = await manager.next("transfer-failed");
    expect(failure).to.include({ error: "MINI_TASK_FAILED", fault: "file" });
    expect(failure.message).to.contain("exit code 4").and.to.contain("no such luck");
  });

  it("kept forever are offered again by the next worker on the same directory", async () => {
    const workdir = join(directory, "workdir");
    const first = await stage.worker(manager, { workdir });
    await manager.next("introduce");
    manager.send(anInlineFetch("buffer-f", "lasting", "forever"), anInlineFetch("buffer-w", "passing"));
    await manager.next("replica-ready");
    await manager.next("replica-ready");
    await first.stop();
    await stage.worker(manager, { workdir });
    const { holds } = await manager.next("introduce");
    expect(holds).to.have.length(1);
    expect(holds[0]).to.include({ cacheName: "buffer-f", size: 7, kind: "file", lifetime: "forever" });
    manager.send(anAssign("cat f", { inputs: [anInput("buffer-f", "f")] }));
    expect(text((await manager.next("ended")).outcome.stdout.tail)).to.equal("lasting");
  });

  it("that do not fit the disk budget are refused, lasting ones making room first", async () => {
    await stage.worker(manager, { resources: { cores: 1, memory: 1e9, disk: 100_000, gpus: 0 } });
    await manager.next("introduce");
    manager.send(anInlineFetch("buffer-old", "o".repeat(60_000), "forever"));
    await manager.next("replica-ready");
    manager.send(anInlineFetch("buffer-new", "n".repeat(60_000)));
    expect(await manager.next("replica-gone")).to.include({ cacheName: "buffer-old" });
    await manager.next("replica-ready");
    manager.send(anInlineFetch("buffer-more", "m".repeat(60_000)));
    expect((await manager.next("transfer-failed")).failure).to.include({
      error: "CACHE_FULL",
      fault: "destination",
    });
  });

  it("with names that are no file names go nowhere", async () => {
    await stage.worker(manager);
    await manager.next("introduce");
    manager.send({ ...anInlineFetch("x", "evil"), cacheName: cacheName("-rf") });
    const { failure } = await manager.next("transfer-failed");
    expect(failure.error).to.equal("BAD_NAME");
  });
});
