import { once } from "node:events";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Task, type TaskHandle, type VineFile } from "@taskvine/core";
import { attempt, cacheName, fileId, taskId, transferId } from "@taskvine/core/model";
import type { Ended, Introduce, WorkerMessage } from "@taskvine/core/protocol";
import { tarOf } from "@taskvine/core/testing";
import { expect } from "chai";
import { Canary } from "../support/canary.js";
import { type Cluster, cluster } from "../support/cluster.js";
import { eventually } from "../support/eventually.js";
import { RogueWorker } from "../support/rogue-worker.js";

const PATIENCE_MS = 30_000;
const GB = 1_000_000_000;
const NOTHING = { tail: new Uint8Array(0), size: 0, truncated: false };
const OUTCOME: Ended["outcome"] = {
  code: "success",
  exitCode: 0,
  stdout: { tail: Buffer.from("a lie\n"), size: 6, truncated: false },
  stderr: NOTHING,
  outputs: [],
  measured: { wallMs: 1 },
  phases: { queuedMs: 0, stagedMs: 0, ranMs: 0, collectedMs: 0 },
};

describe("a worker with absurd claims", function () {
  this.timeout(60_000);

  const sane = { cores: 1, memory: GB, disk: GB, gpus: 0, gpuIds: [] };
  const absurd: Readonly<Record<string, Partial<Introduce>>> = {
    "no cores": { resources: { ...sane, cores: 0 } },
    "a million cores": { resources: { ...sane, cores: 1_000_000 } },
    "more memory than there is": { resources: { ...sane, memory: 2 ** 52 } },
    "an infinity of cores": { resources: { ...sane, cores: Number.POSITIVE_INFINITY } },
    "fewer cores than none": { resources: { ...sane, cores: -1 } },
    "a hundred thousand gpus": { resources: { ...sane, gpus: 100_000 } },
    "no name": { name: "" },
    "a name without end": { name: "x".repeat(5_000) },
    "a name that commands a terminal": { name: "\u001b[2J" },
    "a host that commands a terminal": { host: "\u009b31m" },
    "ten thousand features": { features: Array.from({ length: 10_000 }, (_, at) => `f${at}`) },
    "no data port": { dataPort: 0 },
    "a data port that is none": { dataPort: 70_000 },
    "files that reach out": {
      holds: [{ cacheName: cacheName("../../etc/passwd"), size: 1, kind: "file", lifetime: "forever" }],
    },
    "half a fingerprint": { dataFingerprint: new Uint8Array(16) },
  };

  it("is refused with BAD_FRAME, and the others go on", async () => {
    await using c = await cluster();
    for (const [what, claims] of Object.entries(absurd)) {
      await using rogue = await RogueWorker.join(c.manager.connectionFile, claims);
      expect((await rogue.refusal()).code, what).to.equal("BAD_FRAME");
    }
    expect(c.manager.workers().map(({ name }) => name)).to.deep.equal(["worker-0"]);
    expect((await c.manager.submit(new Task("echo on")).done).check().output).to.equal("on\n");
  });

  it("that introduces itself twice, or not at all, is refused with BAD_FRAME", async () => {
    await using c = await cluster();
    await using silent = await RogueWorker.join(c.manager.connectionFile, "says nothing");
    silent.say({ type: "leaving", reason: "rude" });
    expect((await silent.refusal()).code).to.equal("BAD_FRAME");
    await using double = await RogueWorker.join(c.manager.connectionFile);
    await using model = await RogueWorker.join(c.manager.connectionFile, { name: "model" });
    await Promise.all([double.next("setup"), model.next("setup")]);
    double.say({ ...introduction(), name: "again" });
    expect((await double.refusal()).code).to.equal("BAD_FRAME");
    await eventually("it is gone", () => !c.manager.workers().some(({ name }) => name === "rogue"));
  });
});

function introduction(): Introduce {
  return {
    type: "introduce",
    name: "rogue",
    host: "h",
    hostId: "h",
    resources: { cores: 1, memory: GB, disk: GB, gpus: 0, gpuIds: [] },
    features: [],
    holds: [],
    dataHosts: [],
    dataPort: 9,
    dataFingerprint: new Uint8Array(0),
    cachePath: "",
    software: "",
    running: [],
  };
}

/** News of things that were never given to it, for small numbers of everything. */
function lies(output: VineFile): WorkerMessage[] {
  const lies: WorkerMessage[] = [];
  for (let number = 1; number <= 6; number++) {
    const [task, count] = [taskId(number), attempt(1)];
    const transfer = transferId(number);
    lies.push(
      { type: "started", task, attempt: count },
      { type: "watched", task, attempt: count, file: output.id, offset: 0, data: Buffer.from("a lie\n") },
      { type: "ended", task, attempt: count, outcome: OUTCOME },
      { type: "returned", task, attempt: count, reason: "leaving", message: "a lie" },
      { type: "replica-ready", transfer, size: 6, kind: "file" },
      { type: "transfer-failed", transfer, failure: { error: "INTERNAL", message: "a lie", fault: "file" } },
      { type: "replica-gone", cacheName: cacheName(`file-${number}`), reason: "a lie" },
    );
  }
  return lies;
}

describe("a compromised worker", function () {
  this.timeout(90_000);

  it("that tells of tasks and transfers that it was not given changes nothing", async () => {
    await using c = await cluster();
    const go = c.path("go");
    const [log, temp] = [c.manager.declareFile(c.path("log")), c.manager.declareTemp()];
    const started: string[] = [];
    c.manager.events.on("task-started", (_, worker) => started.push(worker.name));
    const waits = `echo true > log; while ! [ -e ${go} ]; do sleep 0.05; done; echo honest`;
    const handles = c.manager.submitAll([
      new Task(waits).output(log, "log", { watch: true }).output(temp, "log2", { when: "failure" }),
      new Task("cat in").input(temp, "in"),
      new Task("cat big | wc -c").inputBuffer("x".repeat(200_000), "big"),
    ]) as [TaskHandle, TaskHandle, TaskHandle];
    await eventually("it runs", () => handles[0].state === "running", PATIENCE_MS);
    await eventually(
      "its log is seen",
      async () => (await readFile(c.path("log"), "utf8").catch(() => "")) !== "",
    );
    await using rogue = await RogueWorker.join(c.manager.connectionFile, {
      features: [],
      resources: { cores: 0.01, memory: 1, disk: 1, gpus: 0, gpuIds: [] },
    });
    await rogue.next("setup");
    rogue.say(...lies(log));
    rogue.say({ type: "ended", task: taskId(1_000_000), attempt: attempt(1), outcome: OUTCOME });
    rogue.say({ type: "ended", task: taskId(1), attempt: attempt(99), outcome: OUTCOME });
    rogue.say({ type: "leaving", reason: "done with lying" });
    await rogue.next("release");
    expect(await readFile(c.path("log"), "utf8")).to.equal("true\n");
    expect([handles[0].state, ...started]).to.deep.equal(["running", "worker-0"]);
    await writeFile(go, "");
    const [first, second, third] = await Promise.all(handles.map(({ done }) => done));
    expect(first?.check().output).to.equal("honest\n");
    expect(second?.code).to.equal("input-missing");
    expect(third?.check().output.trim()).to.equal("200000");
    expect(first?.worker?.name).to.equal("worker-0");
  });

  it("that names outputs which are not its task's makes no file of them", async () => {
    await using c = await cluster();
    const theirs = c.manager.declareTemp();
    const honest = c.manager.submit(new Task("sleep 0.5; echo right > out").output(theirs, "out"));
    await using rogue = await RogueWorker.join(c.manager.connectionFile);
    const mine = c.manager.submit(new Task("true").feature("rogue").retries(0));
    const { task, attempt: count } = await rogue.next("assign");
    const outputs = [1, 2, 3, 4, 5].map((number) => ({
      file: fileId(number),
      cacheName: cacheName(`temp-${number}`),
      kind: "file" as const,
      size: 6,
    }));
    rogue.say({ type: "ended", task, attempt: count, outcome: { ...OUTCOME, outputs } });
    const result = await mine.done;
    expect([result.state, [...result.outputs.keys()]]).to.deep.equal(["done", []]);
    (await honest.done).check();
    expect(await theirs.text()).to.equal("right\n");
    expect(c.manager.holdersOf(theirs).map(({ name }) => name)).to.deep.equal(["worker-0"]);
  });

  it("that gives a hostile tree as an output writes nothing outside of it", async () => {
    await using c = await cluster({ workers: 0 });
    const canary = await Canary.in(c);
    const entries = [
      { name: "good", content: "good" },
      { name: "../canary", content: "evil" },
    ];
    await expectRefused(c, await tarOf([...entries, { name: canary.path, content: "evil" }]), "tree");
    await canary.expectAlive();
  });

  it("that gives another content than it announced is not believed", async () => {
    await using c = await cluster({ workers: 0 });
    await expectRefused(c, Buffer.from("something else entirely"), "file");
  });
});

/** A task's only worker says that its output is there, and then serves these bytes: nothing comes home. */
async function expectRefused(c: Cluster, bytes: Uint8Array, kind: "file" | "tree"): Promise<void> {
  let asked = 0;
  const door = createServer((_, response) => {
    asked += 1;
    response.writeHead(200, { "content-length": bytes.length, "x-vine-kind": kind }).end(bytes);
  });
  door.listen(0, "127.0.0.1");
  await once(door, "listening");
  try {
    const dataPort = (door.address() as AddressInfo).port;
    const claims = { dataPort, dataFingerprint: new Uint8Array(0) };
    const rogue = await RogueWorker.join(c.manager.connectionFile, claims);
    const home = c.manager.declareFile(c.path("home"));
    const handle = c.manager.submit(new Task("true").feature("rogue").retries(0).output(home, "out"));
    const { task, attempt: count, outputs } = await rogue.next("assign");
    const digest = "00".repeat(32);
    const reports = outputs.map(({ file, cacheName: name }) => ({
      file,
      cacheName: name,
      kind,
      size: 6,
      digest,
    }));
    rogue.say({ type: "ended", task, attempt: count, outcome: { ...OUTCOME, outputs: reports } });
    await eventually("it is asked", () => asked > 0, PATIENCE_MS);
    await rogue[Symbol.asyncDispose]();
    const result = await handle.done;
    expect([result.state, result.code, result.error?.code]).to.deep.equal([
      "failed",
      "max-retries",
      "MAX_RETRIES",
    ]);
    const isClean = async (): Promise<boolean> =>
      !(await readdir(c.folder)).some((name) => name.includes("home"));
    await eventually("what came of it is gone", isClean, PATIENCE_MS);
  } finally {
    door.close();
    door.closeAllConnections();
  }
}
