import { readFile } from "node:fs/promises";
import { FunctionCall, Library, pythonLibrary, type RemoteError, Task, VineError } from "@taskvine/core";
import { expect } from "chai";
import { needs } from "../needs/needs.js";
import { cluster } from "../support/cluster.js";
import { eventually } from "../support/eventually.js";
import { javascriptFunctions, pythonFunctions } from "../support/functions.js";

const python = needs({ commands: ["python3"], debian: ["python3"] });

async function thrown(promise: Promise<unknown>): Promise<VineError> {
  const error = await promise.then(
    () => undefined,
    (cause: unknown) => cause,
  );
  if (error instanceof VineError) return error;
  throw new Error("it did not throw a VineError", { cause: error });
}

describe("function calls", function () {
  this.timeout(180_000);

  it("in JavaScript give what structured clone can copy, and start their library once", async () => {
    await using c = await cluster();
    const js = c.manager.declareLibrary(await javascriptFunctions(c));
    expect(await c.manager.call<number>("js", "add", 40, 2)).to.equal(42);
    expect(await c.manager.call<Float64Array>(js, "ones", 3)).to.deep.equal(new Float64Array([1, 1, 1]));
    expect(await c.manager.call<number>(js, "sum", new Uint8Array([1, 2, 3]))).to.equal(6);
    expect(js.status()).to.include({ instances: 1, ready: 1, busy: 0 });
    expect(c.manager.stats().libraries).to.have.nested.property("[0].name", "js");
    const log = await eventually("the log tells of it", async () => {
      const lines = await readFile(`${c.manager.runDirectory}/log.jsonl`, "utf8");
      return lines.includes("library-ready") && lines;
    });
    expect(log).not.to.contain("task-finished");
  });

  python.it(
    "in Python take arguments by name, declared files as paths, and give their exceptions",
    async () => {
      await using c = await cluster();
      const py = c.manager.declareLibrary(await pythonFunctions(c));
      const call = new FunctionCall(py, "add", [40], { b: 2 }).tag("sum").category("math");
      const result = (await c.manager.submit(call).done).check();
      expect([await result.value, result.tag, result.category]).to.deep.equal([42, "sum", "math"]);
      expect(await c.manager.call(py, "text", c.manager.declareBuffer("content"))).to.equal("content");
      const error = await thrown(c.manager.call(py, "fail", "on purpose"));
      expect([error.code, error.message]).to.deep.equal([
        "FUNCTION_RAISED",
        "call fail (task 3): ValueError: on purpose",
      ]);
      expect((error.cause as RemoteError).remoteTraceback).to.match(/story\.py.*in fail/s);
    },
  );

  it("that raise in JavaScript bring the exception itself", async () => {
    await using c = await cluster();
    c.manager.declareLibrary(await javascriptFunctions(c));
    const error = await thrown(c.manager.call("js", "fail", "on purpose"));
    expect(error).to.include({
      code: "FUNCTION_RAISED",
      message: "call fail (task 1): RangeError: on purpose",
    });
    expect((error.cause as RemoteError).cause).to.be.instanceOf(RangeError);
  });

  it("of a library or function that there is not are refused in a sentence", async () => {
    await using c = await cluster();
    c.manager.declareLibrary(await javascriptFunctions(c));
    const known = c.manager.declareLibrary(new Library("known", "false").functions("f", "g"));
    expect(() => c.manager.submit(new FunctionCall("none", "f")))
      .to.throw(VineError, "there is no library none; there are js, known")
      .with.property("code", "UNKNOWN_LIBRARY");
    expect(() => c.manager.submit(new FunctionCall(known, "h")))
      .to.throw(VineError, "the library known has no function h; it has f, g")
      .with.property("code", "UNKNOWN_FUNCTION");
    expect(() => c.manager.declareLibrary(new Library("known", "true"))).to.throw(VineError, "already");
    const error = await thrown(c.manager.call("js", "nothing"));
    expect(error.message).to.contain("nothing").and.contain("add");
    known.remove();
    expect(() => c.manager.submit(new FunctionCall(known, "f"))).to.throw(VineError, "no library known");
  });

  it("make a graph whose values never come to the manager", async () => {
    await using c = await cluster({ workers: 2 });
    const js = c.manager.declareLibrary(await javascriptFunctions(c));
    const parts = Array.from({ length: 8 }, () => new FunctionCall(js, "ones", [50_000]).keepInCluster());
    const sums = parts.map((part) => new FunctionCall(js, "sum", [part]));
    const total = new FunctionCall(js, "sum", [sums]);
    // In any order: a call may come before those that it reads from.
    const [last] = c.manager.submitAll([total, ...sums, ...parts]);
    expect(await (await last?.done)?.value).to.equal(400_000);
    expect(c.manager.stats().retrieved.bytes).to.equal(0);
    expect(await parts[0]?.value.contents()).to.have.length.greaterThan(400_000);
  });

  python.it("give values to shell tasks, and read what shell tasks made", async () => {
    await using c = await cluster();
    const py = c.manager.declareLibrary(await pythonFunctions(c));
    const made = c.manager.declareTemp();
    const small = new FunctionCall(py, "text", [made]);
    const large = new FunctionCall(py, "numbers", [20_000]);
    const [, , , task] = c.manager.submitAll([
      new Task("printf 'from a task' > out").output(made, "out"),
      small,
      large,
      new Task("cat small; wc -c < large").input(small.value, "small").input(large.value, "large"),
    ]);
    expect((await task?.done)?.check().stdout).to.match(/^"from a task"\d{6}\n$/);
    expect(await small.value.text(), "held here").to.equal('"from a task"');
    expect(await large.value.contents(), "brought here").to.have.length.greaterThan(100_000);
  });

  python.it("run in a library whose inputs an earlier task made", async () => {
    await using c = await cluster();
    const model = c.manager.declareTemp();
    const library = pythonLibrary("model", { functions: { double: "model:double" } });
    const handle = c.manager.declareLibrary(library.input(model, "model.py").cores(1));
    const call = c.manager.submit(new FunctionCall(handle, "double", [21]));
    const train = new Task("printf 'def double(x):\\n  return 2 * x\\n' > m").output(model, "m");
    c.manager.submit(train);
    expect(await (await call.done).value).to.equal(42);
  });

  it("wait by the thousand for the first worker", async () => {
    await using c = await cluster({ workers: 0 });
    const js = c.manager.declareLibrary(await javascriptFunctions(c));
    const calls = Array.from({ length: 10_000 }, (_, at) => new FunctionCall(js, "add", [at, 1]));
    const handles = c.manager.submitAll(calls);
    expect(handles[0]?.explain()).to.contain("js");
    await c.addWorker();
    const values = await Promise.all(handles.map(async ({ done }) => (await done).value));
    expect(values.every((value, at) => value === at + 1)).to.equal(true);
    expect(js.status()).to.include({ ready: 1, failedStarts: 0 });
  });

  it("are cancelled while they wait and while they run, and leave the others alone", async () => {
    await using c = await cluster();
    const js = c.manager.declareLibrary(await javascriptFunctions(c));
    await c.manager.call(js, "add", 1, 1);
    const spinning = c.manager.submit(new FunctionCall(js, "spin"));
    const waiting = c.manager.submit(new FunctionCall(js, "add", [1, 2]).tag("gone"));
    await eventually("it has been sent", () => js.status().busy > 0);
    expect(c.manager.cancel({ tag: "gone" })).to.equal(1);
    expect((await waiting.done).error?.code).to.equal("CANCELLED");
    spinning.cancel();
    expect((await spinning.done).error?.code).to.equal("CANCELLED");
    expect(await c.manager.call(js, "add", 20, 22)).to.equal(42);
  });

  it("end at their own time limit", async () => {
    await using c = await cluster();
    const js = c.manager.declareLibrary(await javascriptFunctions(c));
    const { error } = await c.manager.submit(new FunctionCall(js, "spin").maxWallTime("200ms")).done;
    expect(error?.code).to.equal("WALL_TIME");
    expect(await c.manager.call(js, "add", 20, 22)).to.equal(42);
  });

  it("give large values, too, when they are asked for", async () => {
    await using c = await cluster();
    const js = c.manager.declareLibrary(await javascriptFunctions(c));
    const largest = await c.manager.call<Float64Array>(js, "ones", 9_000_000);
    expect(largest.length, "more than a frame takes, from a function that nobody knows").to.equal(9_000_000);
    const result = await c.manager.submit(new FunctionCall(js, "ones", [100_000])).done;
    expect(await result.value).to.have.length(100_000);
    expect(await result.value, "again").to.have.length(100_000);
  });
});

describe("libraries", function () {
  this.timeout(180_000);

  it("that fail to start say what they wrote, and take their calls with them", async () => {
    await using c = await cluster();
    const library = new Library("broken", "echo no such model >&2; exit 3").startTries(2).cores(1);
    const broken = c.manager.declareLibrary(library);
    const error = await thrown(c.manager.call(broken, "f"));
    expect(error.code).to.equal("LIBRARY_EXIT");
    expect(error.message).to.contain("no such model");
    expect(broken.status().failedStarts).to.equal(2);
  });

  it("that never can start at any worker take their calls with them at once", async () => {
    await using c = await cluster({ workers: 2 });
    const library = new Library("unfit", "echo no such module >&2; exit 78").startTries(1_000).cores(1);
    const unfit = c.manager.declareLibrary(library);
    const error = await thrown(c.manager.call(unfit, "f"));
    expect(error.message).to.match(/after 2 tries:[^]*no such module/);
  });

  it("run at the workers that they are for", async () => {
    await using c = await cluster({ workers: 2 });
    const [, second] = c.workers;
    const library = (await javascriptFunctions(c)).workers([second?.name ?? ""]);
    const js = c.manager.declareLibrary(library);
    const results = await Promise.all(
      [1, 2, 3].map((ms) => c.manager.submit(new FunctionCall(js, "wait", [ms])).done),
    );
    expect(results.map(({ attempts }) => attempts.at(-1)?.workerName)).to.deep.equal(
      [1, 2, 3].map(() => second?.name),
    );
  });

  it("make room for tasks and other libraries when they are idle, and come back", async () => {
    await using c = await cluster({ cores: 1 });
    c.manager.declareLibrary(await javascriptFunctions(c));
    c.manager.declareLibrary(await javascriptFunctions(c, "other"));
    await c.manager.call("js", "add", 1, 1);
    expect((await c.manager.submit(new Task("echo room").cores(1)).done).check().output).to.equal("room\n");
    for (const name of ["other", "js", "other"])
      expect(await c.manager.call(name, "add", 20, 22)).to.equal(42);
  });
});

describe("functions and the death of processes", function () {
  this.timeout(180_000);

  python.it("a host that is killed during calls is started again, and no other call is lost", async () => {
    await using c = await cluster();
    c.manager.declareLibrary(await pythonFunctions(c, "threads", 4));
    const pid = await c.manager.call<number>("py", "pid");
    const calls = Array.from({ length: 40 }, (_, at) => new FunctionCall("py", "wait", [0.02 + at / 10_000]));
    const handles = c.manager.submitAll(calls);
    process.kill(pid, "SIGKILL");
    const values = await Promise.all(handles.map(async ({ done }) => (await done).value));
    expect(values.length).to.equal(40);
    expect(await c.manager.call<number>("py", "pid")).not.to.equal(pid);
  });

  it("a worker that is killed during calls loses none of them", async () => {
    await using c = await cluster({ workers: 2 });
    const js = c.manager.declareLibrary(await javascriptFunctions(c));
    const calls = Array.from({ length: 200 }, (_, at) => new FunctionCall(js, "wait", [10 + (at % 3)]));
    const handles = c.manager.submitAll(calls);
    await handles[5]?.done;
    await c.workers[0]?.kill("SIGKILL");
    const values = await Promise.all(handles.map(async ({ done }) => (await done).value));
    expect(values).to.deep.equal(calls.map(({ args }) => args[0]));
  });
});
