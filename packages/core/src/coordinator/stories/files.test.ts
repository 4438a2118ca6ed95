import { expect } from "chai";
import { cacheName, fileId, taskId } from "../../model/ids.js";
import { anInput, anOutput } from "../../testing/builders.js";
import { only, Stage } from "./stage.test.kit.js";

const f = fileId;

describe("naming", () => {
  it("of a local file is asked for when the first task needs it, and once", () => {
    const stage = new Stage();
    stage.declare({ id: 1, origin: { type: "local" } });
    expect(stage.all("name")).to.have.length(0);
    stage.submit({ id: 1, inputs: [anInput(f(1))] }, { id: 2, inputs: [anInput(f(1))] });
    stage.submit({ id: 3, inputs: [anInput(f(1))] });
    expect(stage.all("name")).to.have.length(1);
    stage.named(1, "file-aa");
    expect(stage.state(3)).to.equal("ready");
  });

  it("is never asked for a local file that a task makes", () => {
    const stage = new Stage();
    stage.join();
    stage.declare({ id: 1, origin: { type: "local" } });
    stage.submit({ id: 2, inputs: [anInput(f(1))] }, { id: 1, outputs: [anOutput(f(1))] });
    stage.end(1);
    expect(stage.all("name")).to.have.length(0);
    expect(stage.state(2)).to.equal("assigned");
  });

  it("that fails makes the tasks fail with its reason", () => {
    const stage = new Stage();
    stage.declare({ id: 1, origin: { type: "local" } });
    stage.submit({ id: 1, inputs: [anInput(f(1))] });
    stage.step({ type: "file-unusable", file: f(1), error: "INPUT_MISSING", message: "no such file" });
    expect(stage.result(1)).to.include({ code: "input-missing", error: "INPUT_MISSING" });
    expect(stage.result(1).message).to.contain("no such file");
  });

  it("of outputs by provenance is the same in another run", () => {
    const names = ["one", "two"].map((runNonce) => {
      const stage = new Stage({ runNonce });
      stage.join();
      stage.declare({ id: 1, lifetime: "forever" });
      stage.declare({ id: 2 });
      stage.submit({ id: 1, outputs: [anOutput(f(1)), anOutput(f(2))] });
      return stage.assignment(1).outputs.map((output) => output.cacheName);
    });
    expect(names[0]?.[0]).to.equal(names[1]?.[0]);
    expect(names[0]?.[1]).to.equal("temp-one-2");
    expect(names[1]?.[1]).to.equal("temp-two-2");
  });
});

describe("a task whose outputs are for ever", () => {
  it("does not run when a worker still holds them all", () => {
    const first = new Stage();
    first.join();
    first.declare({ id: 1, lifetime: "forever" });
    first.submit({ id: 1, outputs: [anOutput(f(1))] });
    const name = first.assignment(1).outputs[0]?.cacheName ?? cacheName("");
    const second = new Stage({ runNonce: "later" });
    second.join({ holds: [{ cacheName: name, size: 5, kind: "file", lifetime: "forever" }] });
    second.declare({ id: 1, lifetime: "forever" });
    second.submit({ id: 1, outputs: [anOutput(f(1))] }, { id: 2, inputs: [anInput(f(1))] });
    expect(second.result(1)).to.include({ state: "done", message: "outputs were already in the cluster" });
    expect(second.result(1).outcome).to.equal(undefined);
    expect(second.state(2)).to.equal("assigned");
    expect(second.all("fetch")).to.have.length(0);
  });
});

describe("a local output", () => {
  it("is brought home before the task is reported", () => {
    const stage = new Stage();
    stage.join();
    stage.declare({ id: 1, origin: { type: "local" } });
    stage.submit({ id: 1, outputs: [anOutput(f(1))] });
    stage.end(1);
    expect(stage.state(1)).to.equal("retrieving");
    stage.retrieved(stage.last("retrieve").transfer);
    expect(stage.result(1).state).to.equal("done");
  });

  it("that cannot be written at home is an output-transfer-error", () => {
    const stage = new Stage();
    stage.join();
    stage.declare({ id: 1, origin: { type: "local" } });
    stage.submit({ id: 1, outputs: [anOutput(f(1))] });
    stage.end(1);
    const failure = { error: "DISK_FULL", message: "no space left", fault: "destination" } as const;
    stage.step({ type: "retrieval-failed", transfer: stage.last("retrieve").transfer, failure });
    expect(stage.result(1)).to.include({ code: "output-transfer-error", error: "OUTPUT_TRANSFER" });
    expect(stage.result(1).message).to.contain("no space left");
  });

  it("that is lost with its worker on the way is made again at the cost of a retry", () => {
    const stage = new Stage();
    stage.join();
    stage.declare({ id: 1, origin: { type: "local" } });
    stage.submit({ id: 1, retries: 1, outputs: [anOutput(f(1))] });
    stage.end(1);
    stage.lose(1);
    stage.join({ id: 2 });
    stage.end(1);
    stage.retrieved(stage.last("retrieve").transfer);
    expect(stage.result(1).attempts).to.have.length(2);
  });

  it("goes to its own place even where another has the same content", () => {
    const stage = new Stage();
    stage.join();
    for (const id of [1, 2]) stage.declare({ id, origin: { type: "local" }, lifetime: "forever" });
    const command = "make";
    stage.submit({ id: 1, command, outputs: [anOutput(f(1), { name: "o" })] });
    stage.end(1);
    stage.submit({ id: 2, command, outputs: [anOutput(f(2), { name: "o" })] });
    const [first, second] = stage.all("retrieve");
    expect([first?.file, second?.file]).to.deep.equal([1, 2]);
    if (second !== undefined) stage.retrieved(second.transfer);
    expect(stage.result(2).state).to.equal("done");
    expect(stage.state(1)).to.equal("retrieving");
  });
});

describe("retention", () => {
  it("drops a task-level file after its one consumer, a workflow file when it is undeclared", () => {
    const stage = new Stage();
    stage.join();
    stage.declare({ id: 1, lifetime: "task" });
    stage.declare({ id: 2 });
    stage.submit(
      { id: 1, outputs: [anOutput(f(1)), anOutput(f(2))] },
      { id: 2, inputs: [anInput(f(1)), anInput(f(2))] },
    );
    stage.end(1);
    expect(stage.all("drop")).to.have.length(0);
    expect(only(stage.end(2), "drop").map((drop) => drop.cacheName)).to.deep.equal(["temp-run-1"]);
    expect(only(stage.step({ type: "file-undeclared", file: f(2) }), "drop")).to.have.length(1);
  });

  it("keeps an undeclared file until the last task that was submitted with it has ended", () => {
    const stage = new Stage();
    stage.join();
    stage.declare({ id: 1 });
    stage.submit({ id: 1, outputs: [anOutput(f(1))] }, { id: 2, inputs: [anInput(f(1))] });
    stage.end(1);
    expect(stage.step({ type: "file-undeclared", file: f(1) })).to.deep.equal([]);
    const after = stage.end(2);
    expect(only(after, "drop")).to.have.length(1);
    expect(only(after, "forget-file")).to.have.length(1);
    expect(stage.coordinator.file(f(1))).to.equal(undefined);
    expect(stage.coordinator.task(taskId(1))).to.equal(undefined);
  });

  it("keeps forever files at the workers", () => {
    const stage = new Stage();
    stage.join();
    stage.declare({ id: 1, lifetime: "forever" });
    stage.submit({ id: 1, outputs: [anOutput(f(1))] });
    stage.end(1);
    stage.step({ type: "file-undeclared", file: f(1) });
    expect(stage.all("drop")).to.have.length(0);
    expect(stage.all("forget-file")).to.have.length(1);
  });

  it("prunes all replicas at once, and makes the file again when a task needs it", () => {
    const stage = new Stage();
    stage.join();
    stage.declare({ id: 1 });
    stage.submit({ id: 1, outputs: [anOutput(f(1))] });
    stage.end(1);
    expect(only(stage.step({ type: "file-pruned", file: f(1) }), "drop")).to.have.length(1);
    stage.submit({ id: 2, inputs: [anInput(f(1))] });
    expect(stage.assignment(1).attempt).to.equal(2);
    stage.end(1);
    expect(stage.state(2)).to.equal("assigned");
  });

  it("does not drop what another file with the same content needs", () => {
    const stage = new Stage();
    stage.join();
    for (const id of [1, 2]) {
      stage.declare({ id, origin: { type: "buffer" } });
      stage.named(id, "buffer-same", 10);
    }
    stage.submit({ id: 1, inputs: [anInput(f(1))] }, { id: 2, inputs: [anInput(f(2))] });
    expect(stage.all("fetch")).to.have.length(1);
    stage.arrive(stage.last("fetch"), 10);
    stage.end(1);
    expect(only(stage.step({ type: "file-undeclared", file: f(1) }), "drop")).to.have.length(0);
    stage.end(2);
    expect(only(stage.step({ type: "file-undeclared", file: f(2) }), "drop")).to.have.length(1);
  });
});

describe("a wanted file", () => {
  it("is retrieved once for all that want it, when it has been made", () => {
    const stage = new Stage();
    stage.join();
    stage.declare({ id: 1 });
    stage.step({ type: "file-wanted", file: f(1) });
    stage.submit({ id: 1, outputs: [anOutput(f(1))] });
    stage.end(1);
    stage.step({ type: "file-wanted", file: f(1) });
    expect(stage.all("retrieve")).to.have.length(1);
    stage.retrieved(stage.last("retrieve").transfer);
    expect(stage.all("file-unobtainable")).to.have.length(0);
  });

  it("of a URL or recipe is fetched or made at some worker first", () => {
    const stage = new Stage();
    stage.declare({ id: 1, origin: { type: "url", url: "http://host/x.tar" } });
    stage.declare({ id: 2, origin: { type: "unpack", archive: f(1), format: "tar" } });
    stage.step({ type: "file-wanted", file: f(2) });
    stage.named(1, "url-x");
    stage.join();
    stage.arrive(stage.last("fetch"));
    stage.arrive(stage.last("make"));
    expect(stage.last("retrieve").file).to.equal(2);
  });

  it("of a URL is fetched when its name comes after the want", () => {
    const stage = new Stage();
    stage.join();
    stage.declare({ id: 1, origin: { type: "url", url: "http://host/page" } });
    stage.step({ type: "file-wanted", file: f(1) });
    stage.named(1, "url-page");
    stage.arrive(stage.last("fetch"));
    expect(stage.last("retrieve").file).to.equal(1);
  });

  it("that nobody knows, or that can never be had, is answered", () => {
    const stage = new Stage();
    stage.step({ type: "file-wanted", file: f(7) });
    expect(stage.last("file-unobtainable").error).to.equal("UNKNOWN_FILE");
    stage.join();
    stage.declare({ id: 1 });
    stage.submit({ id: 1, outputs: [anOutput(f(1))] });
    stage.step({ type: "file-wanted", file: f(1) });
    stage.end(1, { code: "signal", outputs: [] });
    expect(stage.last("file-unobtainable")).to.include({ file: 1, error: "INPUT_MISSING" });
  });
});
