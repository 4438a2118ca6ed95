import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { needs } from "../needs/needs.js";
import { eventually } from "../support/eventually.js";
import type { HostConnection } from "./host-connection.js";
import { HostProcess, isAlive } from "./host-process.js";
import { numbers, PYTHON_FILES } from "./python-numbers.js";

const withPython = needs({ commands: ["python3"] });
const MIB = 1 << 20;

describe("Python functions that end otherwise than by returning", () => {
  let host: HostProcess | undefined;

  async function start(mode: "direct" | "fork" | "threads", slots = 1): Promise<HostConnection> {
    host = await HostProcess.start({
      host: "python",
      library: numbers(mode, { slots }),
      files: PYTHON_FILES,
    });
    return host.connection();
  }
  const next = async (): Promise<HostConnection> => (await host?.connection()) as HostConnection;

  afterEach(async () => {
    await host?.end();
    host = undefined;
  });

  withPython.it(
    "direct: a call that ends its process is the one to be told, and answers before it are not lost",
    async () => {
      const one = await start("direct");
      await one.run("same");
      const ids = one.compactCalls([
        { name: "same", args: [1] },
        { name: "same", args: [2] },
        { name: "stop_hard", args: [7] },
        { name: "same", args: [3] },
      ]);
      expect(await Promise.all(ids.slice(0, 2).map((id) => one.value(id)))).to.deep.equal([1, 2]);
      expect(await one.answer(ids[2] ?? 0)).to.include({ kind: "crash", exitCode: 7 });
      await one.closed;
      expect(one.said.at(-1)?.type).to.equal("end");
      expect(one.said.some(({ id }) => id === ids[3])).to.equal(false);
    },
  );

  withPython.it(
    "direct: another process takes the place of one that ended, without loading anew",
    async () => {
      const one = await start("direct");
      const crash = await one.run("segfault");
      expect(crash).to.include({ kind: "crash", signal: "SIGSEGV" });
      const two = await next();
      expect(two.hello.pid).to.not.equal(one.hello.pid);
      expect(await two.value(two.call("add_base", [1]))).to.equal(101);
    },
  );

  withPython.it("direct: each slot is a process with a connection of its own", async () => {
    const one = await start("direct", 2);
    const two = await next();
    expect(one.hello.pid).to.not.equal(two.hello.pid);
    expect(await two.value(two.call("process"))).to.equal(two.hello.pid);
    expect(await one.run("kill_self")).to.include({ kind: "crash", signal: "SIGKILL" });
    const three = await next();
    expect(await three.value(three.call("same", [1]))).to.equal(1);
  });

  withPython.it(
    "direct: answers do not wait behind a call that takes long although it used not to",
    async () => {
      const one = await start("direct");
      await one.run("wait", [0]);
      await Promise.all([0, 0, 0].map(async () => one.run("same")));
      const ids = one.compactCalls([
        { name: "same", args: [1] },
        { name: "wait", args: [60] },
      ]);
      expect(await one.value(ids[0] ?? 0)).to.equal(1);
    },
  );

  for (const mode of ["direct", "fork"] as const) {
    withPython.it(`${mode}: when the host is killed no process of it stays`, async () => {
      const one = await start(mode);
      const pid = (await one.value(one.call("process"))) as number;
      one.call("wait", [60]);
      process.kill(host?.pid ?? 0, "SIGKILL");
      await one.closed;
      await eventually("the process is gone", () => !isAlive(pid));
    });

    withPython.it(
      `${mode}: a short header that lies about sizes is told, and answered by no call`,
      async () => {
        const one = await start(mode);
        const lie = Buffer.from("0301000000090004000173616d6500000009000176", "hex");
        one.sendFrame(lie, Buffer.from("[]"));
        await one.closed;
        await eventually("it is told", () =>
          /the worker broke the protocol: a compact/.test(host?.log ?? ""),
        );
        expect(one.said.filter(({ type }) => type === "result")).to.deep.equal([]);
      },
    );

    withPython.it(`${mode}: when the worker is gone the host ends`, async () => {
      const one = await start(mode);
      one.call("wait", [60]);
      host?.leave();
      expect(await host?.exit()).to.equal(0);
    });
  }

  withPython.it("fork: a crash, an exit and a kill fail their own call only", async () => {
    const one = await start("fork", 4);
    const other = one.call("wait", [0.3]);
    expect(await one.run("segfault")).to.include({ kind: "crash", signal: "SIGSEGV" });
    expect(await one.run("stop_hard", [5])).to.include({ kind: "crash", exitCode: 5 });
    expect(await one.value(other)).to.equal(null);
  });

  withPython.it("fork: a call is measured, and leaves nothing in the process that others see", async () => {
    const one = await start("fork", 2);
    expect(await one.value(one.call("count"))).to.equal(1);
    expect(await one.value(one.call("count"))).to.equal(1);
    const answer = await one.run("burst", [50 * MIB]);
    expect(answer.memory).to.be.within(45 * MIB, 90 * MIB);
    expect(answer.cpuUs).to.be.greaterThan(0);
    const [first, second] = await Promise.all([1, 2].map(() => one.value(one.call("chance"))));
    expect(first).to.not.equal(second);
  });

  withPython.it("fork: a call that grows past its memory limit ends, others go on", async () => {
    const one = await start("fork", 2);
    const other = one.call("wait", [0.3]);
    const answer = await one.run("grow", [], { limits: { memory: 60 * MIB } });
    expect(answer).to.include({ kind: "memory" });
    expect(answer.message).to.match(/used \d+ MiB of memory; its limit is 60 MiB/);
    expect((await one.run("burst", [2000 * MIB], { limits: { memory: 60 * MIB } })).kind).to.equal("memory");
    expect(await one.value(other)).to.equal(null);
  });

  for (const mode of ["fork", "threads"] as const) {
    withPython.it(`${mode}: a call past its time limit is answered, and its slot is free`, async () => {
      const one = await start(mode);
      const answer = await one.run("spin", [], { limits: { wallMs: 50 } });
      expect(answer).to.include({ kind: "timeout" });
      expect(await one.value(one.call("same", [1]))).to.equal(1);
    });

    withPython.it(`${mode}: running and waiting calls can be cancelled, others go on`, async () => {
      const one = await start(mode, 2);
      const other = one.call("wait", [0.3]);
      const running = one.call("wait", [60]);
      const waiting = one.call("wait", [60]);
      for (const id of [waiting, running]) one.send({ type: "cancel", id });
      expect((await one.answer(waiting)).kind).to.equal("cancelled");
      expect((await one.answer(running)).kind).to.equal("cancelled");
      expect(await one.value(one.call("same", [1]))).to.equal(1);
      expect(await one.value(other)).to.equal(null);
    });

    withPython.it(`${mode}: only a call that has not begun is given up`, async () => {
      const one = await start(mode);
      const begun = join(host?.folder ?? "", "begun");
      const running = one.call("shell", [`touch ${begun}; sleep 0.3`]);
      const waiting = one.call("wait", [60]);
      one.send({ type: "withdraw", id: waiting });
      expect((await one.answer(waiting)).kind).to.equal("cancelled");
      await eventually("the other one has begun", () => existsSync(begun));
      one.send({ type: "withdraw", id: running });
      expect(await one.value(running)).to.equal("ran");
    });

    withPython.it(
      `${mode}: a call that had to wait inside the host is announced when it begins`,
      async () => {
        const one = await start(mode);
        const first = one.call("wait", [0.1]);
        const second = one.call("same", [1]);
        await one.value(second);
        const order = one.said.map(({ type, id }) => `${type} ${id}`);
        expect(order).to.have.ordered.members([`result ${first}`, `started ${second}`, `result ${second}`]);
      },
    );
  }

  withPython.it(
    "fork: what a call printed is told even when it crashed, and its children's text too",
    async () => {
      const one = await start("fork");
      const answer = await one.run("shell", ["echo from the child; kill -9 $PPID"]);
      expect(answer).to.include({ kind: "crash", signal: "SIGKILL", stdout: "from the child\n" });
    },
  );

  withPython.it("fork: children of a call that stay behind are ended with it", async () => {
    const one = await start("fork");
    const answer = await one.run("shell", ["sleep 1000 & echo $!"]);
    await eventually("the child is gone", () => !isAlive(Number(answer.stdout)));
  });

  withPython.it(
    "threads: calls run beside each other and see each other's work, their texts do not mix",
    async () => {
      const one = await start("threads", 2);
      const waiting = one.call("wait_at_gate");
      expect(await one.run("say", ["mine"])).to.include({ stdout: "mine\n" });
      await one.run("open_gate");
      expect(await one.value(waiting)).to.equal("passed");
    },
  );

  for (const mode of ["direct", "fork", "threads"] as const) {
    withPython.it(`${mode}: many calls in batches are all answered`, async () => {
      const one = await start(mode, 2);
      const amount = mode === "fork" ? 200 : 20_000;
      for (let sent = 0; sent < amount; sent += 200) {
        const ids = one.compactCalls(
          Array.from({ length: 200 }, (_, index) => ({ name: "same", args: [index] })),
        );
        expect(await one.value(ids.at(-1) ?? 0)).to.equal(199);
        await Promise.all(ids.map((id) => one.answer(id)));
        one.said.length = 0;
      }
    });
  }
});

/** Exit code of a library that would not start here at any other try. */
const UNFIT = 78;

describe("a Python library that cannot start", () => {
  async function failed(
    library: object,
    {
      files = PYTHON_FILES,
      code = 1,
    }: { readonly files?: Record<string, string>; readonly code?: number } = {},
  ): Promise<string> {
    const host = await HostProcess.start({ host: "python", library, files });
    try {
      expect(await host.exit()).to.equal(code);
      return host.log;
    } finally {
      await host.end();
    }
  }

  withPython.it("tells of a context function that failed by its traceback", async () => {
    const log = await failed(numbers("direct", { context: "numbers_module:fail_to_load" }));
    expect(log).to.match(/in fail_to_load[^]*RuntimeError: no model here/);
  });

  withPython.it("tells of modules and functions that are not there", async () => {
    const missing = numbers("direct", { imports: ["not_there"] });
    expect(await failed(missing, { code: UNFIT })).to.match(/No module named 'not_there'/);
    expect(await failed(numbers("fork", { functions: { f: "numbers_module:gone" } }))).to.match(
      /the library cannot start: the module 'numbers_module' has no 'gone'/,
    );
  });

  withPython.it("tells which Python wrote a pickle that this one cannot read", async () => {
    const files = { "functions.pickle": "\x80\x04no pickle" };
    const library = { mode: "direct", pickled: "functions.pickle", python: "3.7" };
    const log = await failed(library, { files, code: UNFIT });
    expect(log).to.match(
      /functions cannot be read: it was written by Python 3\.7 and is read by Python 3\.\d+\.\d+; use the same/,
    );
  });

  withPython.it("tells what in library.json cannot be used", async () => {
    expect(await failed({ mode: "fast" })).to.match(/the mode 'fast' is none of direct, fork, threads/);
    expect(await failed({ slots: 0 })).to.match(/slots should be a whole number from 1, and is 0/);
  });
});
