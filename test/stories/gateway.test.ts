import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Gateway } from "@taskvine/core/gateway";
import { expect } from "chai";
import { type Cluster, cluster } from "../support/cluster.js";
import { eventually } from "../support/eventually.js";
import { WireClient } from "../support/wire-client.js";

const LONELY = fileURLToPath(new URL("../support/lonely-client.js", import.meta.url));

async function office(workers: number): Promise<Cluster> {
  const c = await cluster({ workers });
  new Gateway(c.manager);
  return c;
}

function text(bytes: Uint8Array | undefined): string {
  return Buffer.from(bytes ?? []).toString();
}

describe("a program at the gateway", () => {
  it("declares files, runs a graph of tasks, and gets outputs and files", async () => {
    await using c = await office(1);
    await using client = await WireClient.connect(c.manager.connectionFile);
    client.declare(1, { type: "buffer", bytes: Buffer.from("pear\nfig\n") });
    client.declare(2, { type: "temp" });
    client.submit(8, {
      command: "tr a-z A-Z < sorted",
      inputs: [{ file: 2, name: "sorted" }],
      tag: "second",
    });
    client.submit(7, {
      command: "sort in | tee out",
      inputs: [{ file: 1, name: "in" }],
      outputs: [{ file: 2, name: "out", when: "success", watch: false }],
    });
    const [first, second] = [await client.finished(7), await client.finished(8)];
    expect(first).to.include({ state: "done", code: "success", exitCode: 0 });
    expect([text(first.stdout?.tail), text(second.stdout?.tail)]).to.deep.equal([
      "fig\npear\n",
      "FIG\nPEAR\n",
    ]);
    expect(first.attempts[0]).to.include({ attempt: 1, workerName: "worker-0", ended: "success" });
    client.say({ type: "fetch", request: 3, file: 2, task: 0, path: "" });
    const content = await client.next("content", ({ request }) => request === 3);
    expect([text(content.data), content.last]).to.deep.equal(["fig\npear\n", true]);
  });

  it("is told of its tasks under the numbers that it gave them", async () => {
    await using c = await office(1);
    await using client = await WireClient.connect(c.manager.connectionFile);
    client.declare(1, { type: "temp" });
    const out = { file: 1, name: "out", when: "success", watch: false } as const;
    client.submit(40, { command: "exit 0", outputs: [out] });
    client.submit(50, { command: "cat in", inputs: [{ file: 1, name: "in" }] });
    expect((await client.finished(40)).trouble?.message).to.match(/^task 40: output/u);
    const reader = (await client.finished(50)).trouble?.message;
    expect(reader).to.match(/^task 50: input .* cannot be had: task 40, which makes it, ended/u);
  });

  it("hears of its own tasks in the notes for people, and not of those of others", async () => {
    await using c = await office(1);
    await using client = await WireClient.connect(c.manager.connectionFile);
    await using other = await WireClient.connect(c.manager.connectionFile);
    other.submit(70, { command: "true" });
    await other.finished(70);
    client.submit(40, { command: "true", resources: { cores: 64 } });
    const { message } = await client.next("note");
    expect(message).to.match(/^task 40 and others like it can run on no worker that has joined/u);
    client.say({ type: "cancel", which: "all" });
    await client.finished(40);
    other.submit(71, { command: "true" });
    await other.finished(71);
    expect(other.all("note")).to.deep.equal([]);
  });

  it("is not left waiting for a file that no task makes", async () => {
    await using c = await office(0);
    await using client = await WireClient.connect(c.manager.connectionFile);
    client.declare(1, { type: "temp" });
    client.say({ type: "fetch", request: 1, file: 1, task: 0, path: "" });
    const { trouble } = await client.next("failed");
    expect([trouble.code, trouble.message]).to.deep.equal([
      "NEVER_MADE",
      "temp cannot be had: no task that makes it has been submitted",
    ]);
  });

  it("is told what is wrong with what it says, by code and sentence, and goes on", async () => {
    await using c = await office(1);
    await using client = await WireClient.connect(c.manager.connectionFile);
    client.declare(1, { type: "url", url: "gopher://nowhere/" });
    client.declare(2, { type: "unpack", archive: 9, format: "" });
    client.submit(1, { command: "true", inputs: [{ file: 1, name: "a" }] });
    client.submit(2, { command: "true", inputs: [{ file: 77, name: "a" }] });
    client.submit(3, { command: " " });
    client.declare(3, { type: "temp" });
    client.submit(4, { command: "true", inputs: [{ file: 3, name: "../out" }] });
    client.submit(5, {
      command: "",
      call: { library: 4, function: "f", args: Buffer.of(1), encoding: "json", keep: false },
    });
    client.say({ type: "fetch", request: 1, file: 99, task: 0, path: "" });
    client.say({ type: "query", request: 2, what: "weather", task: 0, file: 0 });
    client.say({ type: "execute", request: 3, executor: "x", requestJson: "1", attachments: [], files: [] });
    const refused = await Promise.all(
      [1, 2].map((file) => client.next("refusal", (said) => said.file === file)),
    );
    expect(refused.map(({ trouble }) => trouble.code)).to.deep.equal(["URL_UNSUPPORTED", "UNKNOWN_FILE"]);
    const failed = await Promise.all([1, 2, 3, 4, 5].map((task) => client.finished(task)));
    expect(failed.map(({ state, trouble }) => [state, trouble?.code])).to.deep.equal([
      ["failed", "URL_UNSUPPORTED"],
      ["failed", "UNKNOWN_FILE"],
      ["failed", "BAD_ARGUMENT"],
      ["failed", "BAD_NAME"],
      ["failed", "UNKNOWN_LIBRARY"],
    ]);
    expect(failed[0]?.trouble?.message).to.contain("file 1 could not be declared");
    const answers = await Promise.all(
      [1, 2, 3].map((request) => client.next("failed", (said) => said.request === request)),
    );
    expect(answers.map(({ trouble }) => trouble.code)).to.deep.equal([
      "UNKNOWN_FILE",
      "BAD_ARGUMENT",
      "EXECUTOR_NOT_FOUND",
    ]);
    client.submit(6, { command: "echo well" });
    expect(text((await client.finished(6)).stdout?.tail)).to.equal("well\n");
  });

  it("does not see another's things, nor touch them, and its end leaves them alone", async () => {
    await using c = await office(2);
    await using one = await WireClient.connect(c.manager.connectionFile);
    await using other = await WireClient.connect(c.manager.connectionFile);
    one.declare(1, { type: "buffer", bytes: Buffer.from("one") });
    other.declare(1, { type: "buffer", bytes: Buffer.from("other") });
    for (const client of [one, other]) {
      client.submit(1, { command: "cat in", inputs: [{ file: 1, name: "in" }] });
      client.submit(2, { command: "sleep 1000", tag: "long" });
    }
    expect(text((await one.finished(1)).stdout?.tail)).to.equal("one");
    expect(text((await other.finished(1)).stdout?.tail)).to.equal("other");
    await Promise.all([one, other].map((client) => client.next("running", ({ tasks }) => tasks.includes(2))));
    one.say({ type: "cancel", which: { tag: "long" } });
    expect(await one.finished(2)).to.include({ state: "cancelled" });
    one.say({ type: "bye" });
    await one.ended();
    other.submit(3, { command: "true" });
    await other.finished(3);
    expect(other.all("finished").some(({ task }) => task === 2)).to.equal(false);
  });

  it("gets a large file in pieces, of which not all wait for it at once", async () => {
    await using c = await office(0);
    await using client = await WireClient.connect(c.manager.connectionFile);
    const bytes = randomBytes(40 * 1024 * 1024 + 17);
    await writeFile(c.path("large"), bytes);
    client.declare(1, { type: "path", path: c.path("large") });
    client.say({ type: "fetch", request: 1, file: 1, task: 0, path: "" });
    await client.next("content", ({ last }) => last);
    const pieces = client.all("content").map(({ data }) => data);
    expect(Math.max(...pieces.map(({ length }) => length))).to.be.at.most(1024 * 1024);
    expect(Buffer.concat(pieces).equals(bytes)).to.equal(true);
  });

  it("that breaks the rules is sent away, and nobody else notices", async () => {
    await using c = await office(1);
    await using good = await WireClient.connect(c.manager.connectionFile);
    await using bad = await WireClient.connect(c.manager.connectionFile);
    bad.submit(1, { command: "sleep 1000" });
    await bad.next("running");
    bad.sayBytes(randomBytes(100));
    expect((await bad.ended()).error.code).to.equal("BAD_FRAME");
    good.submit(1, { command: "echo here" });
    expect(text((await good.finished(1)).stdout?.tail)).to.equal("here\n");
  });

  it("that is killed leaves nothing running", async () => {
    await using c = await office(1);
    const child = spawn(process.execPath, [LONELY, c.manager.connectionFile], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(child.stdout, "data");
    expect(c.manager.stats().tasks.running).to.equal(1);
    child.kill("SIGKILL");
    await once(child, "exit");
    await eventually("its task is cancelled", () => c.manager.stats().tasks.cancelled === 1);
    await using next = await WireClient.connect(c.manager.connectionFile);
    next.submit(1, { command: "echo free" });
    expect(text((await next.finished(1)).stdout?.tail)).to.equal("free\n");
  });

  it("is told how it stands when that changes", async () => {
    await using c = await office(0);
    await using client = await WireClient.connect(c.manager.connectionFile);
    client.submit(1, { command: "true" });
    await client.next("status", (status) => status.waiting === 1 && status.workers === 0);
    await c.addWorker();
    await client.next("status", (status) => status.workers === 1 && status.cores === 1 && status.done === 1);
    const told = client.all("status").length;
    client.say({ type: "query", request: 1, what: "hungry", task: 0, file: 0 });
    expect(Number((await client.next("answer")).json)).to.be.greaterThan(0);
    expect(client.all("status").length).to.equal(told);
  });
});
