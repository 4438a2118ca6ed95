import type { CallOutcome } from "@taskvine/core/model";
import type { Call, Ended } from "@taskvine/core/protocol";
import { expect } from "chai";
import type { FakeManager } from "../testing/fake-manager.js";
import { anInlineFetch, anOutput } from "../testing/orders.js";
import { Stage } from "../testing/with-worker.js";
import { aCall, aCallInput, aDeploy, aValueOutput } from "./testing/orders.js";

const valueOf = (call: CallOutcome | undefined): unknown =>
  JSON.parse(Buffer.from(call?.value ?? []).toString("utf8"));

/** What became of a call. */
async function endOf(manager: FakeManager, { task }: Call): Promise<Ended["outcome"]> {
  return (await manager.next("ended", (ended) => ended.task === task)).outcome;
}

describe("calls of a library that speaks JSON", () => {
  const stage = new Stage();
  let manager: FakeManager;
  const deploy = aDeploy({}, { slots: 2 });
  const call = (name: string, args: readonly unknown[] = [], parts: Partial<Call> = {}): Call => {
    const one = aCall(deploy.task, name, args, parts);
    manager.send(one);
    return one;
  };

  before(async () => {
    manager = await stage.manager();
    await stage.worker(manager);
    await manager.next("introduce");
    manager.send(deploy);
  });
  after(() => stage.end());

  it("the library says when it is ready, what it offers, and for how many at a time", async () => {
    await manager.next("started", ({ task }) => task === deploy.task);
    const ready = await manager.next("library-ready");
    expect(ready).to.include({ task: deploy.task, attempt: 1, slots: 2 });
    expect(ready.functions).to.include.members(["echo", "fail"]);
  });

  it("a value comes back with the news", async () => {
    const outcome = await endOf(manager, call("echo", [{ deep: ["ü", 1] }]));
    expect(outcome.code).to.equal("success");
    expect(outcome.call?.encoding).to.equal("json");
    expect(valueOf(outcome.call)).to.deep.equal({ deep: ["ü", 1] });
  });

  it("what was printed and used is told", async () => {
    const outcome = await endOf(manager, call("print"));
    expect(Buffer.from(outcome.stdout.tail).toString()).to.equal("said\n");
    expect(outcome.measured).to.include({ wallMs: 1.5, cpuMs: 1, memory: 4096 });
  });

  it("an exception is told with its traceback", async () => {
    const outcome = await endOf(manager, call("fail"));
    expect(outcome).to.include({ code: "exception", message: "ValueError: no" });
    expect(outcome.call?.failure).to.include({ message: "ValueError: no", traceback: "line 1" });
  });

  it("a function that is not there is a missing library, other encodings than it reads are refused", async () => {
    expect(await endOf(manager, call("nonsense"))).to.include({ code: "missing-library" });
    const refused = await endOf(manager, call("echo", [], { encoding: "pickle" }));
    expect(refused.code).to.equal("exception");
    expect(refused.message).to.contain("the library reads json");
  });

  it("a large value is spilled, from memory and from a file", async () => {
    for (const name of ["large", "file"]) {
      const { call: outcome, code } = await endOf(manager, call(name, [100_000]));
      expect(code).to.equal("success");
      expect(outcome?.spilled?.size).to.equal(100_000);
      expect(outcome?.value).to.have.length(0);
    }
  });

  it("a value that has a place to go travels when it is small, and stays when it is large or to be kept", async () => {
    const small = await endOf(manager, call("echo", [5], { value: aValueOutput("value-1") }));
    expect(Buffer.from(small.outputs[0]?.bytes ?? []).toString()).to.equal("5");
    const large = await endOf(manager, call("large", [20_000], { value: aValueOutput("value-2") }));
    expect(large.outputs[0]).to.include({ cacheName: "value-2", size: 20_000, kind: "file" });
    expect(large.outputs[0]?.bytes).to.equal(undefined);
    const kept = await endOf(manager, call("echo", [5], { value: aValueOutput("value-3"), keep: true }));
    expect(kept.outputs[0]).to.include({ cacheName: "value-3", size: 1 });
    const next = await endOf(manager, call("read", [], { inputs: [aCallInput("value-3", "value")] }));
    expect(valueOf(next.call)).to.equal("5");
  });

  it("values come with a call, or as the path of a cache entry", async () => {
    const from = { value: Buffer.from("small") };
    const inline = await endOf(manager, call("read", [], { inputs: [{ name: "x", use: "value", from }] }));
    expect(valueOf(inline.call)).to.equal("small");
    const path = await endOf(manager, call("read", [], { inputs: [{ name: "x", use: "path", from }] }));
    expect(valueOf(path.call)).to.equal("small");
  });

  it("a call waits for its input, and finds it in its sandbox; what it leaves there is kept", async () => {
    const outputs = [anOutput("upper", { name: "out" })];
    const one = call("upper", [], { inputs: [{ ...aCallInput("buffer-in"), name: "in" }], outputs });
    manager.send(anInlineFetch("buffer-in", "words"));
    const outcome = await endOf(manager, one);
    expect(outcome.code).to.equal("success");
    expect(outcome.outputs[0]).to.include({ cacheName: "temp-upper", size: 5 });
    expect(valueOf(outcome.call)).to.equal("done");
  });

  it("a function that comes as a file is told to the library once", async () => {
    const from = { value: Buffer.from("echo") };
    const inputs = [{ name: "f", use: "function", from }] as const;
    for (const count of [1, 2]) {
      const outcome = await endOf(manager, call("whatever", [count], { inputs }));
      expect(valueOf(outcome.call)).to.equal(count);
    }
  });

  it("a call that runs for a while is told to run", async () => {
    const held = call("hold");
    await manager.next("started", ({ task }) => task === held.task);
    const release = call("release");
    expect((await endOf(manager, release)).code).to.equal("success");
    expect(valueOf((await endOf(manager, held)).call)).to.equal("released");
  });
});

describe("calls whose library fails them", () => {
  const stage = new Stage();
  let manager: FakeManager;

  beforeEach(async () => {
    manager = await stage.manager();
    await stage.worker(manager);
    await manager.next("introduce");
  });
  afterEach(() => stage.end());

  async function deployed(
    env: Readonly<Record<string, string>>,
    slots: number,
  ): Promise<ReturnType<typeof aDeploy>> {
    const deploy = aDeploy(env, { slots });
    manager.send(deploy);
    await manager.next("library-ready", (ready) => ready.slots === slots);
    return deploy;
  }

  it("a process that ends fails the call that ended it; the library tells how", async () => {
    const { task } = await deployed({}, 1);
    const call = aCall(task, "exit", [3]);
    const behind = aCall(task, "echo", [1]);
    manager.send(call, behind);
    const outcome = await endOf(manager, call);
    expect(outcome).to.include({ code: "library-exit", exitCode: 3 });
    expect(outcome.message).to.contain("exit code 3");
    expect(await manager.next("returned")).to.include({ task: behind.task, reason: "library-gone" });
    const library = await manager.next("ended", (ended) => ended.task === task);
    expect(library.outcome).to.include({ code: "library-exit", exitCode: 3 });
    manager.send(aCall(task, "echo"));
    expect(await manager.next("returned")).to.include({ reason: "library-gone" });
  });

  it("one of several processes that ends is replaced, and only its own call fails", async () => {
    const { task } = await deployed({ ECHO_PROCESSES: "2" }, 2);
    const calls = [1, 2, 3, 4, 5, 6].map((one) => aCall(task, one === 3 ? "exit" : "echo", [one]));
    manager.send(...calls);
    const codes: string[] = [];
    for (const call of calls) codes.push((await endOf(manager, call)).code);
    expect(codes).to.deep.equal(["success", "success", "library-exit", "success", "success", "success"]);
  });

  it("a call past its time ends although its library ignores it, and others go on", async () => {
    const { task } = await deployed({ ECHO_PROCESSES: "2" }, 2);
    const stuck = aCall(task, "block", [], { wallTimeMs: 50 });
    manager.send(stuck, aCall(task, "echo"), aCall(task, "echo"));
    expect((await endOf(manager, stuck)).code).to.equal("max-wall-time");
    const last = aCall(task, "echo", [9]);
    manager.send(last);
    expect((await endOf(manager, last)).code).to.equal("success");
  });

  it("a killed call makes room at once, and is told nothing of", async () => {
    const { task } = await deployed({ ECHO_PROCESSES: "1" }, 1);
    const stuck = aCall(task, "block");
    manager.send(stuck);
    await manager.next("started", (started) => started.task === stuck.task);
    const last = aCall(task, "echo", [9]);
    manager.send(last, { type: "kill", task: stuck.task, attempt: stuck.attempt });
    expect((await endOf(manager, last)).code).to.equal("success");
    expect(manager.messages.filter((said) => "task" in said && said.task === stuck.task)).to.deep.equal([]);
  });

  it("a call is taken back while it waits, and not once it runs", async () => {
    const { task } = await deployed({}, 1);
    const [held, waiting] = [aCall(task, "hold"), aCall(task, "echo")];
    manager.send(held, waiting);
    await manager.next("started", (started) => started.task === held.task);
    manager.send({ type: "retract", task: held.task, attempt: held.attempt });
    manager.send({ type: "retract", task: waiting.task, attempt: waiting.attempt });
    expect(await manager.next("returned")).to.include({ task: waiting.task, reason: "retracted" });
  });

  it("a library that says nothing, or cannot be started, ends with a sentence", async () => {
    const silent = aDeploy({ ECHO_SILENT: "1" }, { startWithinMs: 300 });
    manager.send(silent);
    const { outcome } = await manager.next("ended", (ended) => ended.task === silent.task);
    expect(outcome.code).to.equal("library-exit");
    expect(outcome.message).to.contain("library echo was not ready within 300 ms");
    const broken = aDeploy({}, { command: "echo no such module >&2; exit 4" });
    manager.send(broken);
    const end = await manager.next("ended", (ended) => ended.task === broken.task);
    expect(end.outcome).to.include({ code: "library-exit", exitCode: 4 });
    expect(end.outcome.message).to.equal("library echo ended: exit code 4");
    expect(new TextDecoder().decode(end.outcome.stderr.tail)).to.equal("no such module\n");
  });

  it("a library that is killed gives its calls back", async () => {
    const { task, attempt } = await deployed({}, 1);
    const held = aCall(task, "hold");
    manager.send(held);
    await manager.next("started", (started) => started.task === held.task);
    manager.send({ type: "kill", task, attempt });
    expect(await manager.next("returned")).to.include({ task: held.task, reason: "library-gone" });
  });
});
