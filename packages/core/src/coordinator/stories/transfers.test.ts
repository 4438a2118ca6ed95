import { expect } from "chai";
import { cacheName, fileId, taskId, workerId } from "../../model/ids.js";
import { anInput, anOutput } from "../../testing/builders.js";
import { only, Stage } from "./stage.test.kit.js";

const f = fileId;
const ONE_CORE = { cores: 1, memory: 1e9, disk: 1e10, gpus: 0 };

/** Workers of one core, and as many tasks that all need file 1. */
function broadcast(
  workers: number,
  options: ConstructorParameters<typeof Stage>[0] = {},
  peerTransfer = true,
): Stage {
  const stage = new Stage({ prefetch: 0, ...options });
  stage.declare({ id: 1, origin: { type: "local" }, peerTransfer });
  for (let id = 1; id <= workers; id += 1) stage.join({ id, resources: ONE_CORE });
  stage.submit(
    ...Array.from({ length: workers }, (_, index) => ({ id: index + 1, inputs: [anInput(f(1))] })),
  );
  stage.named(1, "file-big");
  return stage;
}

/** Answers each fetch in the order of sending until there are no more. Gives the largest number that was under way from the manager at a time. */
function deliver(stage: Stage): number {
  let most = 0;
  for (let at = 0; at < stage.all("fetch").length; at += 1) {
    const open = stage.all("fetch").slice(at);
    most = Math.max(most, open.filter(({ source }) => source.type === "manager").length);
    const next = open[0];
    if (next !== undefined) stage.arrive(next);
  }
  return most;
}

describe("a broadcast", () => {
  it("to sixteen workers takes three copies from the manager, the rest from peers", () => {
    const stage = broadcast(16);
    expect(deliver(stage)).to.equal(3);
    const sources = stage.all("fetch").map(({ source }) => source.type);
    expect(sources.filter((type) => type === "manager")).to.have.length(3);
    expect(sources.filter((type) => type === "worker")).to.have.length(13);
    expect(stage.coordinator.stats.fromPeers).to.deep.equal({ copies: 13, bytes: 13_000_000 });
  });

  it("without peer transfers comes from the manager, never more than three at a time", () => {
    const stage = broadcast(9, {}, false);
    expect(deliver(stage)).to.equal(3);
    expect(stage.all("fetch").every(({ source }) => source.type === "manager")).to.equal(true);
    expect(stage.all("fetch")).to.have.length(9);
  });

  it("prefers a source on the same host", () => {
    const stage = new Stage({ prefetch: 0 });
    stage.declare({ id: 1, origin: { type: "local" } });
    stage.join({ id: 1, hostId: "a", resources: ONE_CORE });
    stage.join({ id: 2, hostId: "b", resources: ONE_CORE });
    stage.submit({ id: 1, inputs: [anInput(f(1))] }, { id: 2, inputs: [anInput(f(1))] });
    stage.named(1, "file-big");
    for (const fetch of stage.all("fetch")) stage.arrive(fetch);
    stage.join({ id: 3, hostId: "b", resources: ONE_CORE });
    stage.submit({ id: 3, inputs: [anInput(f(1))] });
    expect(stage.last("fetch").source).to.deep.equal({ type: "worker", worker: 2 });
  });

  it("goes once to each host, and on from there", () => {
    const stage = new Stage({ prefetch: 0 });
    stage.declare({ id: 1, origin: { type: "local" } });
    for (let id = 1; id <= 6; id += 1) stage.join({ id, hostId: `h${id % 2}`, resources: ONE_CORE });
    stage.submit(...Array.from({ length: 6 }, (_, index) => ({ id: index + 1, inputs: [anInput(f(1))] })));
    stage.named(1, "file-big");
    const first = stage.all("fetch");
    expect(first.map(({ worker }) => worker % 2)).to.have.members([0, 1]);
    for (const fetch of first) stage.arrive(fetch);
    const later = stage.all("fetch").slice(2);
    expect(later).to.have.length(4);
    for (const { worker, source } of later) {
      const neighbour = first.find((fetch) => fetch.worker % 2 === worker % 2);
      expect(source).to.deep.equal({ type: "worker", worker: neighbour?.worker });
    }
  });

  it("to a host where the first one failed begins again at another worker of it", () => {
    const stage = new Stage({ prefetch: 0 });
    stage.declare({ id: 1, origin: { type: "local" } });
    for (const id of [1, 2]) stage.join({ id, hostId: "h", resources: ONE_CORE });
    stage.submit(...[1, 2].map((id) => ({ id, inputs: [anInput(f(1))] })));
    stage.named(1, "file-big");
    expect(stage.all("fetch")).to.have.length(1);
    stage.lose(1);
    expect(stage.last("fetch").worker).to.equal(2);
  });

  it("of a small buffer goes inside the messages, as many at a time as there are", () => {
    const stage = new Stage({ prefetch: 0 });
    stage.declare({ id: 1, origin: { type: "buffer" } });
    stage.named(1, "buffer-small", 100);
    for (let id = 1; id <= 9; id += 1) stage.join({ id, resources: ONE_CORE });
    stage.submit(...Array.from({ length: 9 }, (_, index) => ({ id: index + 1, inputs: [anInput(f(1))] })));
    expect(stage.all("fetch")).to.have.length(9);
  });

  it("of a URL is limited for each of its hosts", () => {
    const stage = new Stage({ prefetch: 0 });
    const hosts = ["a", "a", "a", "a", "b"];
    hosts.forEach((host, index) =>
      stage.declare({ id: index + 1, origin: { type: "url", url: `http://${host}/${index}` } }),
    );
    stage.join({ resources: { ...ONE_CORE, cores: 8 } });
    stage.submit(...hosts.map((_, index) => ({ id: index + 1, inputs: [anInput(f(index + 1))] })));
    hosts.forEach((_, index) => stage.named(index + 1, `url-${index}`));
    expect(stage.all("fetch").map(({ file }) => file)).to.deep.equal([1, 2, 3, 5]);
    stage.arrive(stage.all("fetch")[0] as never);
    expect(stage.last("fetch").file).to.equal(4);
  });
});

describe("recipes", () => {
  it("are followed when all that they need is at the worker, step by step", () => {
    const stage = new Stage();
    stage.declare({ id: 1, origin: { type: "local" } });
    stage.declare({ id: 2, origin: { type: "unpack", archive: f(1), format: "tar.gz" } });
    const command = { command: "index", inputs: [anInput(f(2))], env: {} };
    stage.declare({ id: 3, origin: { type: "mini-task", command, output: "db" } });
    stage.join();
    stage.submit({ id: 1, inputs: [anInput(f(3))] });
    stage.named(1, "file-archive");
    expect(stage.all("make")).to.have.length(0);
    stage.arrive(stage.last("fetch"));
    expect(stage.last("make").file).to.equal(2);
    stage.arrive(stage.last("make"));
    expect(stage.last("make").file).to.equal(3);
    stage.arrive(stage.last("make"));
    stage.end(1);
    expect(stage.result(1).state).to.equal("done");
  });

  it("of archives are followed by each worker itself; of mini-tasks by one, for all", () => {
    const stage = new Stage({ prefetch: 0 });
    stage.declare({ id: 1, origin: { type: "buffer" } });
    stage.named(1, "buffer-archive", 100);
    stage.declare({ id: 2, origin: { type: "unpack", archive: f(1), format: "tar" } });
    const command = { command: "index", inputs: [anInput(f(1))], env: {} };
    stage.declare({ id: 3, origin: { type: "mini-task", command, output: "db" } });
    for (const id of [1, 2]) stage.join({ id, resources: ONE_CORE });
    stage.submit(
      { id: 1, inputs: [anInput(f(2)), anInput(f(3))] },
      { id: 2, inputs: [anInput(f(2)), anInput(f(3))] },
    );
    for (const fetch of stage.all("fetch")) stage.arrive(fetch, 100);
    expect(stage.all("make").filter(({ file }) => file === 2)).to.have.length(2);
    const makes = stage.all("make").filter(({ file }) => file === 3);
    expect(makes).to.have.length(1);
    stage.arrive(makes[0] as never);
    expect(stage.last("fetch")).to.deep.include({
      file: 3,
      source: { type: "worker", worker: makes[0]?.worker },
    });
  });

  it("that fail for good make their consumers fail with the reason", () => {
    const stage = new Stage();
    stage.declare({ id: 1, origin: { type: "buffer" } });
    stage.named(1, "buffer-archive", 100);
    stage.declare({ id: 2, origin: { type: "unpack", archive: f(1), format: "zip" } });
    stage.join();
    stage.submit({ id: 1, inputs: [anInput(f(2))] });
    stage.arrive(stage.last("fetch"), 100);
    stage.fail(stage.last("make"), {
      error: "ARCHIVE_UNSAFE",
      message: "an entry is called ../x",
      fault: "file",
    });
    expect(stage.result(1)).to.include({ code: "input-missing", error: "ARCHIVE_UNSAFE" });
  });
});

describe("a copy that fails", () => {
  it("for want of its URL makes the consumers fail with that", () => {
    const stage = new Stage();
    stage.declare({ id: 1, origin: { type: "url", url: "http://host/x" } });
    stage.join();
    stage.submit({ id: 1, inputs: [anInput(f(1))] });
    stage.named(1, "url-x");
    stage.fail(stage.last("fetch"), { error: "URL_NOT_FOUND", message: "404", fault: "file" });
    expect(stage.result(1)).to.include({ code: "input-missing", error: "URL_NOT_FOUND" });
  });

  it("between two workers that cannot reach each other goes by way of the manager", () => {
    const stage = new Stage({ prefetch: 0, coolOffMs: 60_000 });
    for (const id of [1, 2]) stage.declare({ id });
    stage.join({ id: 1, resources: ONE_CORE });
    stage.join({ id: 2, resources: ONE_CORE });
    stage.submit({ id: 1, outputs: [anOutput(f(1))] }, { id: 2, outputs: [anOutput(f(2))] });
    for (const task of [1, 2]) stage.end(task);
    stage.submit({ id: 3, inputs: [anInput(f(1)), anInput(f(2))] });
    const fetch = stage.last("fetch");
    stage.fail(fetch);
    stage.retrieved(stage.last("retrieve").transfer);
    expect(stage.last("fetch")).to.deep.include({
      worker: fetch.worker,
      file: fetch.file,
      source: { type: "manager" },
    });
  });

  it("goes by way of the manager only for as long as a worker waits for it", () => {
    const stage = new Stage({ prefetch: 0, coolOffMs: 60_000, retrievals: 1 });
    for (const id of [1, 2, 3]) stage.declare({ id, lifetime: "worker" });
    stage.join({ id: 1, resources: ONE_CORE });
    stage.join({ id: 2, resources: ONE_CORE });
    stage.submit({ id: 1, outputs: [anOutput(f(1)), anOutput(f(3))] }, { id: 2, outputs: [anOutput(f(2))] });
    for (const task of [1, 2]) stage.end(task);
    stage.step({ type: "file-wanted", file: f(3) });
    stage.submit({ id: 3, inputs: [anInput(f(1)), anInput(f(2))] });
    const fetch = stage.last("fetch");
    stage.fail(fetch);
    stage.step({ type: "task-cancelled", task: taskId(3) });
    const wanted = stage.last("retrieve");
    stage.retrieved(wanted.transfer);
    expect(stage.all("retrieve")).to.deep.equal([wanted]);
  });

  it("is tried from another source at once, from the same one after a while", () => {
    const stage = broadcast(2, { coolOffMs: 1000 });
    const [first, second] = stage.all("fetch");
    if (first === undefined || second === undefined) throw new Error("two copies were expected");
    stage.arrive(first);
    stage.fail(second);
    expect(stage.last("fetch").source).to.deep.equal({ type: "worker", worker: first.worker });
    stage.fail(stage.last("fetch"));
    const before = stage.all("fetch").length;
    expect(stage.coordinator.nextDeadlineMs).to.equal(1000);
    stage.later(1000);
    expect(stage.all("fetch")).to.have.length(before + 1);
  });

  it("at a full worker sends its tasks elsewhere and leaves the worker alone for a while", () => {
    const stage = new Stage({ coolOffMs: 1000 });
    stage.declare({ id: 1, origin: { type: "local" } });
    stage.join({ id: 1, resources: { ...ONE_CORE, cores: 2 } });
    stage.submit({ id: 1, inputs: [anInput(f(1))] });
    stage.named(1, "file-big");
    stage.join({ id: 2, resources: ONE_CORE });
    stage.fail(stage.last("fetch"), { error: "CACHE_FULL", message: "no room", fault: "destination" });
    expect(stage.all("kill")).to.have.length(1);
    expect(stage.assignment(1).worker).to.equal(2);
    expect(stage.coordinator.worker(workerId(1))?.state).to.equal("cooling");
    stage.later(1000);
    expect(stage.coordinator.worker(workerId(1))?.state).to.equal("ready");
  });

  it("everywhere and always ends: the file is unusable", () => {
    const stage = new Stage({ coolOffMs: 10 });
    stage.declare({ id: 1, origin: { type: "local" } });
    stage.join();
    stage.submit({ id: 1, inputs: [anInput(f(1))] });
    stage.named(1, "file-big");
    for (let time = 0; time < 100 && !stage.results.has(1); time += 1) {
      const fetch = stage.last("fetch");
      if (stage.coordinator.worker(workerId(1))?.incoming === 1)
        stage.fail(fetch, { error: "DIGEST_MISMATCH", message: "not it" });
      stage.later(10);
    }
    expect(stage.result(1)).to.include({ code: "input-missing", error: "DIGEST_MISMATCH" });
  });
});

describe("something that cannot be made because what it is made from was damaged", () => {
  it("is made again there when that has been brought again: the worker is as good as before", () => {
    const stage = new Stage({ coolOffMs: 1000 });
    stage.declare({ id: 1, origin: { type: "local" } });
    stage.declare({ id: 2, origin: { type: "unpack", archive: f(1), format: "tar" } });
    stage.join();
    stage.submit({ id: 1, inputs: [anInput(f(2))] });
    stage.named(1, "file-big");
    stage.arrive(stage.last("fetch"));
    const gone = { worker: workerId(1), cacheName: cacheName("file-big"), reason: "damaged" } as const;
    stage.step({ type: "replica-gone", ...gone });
    stage.fail(stage.last("make"), { error: "INPUT_DAMAGED", message: "changed", fault: "destination" });
    expect(stage.coordinator.worker(workerId(1))?.state).to.equal("ready");
    stage.arrive(stage.last("fetch"));
    expect(stage.all("make")).to.have.length(2);
    stage.arrive(stage.last("make"));
    stage.end(1);
    expect(stage.result(1)).to.include({ state: "done" });
    expect(stage.all("kill")).to.have.length(0);
  });
});

describe("something that is being made where its input turns out to be wrong", () => {
  it("does not count when it is there, and is made anew of what is right", () => {
    const stage = new Stage({ prefetch: 0 });
    stage.join({ id: 1, resources: ONE_CORE });
    stage.declare({ id: 1 });
    stage.declare({ id: 2, origin: { type: "unpack", archive: f(1), format: "tar" } });
    stage.submit({ id: 1, outputs: [anOutput(f(1))] }, { id: 2, inputs: [anInput(f(2))] });
    stage.end(1);
    const make = stage.last("make");
    stage.join({ id: 2, resources: ONE_CORE });
    stage.submit({ id: 3, inputs: [anInput(f(1))] });
    const lie = { error: "DIGEST_MISMATCH", message: "another digest" };
    stage.fail(stage.last("fetch"), lie);
    stage.arrive(make);
    expect(stage.coordinator.replicas(f(2))).to.deep.equal([]);
    expect(stage.last("drop").cacheName).to.equal(stage.coordinator.file(f(2))?.cacheName);
    stage.end(1);
    expect(stage.assignment(1).attempt).to.equal(2);
  });
});

describe("a file that changes at the manager", () => {
  it("is taken from workers that have it as it was, and is unusable when there are none", () => {
    const stage = broadcast(1);
    stage.arrive(stage.last("fetch"));
    stage.step({ type: "source-changed", file: f(1), error: "INPUT_CHANGED", message: "it is newer" });
    stage.join({ id: 9, resources: ONE_CORE });
    stage.submit({ id: 9, inputs: [anInput(f(1))] });
    expect(stage.last("fetch").source.type).to.equal("worker");
    stage.lose(1);
    expect(stage.result(9)).to.include({ code: "fixed-location-missing", error: "INPUT_CHANGED" });
  });
});

describe("a worker's own files", () => {
  it("count as soon as it joins, also for files that are named later", () => {
    const stage = new Stage();
    stage.join({
      holds: [{ cacheName: cacheName("file-known"), size: 9, kind: "file", lifetime: "forever" }],
    });
    stage.declare({ id: 1, origin: { type: "local" } });
    stage.submit({ id: 1, inputs: [anInput(f(1))] });
    stage.named(1, "file-known");
    expect(stage.all("fetch")).to.have.length(0);
    expect(stage.assignment(1).worker).to.equal(1);
    expect(stage.coordinator.stats.cacheHits).to.equal(1);
  });

  it("that it loses are fetched again for what has not started there", () => {
    const stage = broadcast(2);
    for (const fetch of stage.all("fetch")) stage.arrive(fetch);
    const { worker } = stage.assignment(1);
    stage.step({ type: "replica-gone", worker, cacheName: cacheName("file-big"), reason: "evicted" });
    expect(only(stage.effects.slice(-1), "fetch")).to.have.length(1);
    expect(stage.coordinator.explain(taskId(1))).to.contain("waits for a copy");
  });
});
