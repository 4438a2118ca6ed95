import { mkdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { Manager, type Result, Task } from "@taskvine/core";
import { expect } from "chai";
import { pack } from "tar-stream";
import { cluster } from "../support/cluster.js";
import { eventually } from "../support/eventually.js";
import { serveFiles } from "../support/file-server.js";

async function tarball(files: Readonly<Record<string, string>>): Promise<Buffer> {
  const archive = pack();
  for (const [name, text] of Object.entries(files)) archive.entry({ name }, text);
  archive.finalize();
  return gzipSync(await buffer(archive));
}

describe("a task", function () {
  this.timeout(120_000);

  it("runs on a worker, and its output and exit code come back", async () => {
    await using c = await cluster();
    const result = await c.manager.submit(new Task("echo hello; echo oh >&2; exit 3")).done;
    expect([result.state, result.exitCode, result.stdout, result.stderr]).to.deep.equal([
      "done",
      3,
      "hello\n",
      "oh\n",
    ]);
    expect(result.worker?.name).to.equal("worker-0");
    expect(result.attempts.length).to.equal(1);
    expect(result.measured?.wallMs).to.be.greaterThan(0);
    expect(() => result.check()).to.throw("exited with 3: oh");
  });

  it("gets a buffer, a file, an environment, and only what it declared", async () => {
    await using c = await cluster();
    await writeFile(c.path("data.txt"), "from a file\n");
    const data = c.manager.declareFile(c.path("data.txt"));
    const task = new Task('cat data text; echo "$GREETING-${HOME-none}-$CORES"; ls')
      .input(data, "data")
      .inputBuffer("from a buffer\n", "text")
      .env("GREETING", "hi")
      .env("HOME", null)
      .cores(1);
    const result = (await c.manager.submit(task).done).check();
    expect(result.output).to.equal("from a file\nfrom a buffer\nhi-none-1\ndata\ntext\n");
  });

  it("leaves its local outputs where they were declared, executable where it made them so", async () => {
    await using c = await cluster();
    const program = c.manager.declareFile(c.path("out", "program"));
    const task = new Task("printf '#!/bin/sh\\necho run\\n' > p; chmod +x p").output(program, "p");
    const result = (await c.manager.submit(task).done).check();
    expect([...result.outputs.keys()]).to.deep.equal(["p"]);
    expect(await readFile(c.path("out", "program"), "utf8")).to.contain("echo run");
    expect((await stat(c.path("out", "program"))).mode & 0o100).to.equal(0o100);
    const again = new Task("./program").input(program, "program");
    expect((await c.manager.submit(again).done).check().output).to.equal("run\n");
  });

  it("takes and gives whole directory trees", async () => {
    await using c = await cluster();
    await mkdir(c.path("in", "deep"), { recursive: true });
    await writeFile(c.path("in", "deep", "a.txt"), "a\n");
    await symlink("deep/a.txt", c.path("in", "link"));
    const tree = c.manager.declareFile(c.path("in"));
    const out = c.manager.declareFile(c.path("result"));
    const task = new Task("mkdir -p out/x && cat in/link > out/x/copy && ln -s x/copy out/again")
      .input(tree, "in")
      .output(out, "out");
    (await c.manager.submit(task).done).check();
    expect(await readFile(c.path("result", "again"), "utf8")).to.equal("a\n");
  });

  it("whose output is missing says so", async () => {
    await using c = await cluster();
    const temp = c.manager.declareTemp();
    const result = await c.manager.submit(new Task("echo no >&2").output(temp, "out")).done;
    expect([result.state, result.code]).to.deep.equal(["failed", "output-missing"]);
    expect(result.error?.code).to.equal("OUTPUT_MISSING");
    expect(result.error?.message).to.contain("out");
  });

  it("whose input is missing says so at once, whoever is connected", async () => {
    await using c = await cluster({ workers: 0 });
    const result = await c.manager.submit(
      new Task("cat x").input(c.manager.declareFile(c.path("nothing")), "x"),
    ).done;
    expect(result.code).to.equal("input-missing");
    expect(result.error?.code).to.equal("INPUT_MISSING");
    expect(result.error?.message).to.contain(c.path("nothing"));
  });

  it("that a signal ended tells which", async () => {
    await using c = await cluster();
    const result = await c.manager.submit(new Task("kill -9 $$")).done;
    expect([result.code, result.signal, result.exitCode]).to.deep.equal(["signal", "SIGKILL", undefined]);
  });

  it("that writes much keeps its last words at hand and all of them in a file", async () => {
    await using c = await cluster();
    const result = (await c.manager.submit(new Task("seq 1 100000")).done).check();
    expect(result.stdout.endsWith("\n99999\n100000\n")).to.equal(true);
    expect(result.stdoutSize).to.equal(588_895);
    const whole = await readFile(result.stdoutFile ?? "", "utf8");
    expect(whole.length).to.equal(588_895);
    expect(whole.startsWith("1\n2\n")).to.equal(true);
  });

  it("is cancelled while it waits and while it runs, and its result says so", async () => {
    await using c = await cluster();
    const running = c.manager.submit(new Task("sleep 1000").tag("slow"));
    const waiting = c.manager.submit(new Task("echo never").tag("slow"));
    await eventually("the task runs", () => running.state === "running");
    expect(c.manager.cancel({ tag: "slow" })).to.equal(2);
    const results = await Promise.all([running.done, waiting.done]);
    expect(results.map(({ state }) => state)).to.deep.equal(["cancelled", "cancelled"]);
    expect((await c.manager.submit(new Task("echo next")).done).output).to.equal("next\n");
  });

  it("shows what it appends to a watched output while it runs", async () => {
    await using c = await cluster();
    let seen = "";
    const log = c.manager.declareFile(c.path("log"));
    const watched = new Task("echo one > log; while ! [ -e stop ]; do sleep 0.05; done").output(
      c.manager.declareTemp(),
      "log",
      { watch: (bytes) => (seen += Buffer.from(bytes).toString()), when: "always" },
    );
    const written = new Task("echo two > log; sleep 1000").output(log, "log", {
      watch: true,
      when: "always",
    });
    const handle = c.manager.submit(watched);
    await eventually("the first line is seen", () => seen === "one\n");
    expect(handle.state).to.equal("running");
    handle.cancel();
    await handle.done;
    c.manager.submit(written);
    await eventually(
      "the line is in the file",
      async () => (await readFile(c.path("log"), "utf8").catch(() => "")) === "two\n",
    );
    c.manager.cancel("all");
  });
});

describe("a graph of tasks", function () {
  this.timeout(120_000);

  it("passes temps from task to task in the cluster, submitted in any order", async () => {
    await using c = await cluster({ workers: 3 });
    const parts = [1, 2, 3, 4].map(() => c.manager.declareTemp());
    const sum = c.manager.declareTemp();
    const merge = new Task("cat part-* | awk '{ s += $1 } END { print s }' > sum").output(sum, "sum");
    parts.forEach((part, at) => merge.input(part, `part-${at}`));
    const makers = parts.map((part, at) => new Task(`seq ${at}00 ${at}99 > out`).output(part, "out"));
    const handles = c.manager.submitAll([merge, ...makers]);
    expect(handles[0]?.state).to.equal("waiting");
    expect(await sum.text()).to.equal(`${(400 * 399) / 2}\n`);
    const results: Result[] = [];
    for await (const result of c.manager.completed()) results.push(result.check());
    expect(results.length).to.equal(5);
    expect(c.manager.empty()).to.equal(true);
    expect(c.manager.stats().fromPeers.copies).to.be.greaterThan(0);
  });

  it("fails downstream of a task that fails, with the root cause named", async () => {
    await using c = await cluster();
    const [a, b] = [c.manager.declareTemp(), c.manager.declareTemp()];
    const [, , last] = c.manager.submitAll([
      new Task("exit 1").output(a, "a").tag("root"),
      new Task("cat a > b").input(a, "a").output(b, "b"),
      new Task("cat b").input(b, "b"),
    ]);
    const result = await last?.done;
    expect(result?.code).to.equal("input-missing");
    expect(result?.message).to.contain("task 1");
  });

  it("is collected by wait, by tag, and by promise, each result once", async () => {
    await using c = await cluster({ cores: 2 });
    const byPromise = c.manager.submit(new Task("echo p"));
    c.manager.submitAll([new Task("echo a").tag("a"), new Task("echo b").tag("b"), new Task("echo c")]);
    expect((await byPromise.done).output).to.equal("p\n");
    expect((await c.manager.waitForTag("b"))?.output).to.equal("b\n");
    const rest = [await c.manager.wait(), await c.manager.wait()].map((result) => result?.output);
    expect(rest.sort()).to.deep.equal(["a\n", "c\n"]);
    expect(await c.manager.wait()).to.equal(undefined);
    expect(await c.manager.waitForTag("a")).to.equal(undefined);
  });
});

describe("files", function () {
  this.timeout(120_000);

  it("come from a URL at most once for each worker, and an archive is unpacked where it is needed", async () => {
    await using c = await cluster({ workers: 2 });
    await using server = await serveFiles({
      "/words.tar.gz": await tarball({ "words/a.txt": "apple\n", "words/b.txt": "bread\n" }),
    });
    const words = c.manager.declareUntar(c.manager.declareUrl(`${server.url}/words.tar.gz`));
    const tasks = ["a", "b", "a", "b"].map((name) =>
      new Task(`cat w/words/${name}.txt; sleep 0.1`).input(words, "w"),
    );
    const results = await Promise.all(c.manager.submitAll(tasks).map(({ done }) => done));
    expect(results.map((result) => result.check().output)).to.deep.equal([
      "apple\n",
      "bread\n",
      "apple\n",
      "bread\n",
    ]);
    expect(server.requests.filter((line) => line === "GET /words.tar.gz").length).to.be.at.most(2);
  });

  it("are made by a mini-task where they are needed", async () => {
    await using c = await cluster();
    const numbers = c.manager.declareMiniTask(
      new Task("tr a-z A-Z < in > out").inputBuffer("shout\n", "in"),
      "out",
    );
    const result = (await c.manager.submit(new Task("cat n").input(numbers, "n")).done).check();
    expect(result.output).to.equal("SHOUT\n");
  });

  it("of every kind can be read here", async () => {
    await using c = await cluster();
    await using server = await serveFiles({ "/page": Buffer.from("a page") });
    await writeFile(c.path("file"), "a file");
    const made = c.manager.declareMiniTask(new Task("printf 'a mini-task' > out"), "out");
    const temp = c.manager.declareTemp();
    c.manager.submit(new Task("printf 'a temp' > out").output(temp, "out"));
    const files = [
      c.manager.declareBuffer("a buffer"),
      c.manager.declareFile(c.path("file")),
      c.manager.declareUrl(`${server.url}/page`),
      temp,
      made,
    ];
    const texts = await Promise.all(files.map((file) => file.text()));
    expect(texts).to.deep.equal(["a buffer", "a file", "a page", "a temp", "a mini-task"]);
    await temp.saveTo(c.path("saved"));
    expect(await readFile(c.path("saved"), "utf8")).to.equal("a temp");
  });

  it("that were changed after they were declared are not mixed with what they were", async () => {
    await using c = await cluster();
    await writeFile(c.path("data"), "x".repeat(200_000));
    const data = c.manager.declareFile(c.path("data"));
    const first = c.manager.submit(new Task("wc -c < data").input(data, "data"));
    expect((await first.done).output.trim()).to.equal("200000");
    await writeFile(c.path("data"), "y".repeat(200_001));
    await c.addWorker(["--feature", "other"]);
    const result = await c.manager.submit(new Task("head -c 1 data").input(data, "data").feature("other"))
      .done;
    const refused = result.error?.code === "INPUT_CHANGED";
    expect(refused || result.output === "x").to.equal(true);
  });

  it("that live forever are used again by the next manager, and tasks that made them need not run", async () => {
    const runs: Result[] = [];
    await using keeper = await cluster({ workers: 0 });
    for (const run of [1, 2]) {
      await using c = await cluster({ workdirs: keeper.path("kept"), flags: ["--cores", "1"] });
      const input = c.manager.declareBuffer("the input\n", { lifetime: "forever" });
      const output = c.manager.declareTemp({ lifetime: "forever" });
      const task = new Task(`tr a-z A-Z < in > out; date +%s%N >> ${keeper.path("ran")}`)
        .input(input, "in")
        .output(output, "out");
      runs.push((await c.manager.submit(task).done).check());
      expect(await output.text(), `run ${run}`).to.equal("THE INPUT\n");
    }
    expect((await readFile(keeper.path("ran"), "utf8")).trim().split("\n").length).to.equal(1);
    expect(runs[1]?.message).to.contain("already in the cluster");
  });
});

describe("a manager", function () {
  this.timeout(120_000);

  it("refuses files and tasks that are not its own, and work after its end", async () => {
    await using one = await cluster({ workers: 0 });
    await using other = await cluster({ workers: 0 });
    const foreign = other.manager.declareBuffer("x");
    expect(() => one.manager.submit(new Task("cat x").input(foreign, "x"))).to.throw("another manager");
    const task = new Task("true");
    one.manager.submit(task);
    expect(() => one.manager.submit(task)).to.throw("submitted twice");
    await one.manager.close();
    expect(() => one.manager.submit(new Task("true"))).to.throw("has been closed");
  });

  it("tells the result of every task when it closes, and ends what ran", async () => {
    await using c = await cluster();
    const handles = c.manager.submitAll([new Task("sleep 1000"), new Task("sleep 1000")]);
    await eventually("a task runs", () => handles.some(({ state }) => state === "running"));
    await c.manager.close();
    expect(handles.map(({ result }) => result?.state)).to.deep.equal(["cancelled", "cancelled"]);
    expect(await c.manager.wait()).to.equal(handles[0]?.result);
    expect((await handles[1]?.done)?.code).to.equal("cancelled");
    expect(await c.manager.wait(), "each is collected once").to.equal(undefined);
  });

  it("says why a task waits", async () => {
    await using c = await cluster();
    const handle = c.manager.submit(new Task("true").cores(500));
    await eventually("it is said", () => /500/.test(handle.explain()));
    handle.cancel();
  });

  it("gives up a task that no worker could ever run, when it was told to", async () => {
    await using c = await cluster({ manager: { unschedulableAfter: "100ms" } });
    const result = await c.manager.submit(new Task("true").cores(500)).done;
    expect([result.code, result.error?.code]).to.deep.equal(["unschedulable", "UNSCHEDULABLE"]);
  });

  it("says so when it cannot listen", async () => {
    await using c = await cluster({ workers: 0 });
    const options = { port: c.manager.port, runDirectory: c.path("runs"), handleSignals: false };
    const error = await Manager.start(options).catch((cause: unknown) => cause);
    expect(error).to.have.property("code", "ADDRESS_IN_USE");
  });
});
