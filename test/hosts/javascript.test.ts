import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";
import { expect } from "chai";
import type { HostConnection } from "./host-connection.js";
import { HostProcess } from "./host-process.js";

const MODULE = `
import { threadId } from "node:worker_threads";
import { setTimeout as sleep } from "node:timers/promises";
export const notAFunction = 1;
export async function setup() { await sleep(1); return { base: 100 }; }
export const same = (value = null, named = undefined) => (named === undefined ? value : [value, named]);
export function addBase(value) { return this.context.base + value; }
export function thread() { return threadId; }
export function refuse() { throw new TypeError("second", { cause: new Error("first") }); }
export async function refuseLater() { await sleep(1); throw "a text"; }
export function thenable() { return { then: (settle) => setTimeout(settle, 1, "then") }; }
export function strayRejection() { Promise.reject(new Error("nobody waits for it")); return "returned"; }
export function leaveLater() { setTimeout(() => process.exit(4), 20); return "returned"; }
export function endStream() { process.stdout.end(); process.stdout.destroy(); return 1; }
export function leakBuffers() { const held = []; for (;;) held.push(Buffer.alloc(1 << 20, 1)); }
export function huge(length) { return new Array(length).fill(0.5).length; }
export function leave(code) { process.exit(code); }
export function spin() { for (;;); }
export async function wait(ms) { await sleep(ms); return "waited"; }
export function give(kind) { return kind === "function" ? () => 1 : 10n; }
export function say(text) { console.log(text); console.error("to err"); }
export function sayMuch(lines) { for (let n = 0; n < lines; n += 1) console.log("line " + String(n).padStart(9, "0")); }
export function large(size) { return "x".repeat(size); }
export function grow() { const held = []; for (;;) held.push(new Array(1000).fill(Math.random())); }
export function folder() { return this.sandbox ?? null; }
export async function strayError() { setTimeout(() => { throw new Error("stray"); }, 1); await sleep(60_000); }
`;

interface Library {
  readonly slots?: number;
  readonly heapMb?: number;
  readonly functions?: readonly string[];
  readonly module?: string;
}

let host: HostProcess | undefined;

async function start(library: Library = {}, module = MODULE): Promise<HostConnection> {
  const described = { module: "./library.mjs", slots: 1, ...library };
  host = await HostProcess.start({
    host: "javascript",
    library: described,
    files: { "library.mjs": module },
  });
  return host.connection();
}

async function end(): Promise<void> {
  await host?.end();
  host = undefined;
}

describe("calls of JavaScript functions", () => {
  let one: HostConnection;
  const folder = (): string => host?.folder ?? "";

  before(async () => {
    one = await start();
  });
  after(end);

  it("hello names the exported functions", () => {
    expect(one.hello).to.include({ slots: 1, cancel: true });
    expect(one.hello.functions).to.include.members(["addBase", "same"]);
    expect(one.hello.functions).to.not.include.members(["setup", "notAFunction"]);
    expect(one.hello.encodings).to.deep.equal(["json", "v8"]);
  });

  it("arguments in the header, attached, and behind a short header arrive, named ones as a last object", async () => {
    expect(await one.value(one.call("same", [{ deep: ["ü", 1] }]))).to.deep.equal({ deep: ["ü", 1] });
    expect(await one.value(one.call("same", [1], { kwargs: { named: 2 } }))).to.deep.equal([1, { named: 2 }]);
    const body = Buffer.from('[[1],{"named":3}]');
    expect(await one.value(one.call("same", [], { body }))).to.deep.equal([1, { named: 3 }]);
    expect(await one.value(one.compactCall("same"))).to.equal(null);
  });

  it("values behind a short header are read by JSON and by structured clones", async () => {
    const values = { ä: Buffer.from("[7]"), b: serialize(new Set([8])) };
    const json = await one.answer(one.compactCallWithValues("same", [[{ $vine: "ä" }]], values));
    expect(json).to.include({ type: "result", isCompact: true });
    expect(JSON.parse(json.body.toString())).to.deep.equal([[7]]);
    const args = serialize([[{ $vine: "b" }], {}]);
    const clone = await one.answer(one.compactCallWithValues("same", args, values, "v8"));
    expect(deserialize(clone.body)).to.deep.equal(new Set([8]));
    const missing = await one.answer(one.compactCallWithValues("same", [{ $vine: "c" }], values));
    expect(missing).to.include({ kind: "bad-arguments", message: 'the call has no input "c"' });
  });

  it("structured clones keep what JSON cannot hold", async () => {
    const value = new Map([["when", new Date(0)]]);
    const answer = await one.answer(one.compactCall("same", serialize([[value], {}]), "v8"));
    expect(answer.isCompact).to.equal(true);
    expect(deserialize(answer.body)).to.deep.equal(value);
  });

  it("an exception comes with its stack, without the host's part of it, and its cause", async () => {
    const answer = await one.answer(one.compactCall("refuse", serialize([[], {}]), "v8"));
    expect(answer).to.include({ kind: "exception", message: "TypeError: second" });
    expect(answer.traceback).to.match(/at .*refuse[^]*\[cause\]: Error: first/);
    expect(answer.traceback).to.not.include("run-call");
    const error = deserialize(answer.body) as Error;
    expect((error.cause as Error).message).to.equal("first");
    expect(await one.run("refuseLater")).to.include({ kind: "exception", message: "a text" });
  });

  it("what cannot be read, found or written is told in a sentence", async () => {
    expect((await one.run("nothing")).message).to.match(
      /the library "numbers" has no function "nothing"; it has /,
    );
    expect(await one.run("give", ["function"])).to.include({
      kind: "bad-result",
      message: "the result is a function, which cannot be written as json",
    });
    expect((await one.run("give", ["big"])).kind).to.equal("bad-result");
    const pickle = await one.answer(one.compactCall("same", Buffer.from([0x80, 5]), "pickle"));
    expect(pickle.kind).to.equal("bad-arguments");
    expect(pickle.message).to.match(/a Python pickle, which JavaScript cannot read; call with JSON/);
  });

  it("what a call prints comes with its answer, of much the end", async () => {
    expect(await one.run("say", ["hello"])).to.include({ stdout: "hello\n", stderr: "to err\n" });
    const much = await one.run("sayMuch", [10_000]);
    expect(much.stdout).to.have.length(64 * 1024);
    expect(much.stdoutBytes).to.equal(150_000);
    expect(await one.run("same")).to.not.have.property("stdout");
  });

  it("inputs are values or paths, from files or with the call", async () => {
    const path = join(folder(), "input");
    await writeFile(path, serialize(new Set([1])));
    const inputs = [
      { name: "a", use: "value", path },
      { name: "b", use: "path", path },
      { name: "c", use: "value", attachment: 1 },
    ];
    const body = serialize([[[{ $vine: "a" }, { $vine: "b" }, { deep: { $vine: "c" } }]], {}]);
    const parts = { encoding: "v8", body, inputs, values: [Buffer.from("[7]")] } as const;
    const answer = await one.run("same", [], parts);
    expect(deserialize(answer.body)).to.deep.equal([new Set([1]), path, { deep: [7] }]);
    const pickle = [{ name: "p", use: "value", attachment: 0 }];
    const refused = await one.run("same", [{ $vine: "p" }], {
      inputs: pickle,
      values: [Buffer.from([0x80])],
    });
    expect(refused.message).to.match(/"p" is a Python pickle/);
  });

  it("functions find what setup made, and the call's folder, as this", async () => {
    expect(await one.value(one.compactCall("addBase", [5]))).to.equal(105);
    expect(await one.value(one.call("folder", [], { sandbox: "/some" }))).to.equal("/some");
    expect(await one.value(one.call("folder"))).to.equal(null);
  });

  it("a large value goes to the file that the call names, or to one beside the others", async () => {
    const valueFile = join(folder(), "value");
    expect(await one.run("large", [100_000], { valueFile })).to.include({ type: "result", file: true });
    expect(await readFile(valueFile, "utf8")).to.equal(`"${"x".repeat(100_000)}"`);
    const ids = one.compactCalls([1, 3_000_000, 2].map((size) => ({ name: "large", args: [size] })));
    const answers = await Promise.all(ids.map((id) => one.answer(id)));
    expect(answers.map(({ file }) => file)).to.deep.equal([undefined, true, undefined]);
    expect(await readFile(join(folder(), `value-${ids[1]}`), "utf8")).to.have.length(3_000_002);
  });

  it("what can be waited for is waited for, be it a promise or not", async () => {
    expect(await one.value(one.call("thenable"))).to.equal("then");
  });
});

describe("JavaScript functions that end otherwise than by returning", () => {
  afterEach(end);

  it("process.exit, an error outside of any call and too many objects fail their own call only", async () => {
    const one = await start({ slots: 2, heapMb: 64 });
    const other = one.call("wait", [300]);
    expect(await one.run("leave", [7])).to.include({ kind: "crash", exitCode: 7 });
    const stray = await one.run("strayError");
    expect(stray).to.include({ kind: "crash", message: "the thread of the call ended: stray" });
    expect((await one.run("grow")).kind).to.equal("memory");
    expect(await one.value(other)).to.equal("waited");
  });

  it("a call that grows past its own limit of memory ends, others and the next ones go on", async () => {
    const one = await start({ slots: 2 });
    const other = one.call("wait", [300]);
    const limits = { memory: 64 << 20 };
    expect((await one.run("grow", [], { limits })).kind).to.equal("memory");
    expect(await one.value(one.call("addBase", [1], { limits }))).to.equal(101);
    for (let mb = 32; mb < 44; mb += 2)
      expect(await one.value(one.call("same", [mb], { limits: { memory: mb << 20 } }))).to.equal(mb);
    expect(await one.value(other)).to.equal("waited");
    const module =
      "const held = Array.from({ length: 2e5 }, () => new Array(100).fill(0.5)); export const size = () => held.length;";
    await end();
    const large = await start({}, module);
    expect((await large.run("size", [], { limits })).kind).to.equal("memory");
    expect(await large.value(large.call("size"))).to.equal(2e5);
  });

  it("buffers, and one huge array, count as much as objects do, and cost nobody else anything", async () => {
    const one = await start({ slots: 2 });
    const other = one.call("wait", [300]);
    const limits = { memory: 64 << 20 };
    for (const [name, ...args] of [["leakBuffers"], ["huge", 60_000_000]] as const) {
      const { kind, message } = await one.run(name, args, { limits });
      expect([kind, message]).to.deep.equal(["memory", message]);
      expect(message).to.contain("its limit of 64 MiB");
    }
    expect(await one.value(one.call("huge", [1_000], { limits }))).to.equal(1_000);
    expect(await one.value(other)).to.equal("waited");
  });

  it("a call with a limit of memory ends like any other: its process with it", async () => {
    const one = await start({ slots: 2 });
    const limits = { memory: 64 << 20 };
    expect(await one.run("leave", [7], { limits })).to.include({ kind: "crash", exitCode: 7 });
    const stray = await one.run("strayError", [], { limits });
    expect(stray).to.include({ kind: "crash", message: "the process of the call ended: stray" });
    expect((await one.run("refuse", [], { limits })).message).to.equal("TypeError: second");
    expect(await one.run("say", ["heard"], { limits })).to.include({ stdout: "heard\n" });
    expect(await one.run("spin", [], { limits: { ...limits, wallMs: 300 } })).to.include({ kind: "timeout" });
    const spinning = one.call("spin", [], { limits });
    await one.value(one.call("same", [], { limits }));
    one.send({ type: "cancel", id: spinning });
    expect((await one.answer(spinning)).kind).to.equal("cancelled");
    expect(await one.value(one.call("large", [3_000_000], { limits }))).to.have.length(3_000_000);
  });

  it("a call that waits is not said to have computed", async () => {
    const one = await start();
    await one.run("wait", [20]);
    const waited = await one.run("wait", [200]);
    expect(waited.cpuUs).to.be.below(100_000);
    expect(waited.wallUs).to.be.greaterThan(150_000);
  });

  it("what a call leaves behind and fails later costs no other call its answer", async () => {
    const one = await start({ slots: 2 });
    for (const name of ["strayRejection", "leaveLater", "endStream"]) {
      expect((await one.run(name)).kind, name).to.be.oneOf([undefined, "crash"]);
      await one.run("wait", [40]);
      expect(await one.value(one.call("addBase", [1])), name).to.equal(101);
    }
    expect(await one.run("say", ["heard"])).to.include({ stdout: "heard\n" });
  });

  it("calls handed over together with one that ends its thread are answered, each once", async () => {
    const one = await start();
    for (let round = 0; round < 3; round += 1) await one.run("same");
    const names = ["same", "same", "leave", "same", "same"];
    const ids = one.compactCalls(names.map((name, index) => ({ name, args: [index] })));
    const answers = await Promise.all(ids.map((id) => one.answer(id)));
    expect(answers.map(({ type }) => type)).to.deep.equal(["result", "result", "error", "result", "result"]);
    const answered = one.said.filter(({ id }) => ids.includes(id ?? 0) && id !== undefined);
    expect(answered.filter(({ type }) => type !== "started")).to.have.length(5);
  });

  it("a call past its time limit is ended, even in a loop, and its slot is free", async () => {
    const one = await start();
    expect((await one.run("spin", [], { limits: { wallMs: 50 } })).kind).to.equal("timeout");
    expect((await one.run("wait", [60_000], { limits: { wallMs: 50 } })).kind).to.equal("timeout");
    expect(await one.value(one.call("addBase", [1]))).to.equal(101);
  });

  it("running and waiting calls can be cancelled, others go on", async () => {
    const one = await start({ slots: 2 });
    const other = one.call("wait", [300]);
    const running = one.call("spin");
    const waiting = one.call("spin");
    for (const id of [waiting, running]) one.send({ type: "cancel", id });
    expect((await one.answer(waiting)).kind).to.equal("cancelled");
    expect((await one.answer(running)).kind).to.equal("cancelled");
    expect(await one.value(other)).to.equal("waited");
  });

  it("only a call that has not begun is given up, also one that a thread has taken with others", async () => {
    const one = await start();
    await one.run("wait", [0]);
    for (let round = 0; round < 3; round += 1) await one.run("same");
    const [first, running, behind] = one.compactCalls([
      { name: "same", args: [1] },
      { name: "wait", args: [300] },
      { name: "same", args: [2] },
    ]);
    await one.value(first ?? 0);
    const waiting = one.call("same");
    for (const id of [waiting, behind, running]) one.send({ type: "withdraw", id });
    expect((await one.answer(waiting)).kind).to.equal("cancelled");
    expect((await one.answer(behind ?? 0)).kind).to.equal("cancelled");
    expect(await one.value(running ?? 0)).to.equal("waited");
  });

  it("answers do not wait behind a call that takes long although it used not to", async () => {
    const one = await start();
    await one.run("wait", [0]);
    for (let round = 0; round < 3; round += 1) await one.run("same");
    const ids = one.compactCalls([
      { name: "same", args: [1] },
      { name: "same", args: [2] },
      { name: "wait", args: [60_000] },
    ]);
    expect(await one.value(ids[1] ?? 0)).to.equal(2);
  });

  it("20,000 calls are all answered, by all threads", async () => {
    const one = await start({ slots: 2 });
    const threads = new Set<unknown>();
    for (let sent = 0; sent < 20_000; sent += 1000) {
      const ids = one.compactCalls(Array.from({ length: 1000 }, () => ({ name: "thread" })));
      for (const id of ids) threads.add(await one.value(id));
      one.said.length = 0;
    }
    expect(threads.size).to.equal(2);
  });

  it("what a CommonJS module exports can be called", async () => {
    const names = "const all = {}; for (const n of ['one', 'two']) all[n] = () => n; module.exports = all;";
    const files = { "library.cjs": names };
    host = await HostProcess.start({ host: "javascript", library: { module: "library.cjs" }, files });
    const one = await host.connection();
    expect(await one.value(one.call("two"))).to.equal("two");
  });

  it("a short header that lies about sizes ends the host, with a sentence", async () => {
    const connection = await start();
    const lie = Buffer.from("0301000000090004000173616d6500000009000176", "hex");
    connection.sendFrame(lie, Buffer.from("[]"));
    expect(await host?.exit()).to.equal(1);
    expect(host?.log).to.include("a compact header whose sizes are not those of its frame");
  });

  it("after end the host finishes what runs and goes; when the worker is gone it goes at once", async () => {
    const one = await start();
    const id = one.call("wait", [50]);
    one.send({ type: "end" });
    expect(await one.value(id)).to.equal("waited");
    expect(await host?.exit()).to.equal(0);
    await end();
    const two = await start();
    two.call("spin");
    host?.leave();
    expect(await host?.exit()).to.equal(0);
  });
});

describe("a JavaScript library that cannot start", () => {
  afterEach(end);

  async function failed(library: Library, module?: string): Promise<string> {
    const error: unknown = await start(library, module).catch((reason: unknown) => reason);
    return (error as Error).message;
  }

  it("tells what went wrong in its module", async () => {
    const module = 'export function setup() { throw new Error("no model here"); }';
    expect(await failed({}, module)).to.match(/ended with 1: [^]*no model here/);
    await end();
    expect(await failed({ functions: ["gone"] })).to.match(/exports no function "gone"/);
    await end();
    expect(await failed({ module: "./nowhere.mjs" })).to.match(/nowhere\.mjs/);
  });

  it("tells what in library.json cannot be used", async () => {
    expect(await failed({ slots: 0 })).to.match(
      /the library cannot start: .*slots should be a whole number from 1/,
    );
  });
});
