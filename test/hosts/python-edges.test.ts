import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { needs } from "../needs/needs.js";
import { eventually } from "../support/eventually.js";
import type { HostConnection } from "./host-connection.js";
import { HostProcess, isAlive } from "./host-process.js";
import { pickledArguments } from "./python.js";

const withPython = needs({ commands: ["python3"] });
const MIB = 1 << 20;

/** Functions that do to their process what they should not. */
const ODD = `
import logging, os, random, signal, sys, threading, time
held = threading.Lock()
if os.path.exists("with-thread"):
    def hold():
        with held: time.sleep(1000)
    threading.Thread(target=hold, daemon=True).start()

class LeavesWhenWritten:
    def __reduce__(self): sys.exit("while it was written")
class LeavesWhenAsked(Exception):
    def __str__(self): raise KeyboardInterrupt()
class OutOfMemory(MemoryError): pass

def same(value=None): return value
def process(): return os.getpid()
def wait(seconds): time.sleep(seconds)
def say(text): print(text)
def fork_and_return():
    os.fork()
    return os.getpid()
def close_streams():
    sys.stdout.close()
    sys.stderr.close()
    os.close(1)
def close_all(): os.closerange(3, 256)
def forget_modules():
    kept = sys.modules.copy()
    sys.modules.clear()
    return len(kept) > 0
def catch_signals():
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGCHLD): signal.signal(number, signal.SIG_IGN)
    return os.getpid()
def end_child():
    pid = os.fork()
    if pid == 0: os._exit(3)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
def unwritable(): return LeavesWhenWritten()
def refuse_oddly(): raise LeavesWhenAsked()
def refuse_memory(): raise OutOfMemory("no room for an array")
def say_in_thread(text):
    thread = threading.Thread(target=print, args=(text,))
    thread.start()
    thread.join()
def chance(): return random.random()
def log_in_thread():
    thread = threading.Thread(target=logging.getLogger().warning, args=("logged",))
    thread.start()
    thread.join(10)
    return [thread.is_alive(), threading.active_count(), threading.current_thread() is threading.main_thread()]
def large(size): return "x" * size
def stay(): threading.Thread(target=time.sleep, args=(1000,)).start()
`;
const NAMES = [...ODD.matchAll(/^def (\w+)/gm)].map(([, name]) => name ?? "");
type Mode = "direct" | "fork" | "threads";

describe("Python functions that do to their process what they should not", function () {
  this.timeout(60_000);
  let host: HostProcess | undefined;

  async function start(
    mode: Mode,
    slots = 1,
    more: Readonly<Record<string, string>> = {},
  ): Promise<HostConnection> {
    const functions = Object.fromEntries(NAMES.map((name) => [name, `odd:${name}`]));
    const library = { mode, slots, functions };
    host = await HostProcess.start({ host: "python", library, files: { "odd.py": ODD, ...more } });
    return host.connection();
  }

  afterEach(async () => {
    await host?.end();
    host = undefined;
  });

  for (const mode of ["direct", "fork", "threads"] as const) {
    withPython.it(`${mode}: one that forks and returns twice is answered once`, async () => {
      const one = await start(mode);
      const ids = one.compactCalls(["fork_and_return", "same", "same"].map((name) => ({ name })));
      const answers = await Promise.all(ids.map((id) => one.answer(id)));
      expect(answers.map(({ type }) => type)).to.deep.equal(["result", "result", "result"]);
      const pid = JSON.parse(answers[0]?.body.toString() ?? "") as number;
      if (mode !== "fork") expect(pid).to.equal(one.hello.pid);
      await one.run("wait", [0.1]);
      expect(one.said.filter(({ type, id }) => type !== "started" && id === ids[0])).to.have.length(1);
      expect(one.said.filter(({ type, id }) => type !== "started" && id === ids[1])).to.have.length(1);
    });

    withPython.it(`${mode}: a child that the function ends itself is no trouble`, async () => {
      const one = await start(mode);
      expect(await one.value(one.call("end_child"))).to.equal(3);
      expect(await one.value(one.call("same", [1]))).to.equal(1);
    });

    withPython.it(`${mode}: one that closes its streams does not silence the next call`, async () => {
      const one = await start(mode);
      expect((await one.run("close_streams")).type).to.equal("result");
      expect(await one.run("say", ["heard"])).to.include({ type: "result", stdout: "heard\n" });
    });

    withPython.it(`${mode}: one that forgets all modules does not end the host`, async () => {
      const one = await start(mode);
      expect(await one.value(one.call("forget_modules"))).to.equal(true);
      expect(await one.value(one.call("same", [1]))).to.equal(1);
      expect((await one.run("refuse_memory")).kind).to.equal("exception");
    });

    withPython.it(
      `${mode}: a result that ends the program when it is written fails its call only`,
      async () => {
        const one = await start(mode);
        for (const name of ["unwritable", "refuse_oddly"]) {
          const answer = await one.answer(one.compactCall(name, pickledArguments("()"), "pickle"));
          expect(answer.type, name).to.equal("error");
          expect(answer.kind, name).to.be.oneOf(["exception", "bad-result"]);
        }
        expect(await one.value(one.call("same", [1]))).to.equal(1);
      },
    );

    withPython.it(`${mode}: what its own threads print belongs to the call`, async () => {
      const one = await start(mode);
      const answer = await one.run("say_in_thread", ["from a thread"]);
      if (mode === "threads") await eventually("it is in the log", () => host?.log.includes("from a thread"));
      else expect(answer.stdout).to.equal("from a thread\n");
    });

    withPython.it(
      `${mode}: a value too large to travel goes to a file, also where nobody thought of one`,
      async () => {
        const one = await start(mode);
        const id = one.compactCall("large", [100_000]);
        expect(await one.answer(id)).to.include({ type: "result", file: true });
        const text = await readFile(join(host?.folder ?? "", `value-${id}`), "utf8");
        expect(text).to.have.length(100_002);
      },
    );

    withPython.it(
      `${mode}: a frame that comes in pieces is read, half of one ends with its connection`,
      async () => {
        const one = await start(mode);
        await one.run("same");
        const { id, rest } = one.sendHalf("same");
        await new Promise((resolve) => setImmediate(resolve));
        one.sendRaw(rest);
        expect(await one.value(id)).to.equal(null);
        one.sendHalf("same");
        host?.leave();
        expect(await host?.exit()).to.equal(0);
      },
    );

    withPython.it(`${mode}: threads that it leaves do not keep the host from ending`, async () => {
      const one = await start(mode);
      await one.run("stay");
      one.send({ type: "end" });
      expect(await host?.exit()).to.equal(0);
    });
  }

  for (const mode of ["direct", "fork"] as const) {
    withPython.it(`${mode}: one that closes all files fails alone`, async () => {
      const one = await start(mode);
      const closing = one.run("close_all").catch(() => ({ type: "error" }));
      if (mode === "direct") await one.closed;
      else expect((await closing).type).to.equal("error");
      const next = mode === "direct" ? await host?.connection() : one;
      expect(await next?.value(next.call("same", [1]))).to.equal(1);
    });

    withPython.it(`${mode}: signals that it ignores do not keep the host from ending`, async () => {
      const one = await start(mode);
      const pid = (await one.value(one.call("catch_signals"))) as number;
      expect(await one.value(one.call("same", [1]))).to.equal(1);
      process.kill(host?.pid ?? 0, "SIGTERM");
      await host?.exit();
      await eventually("its process is gone", () => !isAlive(pid));
    });
  }

  for (const [what, files] of [
    ["", {}],
    [", also where the library has threads", { "with-thread": "" }],
  ] as const) {
    withPython.it(`fork: each call has a chance, locks and threads of its own${what}`, async () => {
      const one = await start("fork", 2, files);
      const chances = await Promise.all([1, 2, 3, 4].map(() => one.value(one.call("chance"))));
      expect(new Set(chances).size).to.equal(4);
      expect(await one.value(one.call("log_in_thread"))).to.deep.equal([false, 1, true]);
    });
  }

  withPython.it("fork: any kind of MemoryError of a call with a limit is its limit", async () => {
    const one = await start("fork");
    expect(await one.run("refuse_memory", [], { limits: { memory: 60 * MIB } })).to.include({
      kind: "memory",
    });
    expect(await one.run("refuse_memory")).to.include({ kind: "exception" });
  });

  withPython.it("threads: a time limit counts from the call's own beginning", async () => {
    const one = await start("threads");
    const first = one.call("wait", [0.5]);
    const second = one.call("same", [1], { limits: { wallMs: 300 } });
    expect(await one.value(second)).to.equal(1);
    expect(await one.value(first)).to.equal(null);
    const third = one.call("wait", [60], { limits: { wallMs: 50 } });
    expect((await one.answer(third)).kind).to.equal("timeout");
  });
});
